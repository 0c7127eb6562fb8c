/** The paths of what there is day by day, intraday and daily: what is asked, checked as the server does. */

import { addDays, dayNumber, isDay, today } from "../../../day.ts";
import type { Day } from "../../../day.ts";
import type { World } from "../api.ts";
import { FitbitRefusal, invalid, rangeTooLong } from "./errors.ts";

/** Detail levels: the step in seconds, and how the answer names it. */
export const detailLevels = {
  "1sec": { step_s: 1, datasetInterval: 1, datasetType: "second" },
  "1min": { step_s: 60, datasetInterval: 1, datasetType: "minute" },
  "5min": { step_s: 300, datasetInterval: 5, datasetType: "minute" },
  "15min": { step_s: 900, datasetInterval: 15, datasetType: "minute" },
} as const;

export type DetailLevel = keyof typeof detailLevels;

/** A time window in seconds of the day; `to` is included. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** What a resource can be asked for. */
export interface RequestKind {
  /** As in the path: `heart`. */
  readonly resource: string;
  readonly details: readonly DetailLevel[];
  /** The longest daily series, in days. */
  readonly longestDays: number;
}

export const heartKind: RequestKind = {
  resource: "heart",
  details: ["1sec", "1min", "5min", "15min"],
  longestDays: 365,
};

export interface DayRequest {
  readonly first: Day;
  readonly last: Day;
  /** The first date as it was written: `today` is echoed by bounded answers. */
  readonly written: string;
  /** Undefined for the daily series. */
  readonly detail: DetailLevel | undefined;
  /** Undefined without `/time/`. */
  readonly window: TimeWindow | undefined;
  /** Dates and times are UTC (`timezone=UTC`). */
  readonly utc: boolean;
}

/** Days that a period of the daily series reaches back, the base date included. */
const periods = new Map(Object.entries({
  "1d": 1,
  "7d": 7,
  "1w": 7,
  "30d": 30,
  "1m": 30,
  "3m": 90,
  "6m": 180,
  "1y": 365,
}));

/**
 * Reads what follows `/activities/{resource}/date/`, without `.json`. Throws a FitbitRefusal.
 * @param endMinuteInclusive Whether a window that ends at `HH:mm` ends at `:59` or at `:00`.
 */
export function parseDayRequest(
  kind: RequestKind,
  path: string,
  query: URLSearchParams,
  world: World,
  endMinuteInclusive: boolean,
): DayRequest {
  const [written = "", end = "", detail, time, from, to, ...rest] = path.split("/");
  const timezone = query.get("timezone");
  if (timezone !== null && timezone !== "UTC") {
    throw invalid("timezone", `Invalid timezone: ${timezone}`);
  }
  const utc = timezone === "UTC";
  if (rest.length > 0 || (time !== undefined && time !== "time")) {
    throw invalid(
      "resource path",
      `Invalid time series resource path: /activities/${kind.resource}/${path}`,
    );
  }
  const base = parseDate(written, utc, world);
  if (detail === undefined) return { ...series(kind, base, end, utc, world), written };

  if (!isDetailLevel(detail) || !kind.details.includes(detail)) {
    throw invalid("detail-level", `Invalid detail level: ${detail}`);
  }
  const last = end === "1d" ? base : parseDate(end, utc, world);
  const window = time === undefined
    ? undefined
    : { from: parseTime(from ?? "", false), to: parseTime(to ?? "", endMinuteInclusive) };
  checkLength(base, last, window);
  return { first: base, last, written, detail, window, utc };
}

function series(
  { longestDays }: RequestKind,
  base: Day,
  end: string,
  utc: boolean,
  world: World,
): Omit<DayRequest, "written"> {
  const period = periods.get(end);
  const [first, last] = period === undefined
    ? [base, parseDate(end, utc, world)]
    : [addDays(base, 1 - period), base];
  const days = dayNumber(last) - dayNumber(first) + 1;
  if (days < 1 || days > longestDays) {
    throw invalid("date", `Invalid date range: ${first} to ${last}`);
  }
  return { first, last, detail: undefined, window: undefined, utc };
}

function parseDate(text: string, utc: boolean, world: World): Day {
  const now = world.clock.now();
  if (text === "today") return today(now, utc ? "UTC" : world.body.zones.spanAt(now).timeZone);
  if (!isDay(text)) throw invalid("date", `Invalid date: ${text}`);
  return text;
}

/** `HH:mm`, `HH:mm:ss` and `H:mm`, in seconds of the day. */
function parseTime(text: string, wholeMinute: boolean): number {
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  const [hours, minutes, seconds] = [parts?.[1], parts?.[2], parts?.[3]];
  const valid = parts !== null && Number(hours) < 24 && Number(minutes) < 60 &&
    Number(seconds ?? 0) < 60;
  if (!valid) throw invalid("time", `Invalid time: ${text}`);
  const end = seconds === undefined && wholeMinute ? 59 : Number(seconds ?? 0);
  return Number(hours) * 3600 + Number(minutes) * 60 + end;
}

function checkLength(first: Day, last: Day, window: TimeWindow | undefined): void {
  const days = dayNumber(last) - dayNumber(first);
  const { from, to } = window ?? { from: 0, to: 86_399 };
  const length = days * 86_400 + to - from;
  if (length < 0) throw invalid("time", "The start of the range must lie before its end.");
  if (length > 86_400) throw new FitbitRefusal(rangeTooLong);
}

function isDetailLevel(text: string): text is DetailLevel {
  return Object.hasOwn(detailLevels, text);
}
