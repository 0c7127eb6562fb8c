import assert from "node:assert/strict";
import fc from "fast-check";
import { aggregateDay, type DayRows } from "../../pipeline/aggregate/aggregate_day.ts";
import * as activity from "../../pipeline/catalog/activity.ts";
import { heartRate, timeInHeartRateZone } from "../../pipeline/catalog/heart.ts";
import type { TableSpec } from "../../pipeline/catalog.ts";
import { addDays, type Day, dayAt, dayBounds, MS_PER_DAY, zoneOffset } from "../../pipeline/day.ts";
import { columnsOfRows, type Row, rowsOfColumns } from "../support/number_rows.ts";

/** A stretch of time; further columns by name. */
type Stretch = Row & { time: number; utc_offset_s: number; duration_s: number };

function stretch(time: string, duration_s: number, rest: Row, utc_offset_s = 0): Stretch {
  return { time: Date.parse(time), utc_offset_s, duration_s, ...rest };
}

/** The rows of a table by the civil day that each begins on, as the parts have them. */
function partsOf(table: TableSpec, stretches: readonly Stretch[]): Map<Day, Stretch[]> {
  const sorted = stretches.toSorted((a, b) => a.time - b.time);
  assert.ok(table.columns.some(({ name }) => name === "duration_s"));
  return Map.groupBy(sorted, ({ time, utc_offset_s }) => dayAt(time, utc_offset_s));
}

/** The aggregates of a day out of a table's parts, beside the heart rate of the day if there is any. */
function aggregated(
  table: TableSpec,
  stretches: readonly Stretch[],
  day: Day,
  heartRates: readonly Row[] = [],
) {
  const parts = partsOf(table, stretches);
  const columns = (of: Day) => {
    const rows = parts.get(of)?.map((row) => ({ source: "google-health", ...row }));
    return rows === undefined ? undefined : columnsOfRows(table, rows);
  };
  const rows: DayRows = { own: columns(day), before: columns(addDays(day, -1)) };
  const samples = heartRates.map((row) => ({ bpm: 60, source: "google-health", ...row }));
  const found = aggregateDay(
    day,
    new Map([
      [table.name, rows],
      ...samples.length === 0
        ? []
        : [["heart_rate", { own: columnsOfRows(heartRate, samples) }] as const],
    ]),
  );
  return {
    minute: rowsOfColumns(found.minute),
    hour: rowsOfColumns(found.hour),
    day: rowsOfColumns(found.day)[0],
  };
}

/** Those columns of rows, `10:31` for the time. */
function cells(rows: readonly Row[], ...names: readonly string[]) {
  return rows.map((row) => {
    const local = Number(row["time"]) + Number(row["utc_offset_s"]) * 1000;
    return [new Date(local).toISOString().slice(11, 16), ...names.map((name) => row[name])];
  });
}

Deno.test("aggregateDay() adds steps up, and tells a true zero from nothing", () => {
  const { minute, hour, day } = aggregated(activity.steps, [
    stretch("2026-05-05T10:31:00Z", 60, { steps: 0 }),
    stretch("2026-05-05T10:32:00Z", 60, { steps: 90 }),
    stretch("2026-05-05T12:00:00Z", 60, { steps: 7 }),
  ], "2026-05-05");
  assert.deepEqual(cells(minute, "steps"), [["10:31", 0], ["10:32", 90], ["12:00", 7]]);
  assert.deepEqual(cells(hour, "steps", "steps_covered_minutes", "steps_coverage"), [
    ["10:00", 90, 2, 2 / 60],
    ["12:00", 7, 1, 1 / 60],
  ]);
  assert.deepEqual(
    [day?.["steps"], day?.["steps_covered_minutes"], day?.["steps_coverage"], day?.["distance_m"]],
    [97, 3, 3 / 1440, null],
  );
});

Deno.test("aggregateDay() shares a stretch out in proportion to time", () => {
  const { minute, hour, day } = aggregated(activity.distance, [
    stretch("2026-05-05T09:59:30Z", 120, { distance_m: 200 }),
  ], "2026-05-05");
  assert.deepEqual(cells(minute, "distance_m"), [["09:59", 50], ["10:00", 100], ["10:01", 50]]);
  assert.deepEqual(cells(hour, "distance_m"), [["09:00", 50], ["10:00", 150]]);
  assert.equal(day?.["distance_m"], 200);
});

Deno.test("aggregateDay() counts what lasts beyond midnight on both days", () => {
  const stretches = [stretch("2026-05-05T23:50:00Z", 1200, { level: "sedentary" })];
  const first = aggregated(activity.activityLevel, stretches, "2026-05-05");
  const second = aggregated(activity.activityLevel, stretches, "2026-05-06");
  assert.deepEqual(first.day?.["activity_level_sedentary_min"], 10);
  assert.deepEqual(second.day?.["activity_level_sedentary_min"], 10);
  assert.deepEqual(cells(second.hour, "activity_level_sedentary_min"), [["00:00", 10]]);
  assert.equal(aggregated(activity.activityLevel, stretches, "2026-05-07").day, undefined);
});

Deno.test("aggregateDay() puts what takes no time into its minute", () => {
  const stretches = [stretch("2026-05-05T23:59:59Z", 0, { steps: 3 })];
  assert.deepEqual(
    cells(aggregated(activity.steps, stretches, "2026-05-05").minute, "steps"),
    [["23:59", 3]],
  );
  assert.equal(aggregated(activity.steps, stretches, "2026-05-06").day, undefined);
});

Deno.test("aggregateDay() keeps all of a stretch that lasts for days, on the first two", () => {
  const stretches = [stretch("2026-05-05T12:00:00Z", 72 * 3600, { steps: 360 })];
  const steps = ["2026-05-05", "2026-05-06", "2026-05-07"]
    .map((day) => aggregated(activity.steps, stretches, day).day?.["steps"] ?? 0);
  assert.deepEqual(steps.map((value) => Math.round(Number(value))), [120, 240, 0]);
});

Deno.test("aggregateDay() leaves out what is null or of an unknown kind", () => {
  const { minute } = aggregated(activity.activeZoneMinutes, [
    stretch("2026-05-05T10:31:00Z", 60, { zone: "peak", active_zone_minutes: 2 }),
    stretch("2026-05-05T10:32:00Z", 60, { zone: "any", active_zone_minutes: 1 }),
    stretch("2026-05-05T10:33:00Z", 60, { zone: "peak", active_zone_minutes: null }),
  ], "2026-05-05");
  const names = ["active_zone_minutes", "active_zone_minutes_peak", "active_zone_minutes_cardio"];
  assert.deepEqual(cells(minute, ...names), [["10:31", 2, 2, null], ["10:32", 1, null, null]]);
});

Deno.test("aggregateDay() has 0 for the other zones where one is known", () => {
  const { hour } = aggregated(timeInHeartRateZone, [
    stretch("2026-05-05T10:31:00Z", 30, { zone: "moderate" }),
    stretch("2026-05-05T10:31:30Z", 45, { zone: "peak" }),
    stretch("2026-05-05T11:00:00Z", 60, { zone: "unspecified" }),
  ], "2026-05-05");
  const names = ["light", "moderate", "vigorous", "peak"]
    .map((zone) => `time_in_heart_rate_zone_${zone}_min`);
  assert.deepEqual(cells(hour, ...names), [["10:00", 0, 0.5, 0, 0.75]]);
});

Deno.test("aggregateDay() follows the clock of each row on a journey", () => {
  // The watch changes from +1 to -5 at 17:30 UTC, while the second row lasts.
  const { minute, day } = aggregated(activity.steps, [
    stretch("2026-01-15T17:29:00Z", 60, { steps: 10 }, 3600),
    stretch("2026-01-15T17:29:30Z", 60, { steps: 20 }, 3600),
    stretch("2026-01-15T17:30:00Z", 60, { steps: 30 }, -18_000),
  ], "2026-01-15");
  assert.deepEqual(cells(minute, "utc_offset_s", "steps"), [
    ["18:29", 3600, 20],
    ["12:30", -18_000, 40],
  ]);
  assert.deepEqual([day?.["steps"], day?.["steps_covered_minutes"]], [60, 2]);
  assert.equal(day?.["steps_coverage"], 2 / (30 * 60));
});

/** A sample a minute with the offset of a zone, through a civil day. */
function samplesOf(day: Day, timeZone: string): Row[] {
  const { start, end } = dayBounds(day, timeZone);
  return Array.from({ length: (end - start) / 60_000 }, (_, i) => {
    const time = start + i * 60_000;
    return { time, utc_offset_s: zoneOffset(time, timeZone) };
  });
}

Deno.test("aggregateDay() follows the clock that changes while a stretch lasts", () => {
  // From 23:00 to 10:00, over the night with the hour from 2 to 3 twice.
  const night = [
    stretch("2026-10-24T21:00:00Z", 12 * 3600, { level: "sedentary" }, 7200),
  ];
  const day = "2026-10-25";
  const { hour, day: row } = aggregated(
    activity.activityLevel,
    night,
    day,
    samplesOf(day, "Europe/Berlin"),
  );
  assert.equal(hour.length, 25);
  assert.deepEqual(cells(hour.slice(0, 5), "utc_offset_s", "activity_level_sedentary_min"), [
    ["00:00", 7200, 60],
    ["01:00", 7200, 60],
    ["02:00", 7200, 60],
    ["02:00", 3600, 60],
    ["03:00", 3600, 60],
  ]);
  assert.equal(row?.["activity_level_sedentary_min"], 11 * 60);
});

Deno.test("aggregateDay() puts what has the clock of home on the wearer's, where it is that day", () => {
  const calories = [0, 6, 12, 18].map((hours) => ({
    time: Date.parse("2026-01-14T23:00:00Z") + hours * 3_600_000,
    utc_offset_s: 3600,
    duration_s: 60,
    energy_kcal: 1,
  }));
  // In New York since 15:00 UTC.
  const samples = Array.from({ length: 30 * 60 }, (_, i) => {
    const time = Date.parse("2026-01-14T23:00:00Z") + i * 60_000;
    return { time, utc_offset_s: time < Date.parse("2026-01-15T15:00:00Z") ? 3600 : -18_000 };
  });
  const { minute } = aggregated(activity.calories, calories, "2026-01-15", samples);
  const found = minute.filter((row) => row["calories_kcal"] !== null);
  assert.deepEqual(cells(found, "utc_offset_s", "heart_rate_n"), [
    ["00:00", 3600, 1],
    ["06:00", 3600, 1],
    ["12:00", 3600, 1],
    ["12:00", -18_000, 1],
  ]);
});

const worn = [
  { day: "2026-06-01", timeZone: "Europe/Berlin", hours: 24 },
  { day: "2026-03-29", timeZone: "Europe/Berlin", hours: 23 },
  { day: "2026-10-25", timeZone: "Europe/Berlin", hours: 25 },
  { day: "2026-04-05", timeZone: "Australia/Lord_Howe", hours: 24.5 },
  { day: "2026-06-01", timeZone: "Asia/Kathmandu", hours: 24 },
] as const;

for (const { day, timeZone, hours } of worn) {
  Deno.test(`aggregateDay() has ${hours} hours of a day worn throughout: ${day}, ${timeZone}`, () => {
    const { start, end } = dayBounds(day, timeZone);
    const stretches = Array.from({ length: (end - start) / 60_000 }, (_, i): Stretch => {
      const time = start + i * 60_000;
      return { time, utc_offset_s: zoneOffset(time, timeZone), duration_s: 60, steps: 1 };
    });
    const found = aggregated(activity.steps, stretches, day);
    assert.equal(found.minute.length, hours * 60);
    assert.equal(found.day?.["steps"], hours * 60);
    assert.equal(found.day?.["steps_covered_minutes"], hours * 60);
    assert.equal(found.day?.["steps_coverage"], 1);
    const sum = found.hour.reduce((total, row) => total + Number(row["steps"]), 0);
    assert.equal(sum, hours * 60);
  });
}

/** Stretches of some days, by clocks that change; many a minute long, some that lap over edges. */
const randomStretches = fc.array(
  fc.record({
    // In steps of ten seconds from 2026-05-05T00:00Z.
    at: fc.integer({ min: 0, max: 3 * 8640 - 1 }),
    minuteLong: fc.boolean(),
    duration: fc.oneof(
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 2000 }),
      fc.constant(20_000),
    ),
    offset: fc.constantFrom(0, 3600, -18_000, 19_800),
    value: fc.integer({ min: 0, max: 500 }),
  }),
  { minLength: 1, maxLength: 40 },
).map((records) =>
  records.map(({ at, minuteLong, duration, offset, value }): Stretch => ({
    time: Date.parse("2026-05-05") + (minuteLong ? at - at % 6 : at) * 10_000,
    utc_offset_s: offset,
    duration_s: minuteLong ? 60 : duration * 10,
    distance_m: value,
  }))
);

/** Metres by bucket of a day, `time offset` to value, said ten seconds by ten seconds. */
function byTenSeconds(stretches: readonly Stretch[], day: Day, widthMs: number) {
  const found = new Map<string, number>();
  for (const { time, utc_offset_s, duration_s, ...rest } of stretches) {
    const local = time + utc_offset_s * 1000;
    const midnightAfterNext = local - local % MS_PER_DAY + 2 * MS_PER_DAY;
    const length = Math.min(duration_s * 1000, midnightAfterNext - local);
    const steps = Math.max(length / 10_000, 1);
    for (let step = 0; step < steps; step++) {
      const at = time + step * 10_000;
      if (dayAt(at, utc_offset_s) !== day) continue;
      const wall = at + utc_offset_s * 1000;
      const key = `${wall - wall % widthMs - utc_offset_s * 1000} ${utc_offset_s}`;
      found.set(key, (found.get(key) ?? 0) + Number(rest["distance_m"]) / steps);
    }
  }
  return found;
}

function assertClose(found: unknown, expected: number, what: string) {
  const difference = Math.abs(Number(found) - expected);
  assert.ok(difference <= 1e-9 * Math.max(1, expected), `${what}: ${found}, not ${expected}`);
}

const days = ["2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07", "2026-05-08", "2026-05-09"];

Deno.test("aggregateDay() agrees with a count of every ten seconds", () => {
  fc.assert(
    fc.property(randomStretches, (stretches) => {
      for (const day of days) {
        const found = aggregated(activity.distance, stretches, day);
        for (const [grain, width] of [["minute", 60_000], ["hour", 3_600_000]] as const) {
          const expected = byTenSeconds(stretches, day, width);
          const keys = found[grain].map((row) => `${row["time"]} ${row["utc_offset_s"]}`);
          assert.deepEqual(new Set(keys), new Set(expected.keys()));
          assert.equal(keys.length, expected.size);
          found[grain].forEach((row, i) =>
            assertClose(row["distance_m"], expected.get(keys[i] ?? "") ?? NaN, `${grain} ${day}`)
          );
        }
      }
    }),
    { seed: 11, numRuns: 30 },
  );
});

/** Clocks that change at some time of the days above, as heart rate would tell. */
const randomClock = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 4 * 8640 }),
    offset: fc.constantFrom(0, 3600, -18_000, 19_800),
  }),
  { maxLength: 4 },
).map((changes) => {
  const sorted = changes.toSorted((a, b) => a.at - b.at);
  return Array.from({ length: 5 * 144 }, (_, i): Row & { day: Day } => {
    const utc_offset_s = sorted.findLast(({ at }) => at <= i * 60)?.offset ?? 0;
    const time = Date.parse("2026-05-05") + i * 600_000;
    return { time, utc_offset_s, day: dayAt(time, utc_offset_s) };
  });
});

Deno.test("aggregateDay() neither loses nor doubles a metre, and minutes sum to hours to days", () => {
  fc.assert(
    fc.property(randomStretches, randomClock, fc.boolean(), (stretches, samples, atHome) => {
      let total = 0;
      const [table, name] = atHome
        ? [activity.calories, "calories_kcal"] as const
        : [activity.distance, "distance_m"] as const;
      const rows = stretches.map(({ distance_m, ...rest }) => ({
        ...rest,
        [atHome ? "energy_kcal" : "distance_m"]: distance_m,
      }));
      for (const day of days) {
        const found = aggregated(table, rows, day, samples.filter((sample) => sample.day === day));
        const keys = found.minute.map((row) => `${row["time"]} ${row["utc_offset_s"]}`);
        assert.equal(new Set(keys).size, keys.length);
        const sum = (rows: readonly Row[]) => rows.reduce((all, row) => all + Number(row[name]), 0);
        const ofDay = Number(found.day?.[name] ?? 0);
        assertClose(sum(found.minute), ofDay, `minutes of ${day}`);
        assertClose(sum(found.hour), ofDay, `hours of ${day}`);
        total += ofDay;
      }
      const served = stretches.reduce((all, { distance_m }) => all + Number(distance_m), 0);
      assertClose(total, served, "all days");
    }),
    { seed: 12, numRuns: 60 },
  );
});
