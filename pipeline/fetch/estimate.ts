/** What a plan costs: requests, time under the service's quota, bytes. Pure. */

import type { WindowSize } from "../sources/source.ts";
import type { PlannedWindow } from "./plan.ts";
import type { DayState } from "./settle.ts";

/** The cost of one stream's windows. */
export interface StreamEstimate {
  readonly stream: string;
  readonly windows: number;
  /** Its due days by why they are due. */
  readonly due: Readonly<Partial<Record<DayState, number>>>;
  /** At most. */
  readonly requests: number;
  /** About. */
  readonly bytes: number;
}

export interface Estimate {
  readonly format: 1;
  readonly streams: readonly StreamEstimate[];
  /** At most, with those for the account itself. */
  readonly requests: number;
  readonly bytes: number;
  /** At the pace that the service allows. */
  readonly minutes: number;
}

/** Requests that tell whose account it is, before anything is asked. */
const accountRequests = 4;

/** How many days a window of that size has at most. */
function longest(window: WindowSize): number {
  if (typeof window === "object") return window.days;
  return { day: 1, today: 1, month: 31, year: 366 }[window];
}

/** What the windows cost, stream by stream in the order they first come up. */
export function estimate(windows: readonly PlannedWindow[], requestsPerMinute: number): Estimate {
  const streams = new Map<string, StreamEstimate>();
  for (const { stream, days: spanned, due } of windows) {
    const share = spanned / longest(stream.window);
    const held = streams.get(stream.name);
    const days: Partial<Record<DayState, number>> = { ...held?.due };
    for (const [state, count] of due) days[state] = (days[state] ?? 0) + count;
    streams.set(stream.name, {
      stream: stream.name,
      windows: (held?.windows ?? 0) + 1,
      due: days,
      requests: (held?.requests ?? 0) + Math.ceil(share * stream.cost.requests),
      bytes: (held?.bytes ?? 0) + Math.round(share * stream.cost.bytes),
    });
  }
  const all = Array.from(streams.values());
  const requests = all.reduce((sum, of) => sum + of.requests, accountRequests);
  return {
    format: 1,
    streams: all,
    requests,
    bytes: all.reduce((sum, of) => sum + of.bytes, 0),
    minutes: requests / requestsPerMinute,
  };
}
