/** `dataPoints:rollUp` (windows of physical time) and `dataPoints:dailyRollUp` (civil days). */

import { z } from "zod";
import { MS_PER_DAY } from "../../../day.ts";
import type { World } from "../api.ts";
import type { Json, JsonObject } from "../json.ts";
import type { DataType } from "./data_types.ts";
import { badArgument } from "./errors.ts";
import { familyTest } from "./families.ts";
import { parseInstant, utcDaysOf } from "./filter.ts";
import type { TimeRange } from "./filter.ts";
import { readToken, writeToken } from "./page_token.ts";
import type { GoogleSettings } from "./settings.ts";
import { streams } from "./streams.ts";
import { civilParts, instantText } from "./times.ts";
import { firstCursor, matchesOf } from "./walk.ts";

const paging = {
  pageSize: z.int().nonnegative().default(0),
  pageToken: z.string().default(""),
  dataSourceFamily: z.string().default(""),
};

const rollUpBody = z.strictObject({
  range: z.strictObject({ startTime: z.string(), endTime: z.string() }),
  windowSize: z.string().optional(),
  ...paging,
});

const civilDateTime = z.strictObject({
  date: z.strictObject({ year: z.int(), month: z.int(), day: z.int() }),
  time: z.strictObject({
    hours: z.int().default(0),
    minutes: z.int().default(0),
    seconds: z.int().default(0),
    nanos: z.int().default(0),
  }).prefault({}),
});

const dailyRollUpBody = z.strictObject({
  range: z.strictObject({ start: civilDateTime, end: civilDateTime }),
  windowSizeDays: z.int().positive().default(1),
  ...paging,
});

/** What both bodies come down to. */
interface RollUp {
  readonly range: TimeRange;
  readonly window_ms: number;
  readonly pageSize: number;
  readonly pageToken: string;
  readonly dataSourceFamily: string;
}

/** The answer to a roll-up. Throws a GoogleRefusal. */
export function rollUp(
  verb: "rollUp" | "dailyRollUp",
  type: DataType,
  body: string,
  world: World,
  settings: GoogleSettings,
): JsonObject {
  const json = parseJson(body);
  const asked = verb === "rollUp" ? physical(json) : civil(json);
  const stream = streams.get(type.name);
  const maxDays = stream?.rollUp?.maxDays ?? 90;
  const perPage = asked.pageSize === 0 ? (verb === "rollUp" ? 1440 : 90) : asked.pageSize;
  checkLength(verb, asked, maxDays);
  const wants = familyTest(asked.dataSourceFamily, verb, type, world.body.person);
  if (stream?.rollUp === undefined) return {};

  const { range, window_ms, pageToken, ...others } = asked;
  const request = JSON.stringify([verb, type.name, range, window_ms, others]);
  const cursor = pageToken === "" ? firstCursor(range, world) : readToken(pageToken, request);
  const question = {
    range,
    wants,
    points: (utcDay: number) =>
      stream.rollUp?.points?.(utcDay, world) ?? stream.points(utcDay, "reconcile", world, settings),
  };
  const windows = new Map<number, { values: number[]; kinds: number[] }>();
  const days = utcDaysOf(range);
  for (let utcDay = days.first; utcDay <= days.last; utcDay++) {
    const points = question.points(utcDay);
    for (const i of matchesOf(points, question, cursor.knownBefore)) {
      const offset = range.kind === "civil" ? points.utc_offset_s[i]! * 1000 : 0;
      const window = Math.floor((points.time_ms[i]! + offset - range.from) / window_ms);
      const found = windows.get(window) ?? { values: [], kinds: [] };
      found.values.push(points.values[i]!);
      if (points.kinds !== undefined) found.kinds.push(points.kinds[i]!);
      windows.set(window, found);
    }
  }
  const newestFirst = [...windows].sort(([a], [b]) => b - a);
  const page = newestFirst.slice(cursor.given, cursor.given + Math.min(perPage, 10_000));
  const given = cursor.given + page.length;
  const value = stream.rollUp.value;
  return {
    rollupDataPoints: page.length === 0 ? undefined : page.map(([window, found]): JsonObject => ({
      ...windowTimes(range, window_ms, window),
      [type.field]: value(found.values, found.kinds),
    })),
    nextPageToken: given < newestFirst.length
      ? writeToken({ ...cursor, given }, request, "")
      : undefined,
  };
}

function parseJson(body: string): Json {
  try {
    return JSON.parse(body);
  } catch {
    // A month written 05 ends here, as it does at the real server.
    throw badArgument("Invalid JSON payload received. Unexpected token.");
  }
}

function parsed<T>(schema: z.ZodType<T>, json: Json): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw badArgument(`Invalid JSON payload received. ${issue?.path.join(".")}: ${issue?.message}`);
}

function physical(json: Json): RollUp {
  const { range, windowSize = "", ...others } = parsed(rollUpBody, json);
  const seconds = /^(\d+)s$/.exec(windowSize)?.[1];
  if (seconds === undefined || Number(seconds) < 1) {
    throw badArgument(
      "The window size must be given in whole seconds and be at least one second.",
      "INVALID_ROLLUP_WINDOW",
    );
  }
  const [from, to] = [parseInstant(range.startTime), parseInstant(range.endTime)];
  return { range: { kind: "physical", from, to }, window_ms: Number(seconds) * 1000, ...others };
}

function civil(json: Json): RollUp {
  const { range, windowSizeDays, ...others } = parsed(dailyRollUpBody, json);
  const [from, to] = [range.start, range.end].map(({ date, time }) =>
    Date.UTC(date.year, date.month - 1, date.day, time.hours, time.minutes, time.seconds)
  );
  if (from === undefined || to === undefined || from % MS_PER_DAY !== 0) {
    throw badArgument("The start of the range must be aligned with the window.");
  }
  return { range: { kind: "civil", from, to }, window_ms: windowSizeDays * MS_PER_DAY, ...others };
}

function checkLength(verb: string, { range, window_ms, pageSize }: RollUp, maxDays: number): void {
  if (range.from >= range.to) {
    throw badArgument("INVALID_TIME_RANGE: the start of the range must lie before its end.");
  }
  const days = (range.to - range.from) / MS_PER_DAY;
  const pageDays = verb === "dailyRollUp" ? (window_ms / MS_PER_DAY) * pageSize : 0;
  if (days > maxDays || pageDays > maxDays) {
    throw badArgument(
      `The range of a roll-up, and windows times page size, must not exceed ${maxDays} days.`,
      "INVALID_ROLLUP_QUERY_DURATION",
    );
  }
}

/** First and last moment of a window; the last window ends with the range. */
function windowTimes(range: TimeRange, window_ms: number, window: number): JsonObject {
  const start = range.from + window * window_ms;
  const end = Math.min(start + window_ms, range.to);
  return range.kind === "civil"
    ? { civilStartTime: civilParts(start), civilEndTime: civilParts(end) }
    : { startTime: instantText(start), endTime: instantText(end) };
}
