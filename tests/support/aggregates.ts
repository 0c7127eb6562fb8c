/** Aggregates read back, and held against what was measured, worked out the slow way. */

import assert from "node:assert/strict";
import * as aggregates from "../../pipeline/aggregate/catalog.ts";
import { restingHeartRate, type TableSpec } from "../../pipeline/catalog.ts";
import { type Day, dayNumber } from "../../pipeline/day.ts";
import { aggregateFile, defaultParticipant, partFile } from "../../pipeline/layout.ts";
import { readColumns } from "../../pipeline/read_columns.ts";
import type { Samples } from "../../pipeline/sources/simulator/body.ts";
import { type Row, rowsOfColumns } from "./number_rows.ts";

type Measured = Pick<Samples, "time_ms" | "utc_offset_s" | "bpm">;

/** The rows of a part; none when there is no such part. */
async function rowsOf(root: string, table: TableSpec, file: string): Promise<Row[]> {
  try {
    const path = `${root}/${file}`;
    return rowsOfColumns(await readColumns(table, await Deno.readFile(path), path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** The resting heart rates of a year, by day. */
export async function restingHeartRatesOf(root: string, year: string): Promise<Map<number, Row>> {
  const file = partFile("resting_heart_rate", defaultParticipant, `year=${year}`);
  const rows = await rowsOf(root, restingHeartRate, file);
  return new Map(rows.map((row) => [Number(row["date"]), row]));
}

/** The aggregates that say something of a civil day. */
export async function aggregatesOf(
  root: string,
  day: Day,
): Promise<{ minute: Row[]; hour: Row[]; day: Row | undefined }> {
  const file = (grain: string, partition: string) =>
    aggregateFile(grain, defaultParticipant, partition);
  const year = `year=${day.slice(0, 4)}`;
  const hours = await rowsOf(root, aggregates.hour, file("hour", year));
  const days = await rowsOf(root, aggregates.day, file("day", year));
  return {
    minute: await rowsOf(root, aggregates.minute, file("minute", `date=${day}`)),
    hour: hours.filter((row) =>
      Math.floor((Number(row["time"]) + Number(row["utc_offset_s"]) * 1000) / 86_400_000) ===
        dayNumber(day)
    ),
    day: days.find((row) => row["date"] === dayNumber(day)),
  };
}

/** Fails unless minutes, hours and the day of heart rate are what the samples amount to. */
export async function assertAggregates(root: string, day: Day, truth: Measured): Promise<void> {
  const found = await aggregatesOf(root, day);
  const essences = (rows: Row[]) =>
    rows.filter((row) => typeof row["heart_rate_n"] === "number").map(essence);
  assert.deepEqual(essences(found.minute), bucketsOf(truth, 60_000), `minutes of ${day}`);
  assert.deepEqual(essences(found.hour), bucketsOf(truth, 3_600_000), `hours of ${day}`);
  assert.ok(found.day !== undefined, `there is no row of ${day}`);
  assert.deepEqual(
    { ...essence(found.day), minutes: found.day["heart_rate_covered_minutes"] },
    { ...summary(Array.from(truth.bpm)), minutes: bucketsOf(truth, 60_000).length },
  );
}

/** What is compared; mean to nine digits, sums may run in another order. */
function essence(row: Row): Record<string, unknown> {
  const { time, utc_offset_s } = row;
  return {
    ...(time === undefined ? {} : { time, utc_offset_s }),
    n: row["heart_rate_n"],
    min: row["heart_rate_min_bpm"],
    max: row["heart_rate_max_bpm"],
    mean: Number(row["heart_rate_mean_bpm"]).toFixed(9),
    p50: row["heart_rate_p50_bpm"],
  };
}

function summary(bpm: readonly number[]) {
  const sorted = bpm.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const lower = sorted[Math.floor(middle)] ?? NaN;
  const upper = sorted[Math.ceil(middle)] ?? NaN;
  return {
    n: bpm.length,
    min: sorted[0],
    max: sorted.at(-1),
    mean: (bpm.reduce((sum, value) => sum + value, 0) / bpm.length).toFixed(9),
    p50: (lower + upper) / 2,
  };
}

/** Samples by buckets of the wall clock, each with the offset then in force. */
function bucketsOf({ time_ms, utc_offset_s, bpm }: Measured, width: number) {
  const buckets = new Map<string, { time: number; utc_offset_s: number; bpm: number[] }>();
  time_ms.forEach((time, i) => {
    const offset = utc_offset_s[i] ?? NaN;
    const wall = time + offset * 1000;
    const start = wall - wall % width - offset * 1000;
    const key = `${start} ${offset}`;
    const bucket = buckets.get(key) ?? { time: start, utc_offset_s: offset, bpm: [] };
    bucket.bpm.push(bpm[i] ?? NaN);
    buckets.set(key, bucket);
  });
  return Array.from(buckets.values())
    .sort((a, b) => a.time - b.time || a.utc_offset_s - b.utc_offset_s)
    .map(({ time, utc_offset_s, bpm }) => ({ time, utc_offset_s, ...summary(bpm) }));
}
