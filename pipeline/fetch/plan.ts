/**
 * Which windows to ask for, and why. Pure: the gaps come from the ledger's rows on every run, there
 * is no watermark that could move past a hole.
 */

import { addDays, type Day, dayNumber, dayOfNumber } from "../day.ts";
import type { DocumentRow, FailureRow } from "../raw/ledger.ts";
import type { LiveStream, Window, WindowSize } from "../sources/source.ts";
import { type DayState, dayState, defaultSettleDays, isDue, latestByDay } from "./settle.ts";

/** One document to ask for. */
export interface PlannedWindow extends Window {
  readonly stream: LiveStream;
  /** How many days it has since the account began. */
  readonly days: number;
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
  /** Paths of documents that are to be asked for again, however final: they could not be understood. */
  readonly again?: ReadonlySet<string>;
  /** Wider windows may begin before the account did: there is nothing of these days. */
  readonly memberSince?: Day | undefined;
  readonly settleDays?: number;
}

/** The windows that are due, newest first; streams in their own order within the same days. */
export function planWindows(input: PlanInput): PlannedWindow[] {
  const settleDays = input.settleDays ?? defaultSettleDays;
  const born = input.memberSince === undefined ? -Infinity : dayNumber(input.memberSince);
  const planned: { order: number; window: PlannedWindow }[] = [];
  input.streams.forEach((stream, order) => {
    const isOfStream = (row: { source: string; stream: string }) =>
      row.source === stream.source && row.stream === stream.name;
    const documents = input.documents.filter(isOfStream);
    const answers = latestByDay(documents, ({ asked_at }) => asked_at);
    const failures = latestByDay(input.failures.filter(isOfStream), ({ at }) => at);
    const windows: PlannedWindow[] = [];
    for (const window of windowsOf(stream, input.from, input.to)) {
      const due = new Map<DayState, number>();
      const last = dayNumber(window.last);
      const first = Math.min(Math.max(dayNumber(window.first), born), last);
      for (let n = first; n <= last; n++) {
        const day = dayOfNumber(n);
        const isPutAside = input.again?.has(answers.get(n)?.path ?? "") === true;
        const state = dayState(day, answers.get(n), failures.get(n), settleDays, isPutAside);
        if (!isDue(state, day, answers.get(n), input.lastSync, settleDays)) continue;
        due.set(state, (due.get(state) ?? 0) + 1);
      }
      // Where an answer goes on to the present, later windows are in it, due or not.
      const isWithin = stream.openEnded === true && windows.length > 0;
      if (due.size > 0 || isWithin) {
        windows.push({ ...window, stream, days: last - first + 1, due });
      }
    }
    const asked = stream.openEnded === true ? joined(windows) : windows;
    const reach = new Map(documents.map(({ first_day, last_day }) => [first_day, last_day]));
    planned.push(
      ...asked.map((window) => ({ order, window: reaching(window, reach.get(window.first)) })),
    );
  });
  planned.sort((a, b) =>
    a.window.last < b.window.last ? 1 : a.window.last > b.window.last ? -1 : a.order - b.order
  );
  return planned.map(({ window }) => window);
}

/** All of the windows, oldest first, as one; none when there are none. */
function joined(windows: readonly PlannedWindow[]): PlannedWindow[] {
  return windows.slice(0, 1).map((first) => {
    const due = new Map<DayState, number>();
    for (const window of windows) {
      for (const [state, days] of window.due) due.set(state, (due.get(state) ?? 0) + days);
    }
    const days = windows.reduce((sum, window) => sum + window.days, 0);
    return { ...first, last: windows.at(-1)?.last ?? first.last, days, due };
  });
}

/**
 * The window, as far as the answer goes that is there already: the new one takes its place, and would
 * else take days away.
 */
function reaching(window: PlannedWindow, last: Day = window.last): PlannedWindow {
  const more = dayNumber(last) - dayNumber(window.last);
  return more > 0 ? { ...window, last, days: window.days + more } : window;
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
