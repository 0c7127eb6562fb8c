/**
 * Which windows to ask for, and why. Pure: the gaps come from the ledger's rows on every run, there
 * is no watermark that could move past a hole.
 */

import { addDays, type Day, dayNumber, dayOfNumber } from "../day.ts";
import type { DocumentRow, FailureRow } from "../raw/ledger.ts";
import type { LiveStream, Window, WindowSize } from "../sources/source.ts";
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

/** The documents a stream cuts the days from..to into; wider windows begin on their own grid. */
export function windowsOf(stream: Pick<LiveStream, "window">, from: Day, to: Day): Window[] {
  if (from > to) return [];
  const { window } = stream;
  if (window === "today") return [{ first: to, last: to }];
  const windows: Window[] = [];
  for (let first = windowStart(window, from); first <= to;) {
    const next = nextStart(window, first);
    const end = addDays(next, -1);
    windows.push({ first, last: end < to ? end : to });
    first = next;
  }
  return windows;
}

/** The first day of the window that a day lies in. */
function windowStart(window: Exclude<WindowSize, "today">, day: Day): Day {
  if (window === "day") return day;
  if (window === "month") return `${day.slice(0, 7)}-01`;
  if (window === "year") return `${day.slice(0, 4)}-01-01`;
  return dayOfNumber(Math.floor(dayNumber(day) / window.days) * window.days);
}

function nextStart(window: Exclude<WindowSize, "today">, first: Day): Day {
  if (window === "day") return addDays(first, 1);
  if (typeof window === "object") return addDays(first, window.days);
  const date = Temporal.PlainDate.from(first);
  return date.add(window === "month" ? { months: 1 } : { years: 1 }).toString();
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
