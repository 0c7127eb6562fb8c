import assert from "node:assert/strict";
import fc from "fast-check";
import { day as dayTable, hour, minute, month, week } from "../../pipeline/aggregate/catalog.ts";
import { runAggregate } from "../../pipeline/aggregate/run.ts";
import { type Day, dayNumber, dayOfNumber } from "../../pipeline/day.ts";
import type { Row } from "../support/number_rows.ts";
import { type Bench, onBench } from "./harness.ts";

/** A minute with so many steps, in UTC. */
const stepsAt = (day: Day, clock: string, steps: number): Row => ({
  time: Date.parse(`${day}T${clock}:00Z`),
  steps,
});

/** Sitting from then on for so many minutes. */
const sitting = (day: Day, clock: string, minutes: number): Row => ({
  time: Date.parse(`${day}T${clock}:00Z`),
  duration_s: minutes * 60,
});

const resting = (day: Day, bpm: number): Row => ({ date: dayNumber(day), bpm });

const dates = (rows: readonly Row[]) => rows.map((row) => dayOfNumber(Number(row["date"])));

Deno.test("runAggregate() writes minutes by day, the others by year", () =>
  onBench(async (bench) => {
    for (const day of ["2025-12-31", "2026-01-01", "2026-01-02"]) bench.putHeartRate(day);
    bench.put("steps", "2026-01-02", [
      stepsAt("2026-01-02", "00:00", 0),
      stepsAt("2026-01-02", "12:30", 90),
    ]);
    bench.put("resting_heart_rate", "2026-01-02", [
      { ...resting("2026-01-02", 57.5), source: "fitbit-web" },
      resting("2026-02-03", 58),
    ]);
    assert.deepEqual(await bench.run(), {
      daysComputed: 3,
      daysLeftAlone: 0,
      daysDropped: 0,
      // Three days of minutes, two years of hours, days, weeks and months.
      filesWritten: 11,
      filesRemoved: 0,
    });
    const minutes = await bench.rows(minute, "date=2026-01-02");
    assert.equal(minutes.length, 22);
    const hours = await bench.rows(hour, "year=2026");
    assert.deepEqual(hours.map((row) => row["time"]), hours.map((row) => row["time"]).toSorted());
    assert.equal(hours.reduce((sum, row) => sum + Number(row["heart_rate_n"]), 0), 42);
    const days = (await bench.rows(dayTable, "year=2026")).map((row) => [
      dayOfNumber(Number(row["date"])),
      row["heart_rate_n"],
      row["heart_rate_coverage"],
      row["steps"],
      row["resting_heart_rate_bpm"],
      row["resting_heart_rate_source"],
    ]);
    assert.deepEqual(days, [
      ["2026-01-01", 21, 21 / 1440, null, null, null],
      ["2026-01-02", 21, 21 / 1440, 90, 57.5, "fitbit-web"],
      ["2026-02-03", null, null, null, 58, "google-health"],
    ]);
    const weeks = await bench.rows(week, "year=2025");
    assert.deepEqual(dates(weeks), ["2025-12-29"]);
    assert.deepEqual([weeks[0]?.["heart_rate_n"], weeks[0]?.["heart_rate_days"]], [63, 3]);
    const months = await bench.rows(month, "year=2026");
    assert.deepEqual(dates(months), ["2026-01-01", "2026-02-01"]);
    assert.deepEqual(months.map((row) => row["resting_heart_rate_bpm"]), [57.5, 58]);
  }));

Deno.test("runAggregate() touches nothing when nothing changed", () =>
  onBench(async (bench) => {
    for (const day of ["2025-12-31", "2026-01-01", "2026-01-02"]) bench.putHeartRate(day);
    bench.put("spo2", "2026-03-02", [{ time: Date.parse("2026-03-02T03:00:00Z"), percent: 97 }]);
    bench.put("steps", "2026-03-03", [stepsAt("2026-03-03", "12:30", 90)]);
    bench.put("resting_heart_rate", "2026-01-02", [resting("2026-01-02", 57.5)]);
    bench.put("skin_temperature", "2024-01-02", [{ date: dayNumber("2024-01-02") }]);
    await bench.run();
    const before = new Map(bench.checkpoints.of("me"));
    bench.files.calls.length = 0;
    bench.files.read = (path) => assert.fail(`read ${path}`);
    bench.checkpoints.record = (_, noted) => assert.fail(`noted ${Array.from(noted.keys())}`);
    assert.deepEqual(await bench.run(), {
      daysComputed: 0,
      daysLeftAlone: 5,
      daysDropped: 0,
      filesWritten: 0,
      filesRemoved: 0,
    });
    assert.deepEqual(bench.files.calls, []);
    assert.deepEqual(bench.checkpoints.of("me"), before);
  }));

Deno.test("runAggregate() computes changed days alone and drops those that are gone", () =>
  onBench(async (bench) => {
    for (const day of ["2026-01-01", "2026-01-02", "2026-01-03", "2027-03-01"]) {
      bench.putHeartRate(day);
    }
    await bench.run();
    bench.putHeartRate("2026-01-02", 2);
    bench.drop("heart_rate", "2026-01-03");
    bench.drop("heart_rate", "2027-03-01");
    assert.deepEqual(await bench.run(), {
      daysComputed: 1,
      daysLeftAlone: 1,
      daysDropped: 2,
      // A day of minutes; hours, days and months of 2026; the week of its first days, 2025's.
      filesWritten: 5,
      // Two days of minutes; all of 2027.
      filesRemoved: 6,
    });
    assert.deepEqual(bench.contents(), await bench.rebuilt());
    assert.deepEqual(Array.from(bench.checkpoints.of("me").keys()).sort(), [
      "2025 weeks",
      "2026",
      "2026 weeks",
      "2026-01-01",
      "2026-01-02",
    ]);
  }));

Deno.test("runAggregate() reads of a changed day and the day before, and no other", () =>
  onBench(async (bench) => {
    const days = ["2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07", "2026-05-08"];
    for (const day of days) {
      bench.putHeartRate(day);
      bench.put("steps", day, [stepsAt(day, "12:30", 90)]);
    }
    await bench.run();
    bench.put("steps", "2026-05-06", [stepsAt("2026-05-06", "12:30", 91)]);
    const read: string[] = [];
    const { read: original } = bench.files;
    bench.files.read = (path) => {
      if (path.includes("/tables/")) read.push(path.slice(path.indexOf("/tables/") + 8));
      return original(path);
    };
    const { daysComputed, filesWritten } = await bench.run();
    // The next day too: a stretch of steps could have lasted beyond midnight.
    assert.equal(daysComputed, 2);
    // Minutes of the changed day, hours, days, week and month of its year.
    assert.equal(filesWritten, 5);
    assert.deepEqual(read.map((path) => path.replace(/participant=me.date=|.part.parquet/g, "")), [
      "heart_rate/2026-05-06",
      "steps/2026-05-06",
      "steps/2026-05-05",
      "heart_rate/2026-05-07",
      "steps/2026-05-07",
    ]);
  }));

Deno.test("runAggregate() computes no day again when daily values change", () =>
  onBench(async (bench) => {
    bench.putHeartRate("2026-05-01");
    bench.put("resting_heart_rate", "2026-05-01", [
      resting("2026-05-01", 57.5),
      resting("2026-05-05", 60),
    ]);
    await bench.run();
    bench.put("resting_heart_rate", "2026-05-01", [resting("2026-05-02", 58)]);
    const { daysComputed, filesWritten } = await bench.run();
    // Days, weeks and months.
    assert.deepEqual([daysComputed, filesWritten], [0, 3]);
    assert.deepEqual(bench.contents(), await bench.rebuilt());
  }));

Deno.test("runAggregate() has on New Year's Day what began on New Year's Eve", () =>
  onBench(async (bench) => {
    bench.put("sedentary_period", "2025-12-31", [sitting("2025-12-31", "23:30", 90)]);
    await bench.run();
    const sat = async (year: string) =>
      (await bench.rows(dayTable, `year=${year}`)).map((row) => row["sedentary_period_min"]);
    assert.deepEqual([await sat("2025"), await sat("2026")], [[30], [60]]);
    assert.equal((await bench.rows(minute, "date=2026-01-01")).length, 60);
    bench.put("sedentary_period", "2025-12-31", [sitting("2025-12-31", "23:30", 20)]);
    await bench.run();
    assert.deepEqual(bench.contents(), await bench.rebuilt());
    assert.ok(!bench.contents().has("aggregates/day/participant=me/year=2026/part.parquet"));
  }));

Deno.test("runAggregate() makes a file again that somebody deleted", () =>
  onBench(async (bench) => {
    for (const day of ["2026-01-01", "2026-01-02"]) bench.putHeartRate(day);
    bench.put("resting_heart_rate", "2025-01-02", [resting("2025-01-02", 57.5)]);
    await bench.run();
    const before = bench.contents();
    for (const path of before.keys()) {
      Deno.removeSync(`${bench.root}/${path}`);
      assert.equal((await bench.run()).filesWritten, 1, path);
      assert.deepEqual(bench.contents(), before);
    }
  }));

Deno.test("runAggregate() writes nothing when only its checkpoints are lost", () =>
  onBench(async (bench) => {
    bench.putHeartRate("2026-01-01");
    await bench.run();
    bench.checkpoints.of("me").clear();
    const { daysComputed, filesWritten, filesRemoved } = await bench.run();
    assert.deepEqual([daysComputed, filesWritten, filesRemoved], [1, 0, 0]);
  }));

Deno.test("runAggregate() removes what it made of a participant whose parts are gone", () =>
  onBench(async (bench) => {
    bench.putHeartRate("2026-01-01", 1, "you");
    bench.putHeartRate("2026-01-01");
    await bench.run();
    bench.drop("heart_rate", "2026-01-01", "you");
    await bench.run();
    assert.deepEqual(bench.contents(), await bench.rebuilt());
    assert.equal(bench.checkpoints.of("you").size, 0);
  }));

Deno.test("runAggregate() stops between two days when it is told to", () =>
  onBench(async (bench) => {
    for (const day of ["2026-01-01", "2026-01-02"]) bench.putHeartRate(day);
    const stop = new AbortController();
    bench.talk.progress = () => stop.abort(new Error("stopped"));
    await assert.rejects(
      runAggregate(bench.inputs(), { ...bench, signal: stop.signal }),
      /^Error: stopped$/,
    );
    bench.talk.progress = () => {};
    await bench.run();
    assert.deepEqual(bench.contents(), await bench.rebuilt());
  }));

Deno.test("runAggregate() survives a disk that fails at any write", () =>
  onBench(async (bench) => {
    const change = [
      () => bench.putHeartRate("2026-01-01"),
      () => bench.putHeartRate("2026-01-02"),
      () => bench.put("resting_heart_rate", "2026-01-02", [resting("2026-01-02", 60)]),
      () => bench.put("sedentary_period", "2025-12-31", [sitting("2025-12-31", "23:30", 90)]),
      () => bench.putHeartRate("2026-01-01", 2),
      () => bench.drop("heart_rate", "2026-01-02"),
    ];
    for (const one of change) {
      one();
      for (let at = 1; at < 80; at++) {
        if (!await failingAt(bench, at)) break;
      }
      await bench.run();
      assert.deepEqual(bench.contents(), await bench.rebuilt());
    }
  }));

/** Whether a run failed whose disk is full at that call. */
async function failingAt(bench: Bench, at: number): Promise<boolean> {
  let call = 0;
  bench.files.failAt = () => ++call === at ? new Error("No space left on device") : undefined;
  try {
    await bench.run();
    return false;
  } catch (error) {
    assert.match(String(error), /No space left/);
    return true;
  } finally {
    bench.files.failAt = undefined;
  }
}

Deno.test("runAggregate() is not misled when the parts of before come back after a failure", async () => {
  for (let at = 1; at < 30; at += 3) {
    await onBench(async (bench) => {
      bench.putHeartRate("2026-01-01");
      bench.putHeartRate("2026-01-02");
      await bench.run();
      bench.putHeartRate("2026-01-02", 2);
      bench.putHeartRate("2026-01-03");
      await failingAt(bench, at);
      bench.putHeartRate("2026-01-02");
      bench.drop("heart_rate", "2026-01-03");
      await bench.run();
      assert.deepEqual(bench.contents(), await bench.rebuilt(), `failed at call ${at}`);
    });
  }
});

const eventDays = [
  "2025-12-30",
  "2025-12-31",
  "2026-01-01",
  "2026-01-02",
  "2026-01-05",
  "2027-06-01",
];

/** What can be put for a day, in another version each time. */
const putters: Record<string, (day: Day, version: number) => Row[]> = {
  heart_rate: (day, version) =>
    Array.from({ length: version * 7 }, (_, i) => ({
      time: Date.parse(day) + i * 1_000_000,
      bpm: 50 + i,
    })),
  steps: (day, version) => [stepsAt(day, "12:30", version), stepsAt(day, "23:59", version)],
  sedentary_period: (day, version) => [sitting(day, "23:00", version * 50)],
  spo2: (day, version) => [{ time: Date.parse(`${day}T03:00:00Z`), percent: 90 + version }],
  resting_heart_rate: (day, version) => [resting(day, 50 + version)],
  weight: (day, version) => [{ time: Date.parse(day), weight_kg: 70 + version }],
};

/** What can happen between two runs. */
const event = fc.record({
  what: fc.constantFrom(
    "put" as const,
    "put" as const,
    "drop" as const,
    "run" as const,
    "fail" as const,
  ),
  table: fc.constantFrom(...Object.keys(putters)),
  day: fc.constantFrom(...eventDays),
  version: fc.integer({ min: 1, max: 3 }),
  failAt: fc.integer({ min: 1, max: 25 }),
});

Deno.test("runAggregate() comes to the same whatever the order of events", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 25 }), (events) =>
      onBench(async (bench) => {
        for (const { what, table, day, version, failAt } of events) {
          if (what === "put") bench.put(table, day, putters[table]?.(day, version) ?? []);
          else if (what === "drop") bench.drop(table, day);
          else if (what === "run") await bench.run();
          else await failingAt(bench, failAt);
        }
        await bench.run();
        assert.deepEqual(bench.contents(), await bench.rebuilt());
      })),
    { seed: 9, numRuns: 25 },
  );
});
