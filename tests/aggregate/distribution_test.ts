import assert from "node:assert/strict";
import fc from "fast-check";
import pl from "nodejs-polars";
import { aggregateDay as aggregate } from "../../pipeline/aggregate/aggregate_day.ts";
import { denseContributions } from "../../pipeline/aggregate/contributions.ts";
import type { Columns } from "../../pipeline/columns.ts";
import { type Day, dayBounds, dayNumber, MS_PER_DAY, zoneOffset } from "../../pipeline/day.ts";

import { type Row, rowsOfColumns } from "../support/number_rows.ts";

interface HeartRateSamples {
  readonly time: Float64Array;
  readonly utc_offset_s: Int32Array;
  readonly bpm: Int32Array;
}

type HeartRateRow = Readonly<Record<string, number>>;

const columns = denseContributions.flatMap((one) =>
  one.table.name === "heart_rate" ? one.columns : []
)
  .map(({ spec }) => spec.name);

/** The aggregates of a day of heart rate, without the columns of other tables. */
function aggregateDay(day: Day, { time, utc_offset_s, bpm }: HeartRateSamples) {
  const own: Columns = {
    rows: time.length,
    columns: {
      time: { type: "timestamp_ms", values: time },
      utc_offset_s: { type: "int32", values: utc_offset_s },
      bpm: { type: "int32", values: bpm },
    },
  };
  const found = aggregate(day, new Map([["heart_rate", { own }]]));
  const rows = (keys: readonly string[], of: Columns) =>
    rowsOfColumns(of).map((row) => numbersOf(row, [...keys, ...columns]));
  return {
    minute: rows(["time", "utc_offset_s"], found.minute),
    hour: rows(["time", "utc_offset_s"], found.hour),
    day: rows(["date"], found.day)[0],
  };
}

function numbersOf(row: Row, names: readonly string[]): HeartRateRow {
  return Object.fromEntries(names.map((name) => [name, Number(row[name] ?? NaN)]));
}

type Sample = readonly [time: string, offset_s: number, bpm: number];

function samplesOf(samples: readonly Sample[]): HeartRateSamples {
  return {
    time: Float64Array.from(samples, ([time]) => Date.parse(time)),
    utc_offset_s: Int32Array.from(samples, ([, offset]) => offset),
    bpm: Int32Array.from(samples, ([, , bpm]) => bpm),
  };
}

/** A sample a minute, over a whole civil day of a zone. */
function wornAllDay(day: Day, timeZone: string): HeartRateSamples {
  const { start, end } = dayBounds(day, timeZone);
  const time = Float64Array.from({ length: (end - start) / 60_000 }, (_, i) => start + i * 60_000);
  return {
    time,
    utc_offset_s: Int32Array.from(time, (at) => zoneOffset(at, timeZone)),
    bpm: new Int32Array(time.length).fill(60),
  };
}

/** `10:30 +1`: the wall clock at the beginning of a bucket, and its offset in hours. */
function clock({ time = NaN, utc_offset_s = NaN }: HeartRateRow): string {
  const local = new Date(time + utc_offset_s * 1000).toISOString().slice(11, 16);
  return `${local} ${utc_offset_s < 0 ? "" : "+"}${utc_offset_s / 3600}`;
}

Deno.test("aggregateDay() sums up a small day", () => {
  const samples = samplesOf([
    ["2026-01-01T10:30:00Z", 0, 60],
    ["2026-01-01T10:30:30Z", 0, 70],
    ["2026-01-01T10:31:00Z", 0, 80],
    ["2026-01-01T11:15:00Z", 0, 100],
  ]);
  const { minute, hour, day } = aggregateDay("2026-01-01", samples);
  assert.deepEqual(minute[0], {
    time: Date.parse("2026-01-01T10:30:00Z"),
    utc_offset_s: 0,
    heart_rate_n: 2,
    heart_rate_mean_bpm: 65,
    heart_rate_min_bpm: 60,
    heart_rate_max_bpm: 70,
    heart_rate_p5_bpm: 60.5,
    heart_rate_p50_bpm: 65,
    heart_rate_p95_bpm: 69.5,
    heart_rate_covered_minutes: 1,
    heart_rate_coverage: 1,
    heart_rate_longest_gap_s: 30,
  });
  assert.deepEqual(minute.map(clock), ["10:30 +0", "10:31 +0", "11:15 +0"]);
  assert.deepEqual(hour, [
    {
      time: Date.parse("2026-01-01T10:00:00Z"),
      utc_offset_s: 0,
      heart_rate_n: 3,
      heart_rate_mean_bpm: 70,
      heart_rate_min_bpm: 60,
      heart_rate_max_bpm: 80,
      heart_rate_p5_bpm: 61,
      heart_rate_p50_bpm: 70,
      heart_rate_p95_bpm: 79,
      heart_rate_covered_minutes: 2,
      heart_rate_coverage: 2 / 60,
      heart_rate_longest_gap_s: 1800,
    },
    {
      time: Date.parse("2026-01-01T11:00:00Z"),
      utc_offset_s: 0,
      heart_rate_n: 1,
      heart_rate_mean_bpm: 100,
      heart_rate_min_bpm: 100,
      heart_rate_max_bpm: 100,
      heart_rate_p5_bpm: 100,
      heart_rate_p50_bpm: 100,
      heart_rate_p95_bpm: 100,
      heart_rate_covered_minutes: 1,
      heart_rate_coverage: 1 / 60,
      heart_rate_longest_gap_s: 2700,
    },
  ]);
  assert.deepEqual(day, {
    date: dayNumber("2026-01-01"),
    heart_rate_n: 4,
    heart_rate_mean_bpm: 77.5,
    heart_rate_min_bpm: 60,
    heart_rate_max_bpm: 100,
    heart_rate_p5_bpm: 61.5,
    heart_rate_p50_bpm: 75,
    heart_rate_p95_bpm: 97,
    heart_rate_covered_minutes: 3,
    heart_rate_coverage: 3 / 1440,
    // From 11:15 to midnight.
    heart_rate_longest_gap_s: 12.75 * 3600,
  });
});

Deno.test("aggregateDay() of no sample is nothing", () => {
  assert.deepEqual(aggregateDay("2026-01-01", samplesOf([])), {
    minute: [],
    hour: [],
    day: undefined,
  });
});

const worn = [
  { day: "2026-06-01", timeZone: "Europe/Berlin", hours: 24, what: "an ordinary day" },
  { day: "2026-03-29", timeZone: "Europe/Berlin", hours: 23, what: "the day of the spring night" },
  { day: "2026-10-25", timeZone: "Europe/Berlin", hours: 25, what: "the day of the autumn night" },
  { day: "2026-03-08", timeZone: "America/New_York", hours: 23, what: "spring west of Greenwich" },
  { day: "2026-11-01", timeZone: "America/New_York", hours: 25, what: "autumn west of Greenwich" },
  { day: "2026-06-01", timeZone: "Asia/Kolkata", hours: 24, what: "a zone half an hour off" },
  { day: "2026-06-01", timeZone: "Asia/Kathmandu", hours: 24, what: "a zone a quarter off" },
] as const;

for (const { day, timeZone, hours, what } of worn) {
  Deno.test(`aggregateDay() finds ${what} covered: ${day}, ${timeZone}`, () => {
    const found = aggregateDay(day, wornAllDay(day, timeZone));
    assert.equal(found.minute.length, hours * 60);
    assert.equal(found.hour.length, hours);
    for (const row of found.hour) {
      assert.equal(row["heart_rate_coverage"], 1);
      assert.equal(row["heart_rate_longest_gap_s"], 60);
      assert.match(clock(row), /^\d\d:00 /);
    }
    assert.equal(found.day?.["heart_rate_covered_minutes"], hours * 60);
    assert.equal(found.day?.["heart_rate_coverage"], 1);
    assert.equal(found.day?.["heart_rate_longest_gap_s"], 60);
  });
}

Deno.test("aggregateDay() keeps the two hours apart that the autumn night shows twice", () => {
  const { hour } = aggregateDay("2026-10-25", wornAllDay("2026-10-25", "Europe/Berlin"));
  assert.deepEqual(hour.slice(0, 5).map(clock), [
    "00:00 +2",
    "01:00 +2",
    "02:00 +2",
    "02:00 +1",
    "03:00 +1",
  ]);
});

Deno.test("aggregateDay() leaves out the hour that the spring night leaves out", () => {
  const { hour } = aggregateDay("2026-03-29", wornAllDay("2026-03-29", "Europe/Berlin"));
  assert.deepEqual(hour.slice(0, 3).map(clock), ["00:00 +1", "01:00 +1", "03:00 +2"]);
});

Deno.test("aggregateDay() follows the clock of a journey", () => {
  // From Berlin at noon to New York, where the watch changes at 17:30 UTC, 12:30 there.
  const { minute, hour, day } = aggregateDay(
    "2026-01-15",
    samplesOf([
      ["2026-01-15T11:00:00Z", 3600, 60],
      ["2026-01-15T17:10:00Z", 3600, 70],
      ["2026-01-15T17:30:00Z", -18_000, 80],
      ["2026-01-16T04:59:59Z", -18_000, 90],
    ]),
  );
  assert.deepEqual(minute.map(clock), ["12:00 +1", "18:10 +1", "12:30 -5", "23:59 -5"]);
  // The two clocks' hours in the middle began at the same instant: then the offset decides.
  assert.deepEqual(hour.map(clock), ["12:00 +1", "12:00 -5", "18:00 +1", "23:00 -5"]);
  // From midnight in Berlin to midnight in New York.
  assert.equal(day?.["heart_rate_coverage"], 4 / (30 * 60));
  assert.equal(day?.["heart_rate_longest_gap_s"], 12 * 3600);
});

Deno.test("aggregateDay() makes one row of a bucket that an offset comes back to", () => {
  const { minute, hour } = aggregateDay(
    "2026-01-15",
    samplesOf([
      ["2026-01-15T11:00:10Z", 3600, 60],
      ["2026-01-15T11:00:20Z", 0, 70],
      ["2026-01-15T11:00:30Z", 3600, 80],
    ]),
  );
  assert.deepEqual(minute.map((row) => [clock(row), row["heart_rate_n"]]), [
    ["11:00 +0", 1],
    ["12:00 +1", 2],
  ]);
  assert.deepEqual(hour.map((row) => [clock(row), row["heart_rate_n"]]), [
    ["11:00 +0", 1],
    ["12:00 +1", 2],
  ]);
});

/** A day of samples, by one offset, or two as on the nights the clocks change. */
const randomDay = fc.record({
  before: fc.constantFrom(7200, 3600, 0, -18_000, 19_800),
  change: fc.constantFrom(0, 3600, -3600),
  changeAt: fc.integer({ min: 1, max: 22 }),
  steps: fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 300 }),
  bpm: fc.array(fc.integer({ min: 30, max: 220 }), { minLength: 300, maxLength: 300 }),
}).map(({ before, change, changeAt, steps, bpm }): { day: Day; samples: HeartRateSamples } => {
  const day = "2026-05-05";
  const midnight = dayNumber(day) * MS_PER_DAY - before * 1000;
  const end = midnight + MS_PER_DAY - change * 1000;
  const times: number[] = [];
  let at = midnight - 1000;
  for (const step of steps) {
    at += step * 1000 + (step % 3 === 0 ? 500 : 0);
    if (at < end) times.push(at);
  }
  return {
    day,
    samples: {
      time: Float64Array.from(times),
      utc_offset_s: Int32Array.from(
        times,
        (time) => time < midnight + changeAt * 3_600_000 ? before : before + change,
      ),
      bpm: Int32Array.from(times, (_, i) => bpm[i] ?? 0),
    },
  };
});

/** The same, said another way: by looking at all samples for every bucket. */
function oracle(day: Day, { time, utc_offset_s, bpm }: HeartRateSamples, widthMs: number) {
  const rows = Array.from(time, (at, i) => ({
    at,
    offset: utc_offset_s[i] ?? 0,
    bpm: bpm[i] ?? 0,
  }));
  const groups = Map.groupBy(rows, ({ at, offset }) => {
    const local = at + offset * 1000;
    return widthMs === MS_PER_DAY ? "" : `${local - local % widthMs - offset * 1000} ${offset}`;
  });
  return Array.from(groups, ([key, samples]) => {
    const [start, offset] = key === ""
      ? [dayNumber(day) * MS_PER_DAY - (rows.at(0)?.offset ?? 0) * 1000, 0]
      : key.split(" ").map(Number);
    const end = key === ""
      ? (dayNumber(day) + 1) * MS_PER_DAY - (rows.at(-1)?.offset ?? 0) * 1000
      : (start ?? 0) + widthMs;
    const values = samples.map((sample) => sample.bpm).sort((a, b) => a - b);
    const quantile = (share: number) => {
      const position = (values.length - 1) * share;
      const lower = values[Math.floor(position)] ?? 0;
      const upper = values[Math.ceil(position)] ?? 0;
      return lower + (upper - lower) * (position % 1);
    };
    const stops = [start ?? 0, ...samples.map((sample) => sample.at), end];
    const minutes = new Set(samples.map((sample) => Math.floor(sample.at / 60_000))).size;
    const summary: HeartRateRow = {
      heart_rate_n: values.length,
      heart_rate_mean_bpm: values.reduce((a, b) => a + b) / values.length,
      heart_rate_min_bpm: Math.min(...values),
      heart_rate_max_bpm: Math.max(...values),
      heart_rate_p5_bpm: quantile(0.05),
      heart_rate_p50_bpm: quantile(0.5),
      heart_rate_p95_bpm: quantile(0.95),
      heart_rate_covered_minutes: minutes,
      heart_rate_coverage: minutes / ((end - (start ?? 0)) / 60_000),
      heart_rate_longest_gap_s: Math.max(
        ...stops.slice(1).map((stop, i) => stop - (stops[i] ?? 0)),
      ) / 1000,
    };
    return { time: start ?? 0, utc_offset_s: offset ?? 0, ...summary };
  }).sort((a, b) => a.time - b.time || a.utc_offset_s - b.utc_offset_s);
}

Deno.test("aggregateDay() agrees with a slow and simple way", () => {
  fc.assert(
    fc.property(randomDay, ({ day, samples }) => {
      const found = aggregateDay(day, samples);
      assert.deepEqual(found.minute, oracle(day, samples, 60_000));
      assert.deepEqual(found.hour, oracle(day, samples, 3_600_000));
      const { date, ...summary } = found.day ?? { date: dayNumber(day) };
      assert.equal(date, dayNumber(day));
      for (const { time: _, utc_offset_s: __, ...expected } of oracle(day, samples, MS_PER_DAY)) {
        assert.deepEqual(summary, expected);
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("aggregateDay() agrees with polars on mean and percentiles", () => {
  fc.assert(
    fc.property(randomDay, ({ day, samples }) => {
      const series = pl.Series(samples.bpm);
      const found = aggregateDay(day, samples).day;
      if (found === undefined) return;
      const pairs = [
        [found["heart_rate_mean_bpm"], series.mean()],
        [found["heart_rate_p5_bpm"], series.quantile(0.05, "linear")],
        [found["heart_rate_p50_bpm"], series.quantile(0.5, "linear")],
        [found["heart_rate_p95_bpm"], series.quantile(0.95, "linear")],
      ];
      for (const [ours, theirs] of pairs) {
        assert.ok(Math.abs(Number(ours) - Number(theirs)) < 1e-9, `${ours} and ${theirs}`);
      }
    }),
    { seed: 8, numRuns: 200 },
  );
});
