import assert from "node:assert/strict";
import type { ClockContext } from "../../../../pipeline/sources/takeout/family.ts";
import {
  wallRowsOfReadings,
  wallRowsOfSleeps,
} from "../../../../pipeline/sources/takeout/csv/wall_rows.ts";

const at = (text: string) => Date.parse(`${text}Z`);

/** New York in October; nights from 23:00 to 07:00, and a nap. */
const nights = [
  { start: at("2025-09-17T23:00:00"), end: at("2025-09-18T07:00:00") },
  { start: at("2025-09-18T14:00:00"), end: at("2025-09-18T15:00:00") },
  { start: at("2025-09-18T23:10:00"), end: at("2025-09-19T06:50:00") },
  { start: at("2025-09-19T23:00:00"), end: at("2025-09-20T07:00:00") },
];
const spans = [{ at: -Infinity, offset_s: -14_400, evidence: "test", decided: true }];
const context: ClockContext = {
  history: { spans, evidenced: undefined, notes: [] },
  nights,
};
const nothingKnown: ClockContext = { ...context, nights: [] };

/** A sleep a row. */
const sleepsOf = (...times: readonly (readonly [string | undefined, string])[]) =>
  times.map(([start, end], row) => ({
    rows: [row],
    ...(start === undefined ? {} : { start: at(start) }),
    end: at(end),
    otherwise: true,
  }));

Deno.test("wallRowsOfSleeps() holds beginning and end against the nights on either clock", () => {
  const sleeps = sleepsOf(
    ["2025-09-17T23:00:00", "2025-09-18T07:00:00"],
    // The same night in UTC, as a newer algorithm has it.
    ["2025-09-18T02:56:00", "2025-09-18T11:05:00"],
    ["2025-09-18T14:00:00", "2025-09-18T15:00:00"],
    ["2025-09-18T18:00:00", "2025-09-18T19:00:00"],
    // A night that nothing tells of.
    ["2025-09-25T03:00:00", "2025-09-25T11:00:00"],
  );
  assert.deepEqual(wallRowsOfSleeps(sleeps, context), [[0, 0], [2, 2], [4, 4]]);
});

Deno.test("wallRowsOfSleeps() needs but the end", () => {
  const sleeps = sleepsOf([undefined, "2025-09-18T07:00:00"], [undefined, "2025-09-18T11:00:00"]);
  assert.deepEqual(wallRowsOfSleeps(sleeps, context), [[0, 0]]);
});

Deno.test("wallRowsOfSleeps() says otherwise where no night is known", () => {
  const sleeps = sleepsOf(["2025-09-17T23:00:00", "2025-09-18T07:00:00"]);
  assert.deepEqual(wallRowsOfSleeps(sleeps, nothingKnown), [[0, 0]]);
  const late = sleeps.map((sleep) => ({ ...sleep, otherwise: false }));
  assert.deepEqual(wallRowsOfSleeps(late, nothingKnown), []);
});

/** A reading every half hour from one time to another. */
function readings(from: string, until: string): number[] {
  const times = [];
  for (let time = at(from); time <= at(until); time += 1_800_000) times.push(time);
  return times;
}

const never = () => false;
const always = () => true;

Deno.test("wallRowsOfReadings() takes all of a night as of the clock that some of it must be on", () => {
  const wall = readings("2025-09-17T23:00:00", "2025-09-18T07:00:00");
  const utc = readings("2025-09-20T03:00:00", "2025-09-20T11:00:00");
  const times = Float64Array.from([...wall, ...utc]);
  for (const otherwise of [never, always]) {
    assert.deepEqual(wallRowsOfReadings(times, context, otherwise), [[0, wall.length - 1]]);
  }
});

Deno.test("wallRowsOfReadings() tells apart what it can of a night that is there twice", () => {
  const wall = readings("2025-09-18T23:30:00", "2025-09-19T06:30:00");
  const utc = readings("2025-09-19T03:30:00", "2025-09-19T10:30:00");
  const times = Float64Array.from([...wall, ...utc].sort());
  const ranges = wallRowsOfReadings(times, context, never);
  const isWall = times.map((_, row) => +ranges.some(([a, b]) => row >= a && row <= b));
  // Before 03:30 only the one, after 06:50 only the other; between them what could be either.
  times.forEach((time, row) => assert.equal(isWall[row], +(time <= at("2025-09-19T06:50:00"))));
});

Deno.test("wallRowsOfReadings() says otherwise where no night is known, and of no time", () => {
  const times = Float64Array.of(at("2025-09-18T01:00:00"), at("2026-01-01T06:00:00"), NaN);
  const early = (time: number) => time < at("2025-09-19T00:00:00");
  assert.deepEqual(wallRowsOfReadings(times, nothingKnown, early), [[0, 0]]);
  assert.deepEqual(wallRowsOfReadings(new Float64Array(), context, early), []);
});
