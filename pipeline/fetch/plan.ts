/**
 * Which windows to ask for, and why. Pure: the gaps come from the ledger's rows on every run, there
 * is no watermark that could move past a hole.
 */

import { addDays, type Day, dayNumber, dayOfNumber } from "../day.ts";
import type { DocumentRow, FailureRow } from "../raw/ledger.ts";
import type { LiveStream, Window } from "../sources/source.ts";
import { type DayState, dayState, defaultSettleDays, isDue } from "./settle.ts";

/** One document to ask for. */
export interface PlannedWindow extends Window {
  readonly stream: LiveStream;
  /** The states of its due days, with their number: `{ never: 3, young: 1 }`. */
  readonly due: ReadonlyMap<DayState, number>;
}

export interface PlanInput {
  readonly streams: readonly LiveStream[];
  /** The civil days wanted; both included. */
  readonly from: Day;
  readonly to: Day;
  /** The ledger's rows of this participant and source. */
  readonly documents: readonly DocumentRow[];
  readonly failures: readonly FailureRow[];
  /** When the watch last synced (ms since 1970); undefined when the source cannot say. */
  readonly lastSync: number | undefined;
  readonly settleDays?: number;
}

/** The windows that are due, newest first; streams in their own order within the same days. */
export function planWindows(input: PlanInput): PlannedWindow[] {
  const settleDays = input.settleDays ?? defaultSettleDays;
  const planned: { order: number; window: PlannedWindow }[] = [];
  input.streams.forEach((stream, order) => {
    const documents = byWindow(stream, input.documents);
    const failures = byWindow(stream, input.failures);
    for (const window of windowsOf(stream, input.from, input.to)) {
      const document = documents.get(window.first);
      const failure = failures.get(window.first);
      const due = new Map<DayState, number>();
      for (let n = dayNumber(window.first); n <= dayNumber(window.last); n++) {
        const day = dayOfNumber(n);
        const held = document !== undefined && day <= document.last_day ? document : undefined;
        const state = dayState(day, held, failure, settleDays);
        if (!isDue(state, day, held, input.lastSync, settleDays)) continue;
        due.set(state, (due.get(state) ?? 0) + 1);
      }
      if (due.size > 0) planned.push({ order, window: { ...window, stream, due } });
    }
  });
  planned.sort((a, b) =>
    a.window.last < b.window.last ? 1 : a.window.last > b.window.last ? -1 : a.order - b.order
  );
  return planned.map(({ window }) => window);
}

/** The documents a stream cuts the days from..to into; a month's first one begins on its 1st. */
export function windowsOf(stream: Pick<LiveStream, "window">, from: Day, to: Day): Window[] {
  const windows: Window[] = [];
  if (stream.window === "day") {
    for (let n = dayNumber(from); n <= dayNumber(to); n++) {
      windows.push({ first: dayOfNumber(n), last: dayOfNumber(n) });
    }
    return windows;
  }
  if (from > to) return windows;
  let first = `${from.slice(0, 7)}-01`;
  while (first <= to) {
    const next = Temporal.PlainDate.from(first).add({ months: 1 }).toString();
    const monthEnd = addDays(next, -1);
    windows.push({ first, last: monthEnd < to ? monthEnd : to });
    first = next;
  }
  return windows;
}

function byWindow<Row extends { source: string; stream: string; first_day: Day }>(
  stream: LiveStream,
  rows: readonly Row[],
): Map<Day, Row> {
  const found = new Map<Day, Row>();
  for (const row of rows) {
    if (row.source === stream.source && row.stream === stream.name) found.set(row.first_day, row);
  }
  return found;
}
