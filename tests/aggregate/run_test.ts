import assert from "node:assert/strict";
import fc from "fast-check";
import { day as dayTable, hour, minute } from "../../pipeline/aggregate/catalog.ts";
import type { AggregateInputs, DayPart, YearPart } from "../../pipeline/aggregate/plan.ts";
import { type AggregateCheckpoints, runAggregate } from "../../pipeline/aggregate/run.ts";
import { type Row, rowsOfColumns } from "../../pipeline/aggregate/rows.ts";
import { heartRate, restingHeartRate, type TableSpec } from "../../pipeline/catalog.ts";
import { constantText } from "../../pipeline/columns.ts";
import { type Day, dayNumber, dayOfNumber, MS_PER_DAY } from "../../pipeline/day.ts";
import { aggregateFile, partFile } from "../../pipeline/layout.ts";
import { readColumns } from "../../pipeline/read_columns.ts";
import { writeParquet } from "../../pipeline/transform/parquet/write.ts";
import { KeptTalk, WatchedFiles } from "../support/effects.ts";

/** Checkpoints in memory. */
class HeldCheckpoints implements AggregateCheckpoints {
  readonly #held = new Map<string, Map<string, string>>();

  of(participant: string): Map<string, string> {
    let held = this.#held.get(participant);
    if (held === undefined) this.#held.set(participant, held = new Map());
    return held;
  }

  record(participant: string, checkpoints: ReadonlyMap<string, string | undefined>): void {
    for (const [unit, digest] of checkpoints) {
      if (digest === undefined) this.of(participant).delete(unit);
      else this.of(participant).set(unit, digest);
    }
  }
}

/** A data root in which parts come and go. */
class Bench {
  readonly files = new WatchedFiles();
  readonly talk = new KeptTalk();
  readonly checkpoints = new HeldCheckpoints();
  readonly heartRate = new Map<string, DayPart>();
  readonly resting = new Map<string, YearPart>();

  constructor(readonly root: string) {}

  /** A day of heart rate; another version has other samples. */
  putDay(day: Day, version = 1, participant = "me"): void {
    const start = dayNumber(day) * MS_PER_DAY;
    const rows = 20 + version;
    const path = partFile("heart_rate", participant, `date=${day}`);
    this.#write(
      path,
      writeParquet(heartRate, {
        rows,
        columns: {
          time: {
            type: "timestamp_ms",
            values: Float64Array.from({ length: rows }, (_, i) => start + i * 700_000),
          },
          utc_offset_s: { type: "int32", values: new Int32Array(rows) },
          bpm: {
            type: "int32",
            values: Int32Array.from(
              { length: rows },
              (_, i) => 50 + i * version + dayNumber(day) % 7,
            ),
          },
          confidence: { type: "int32", values: new Int32Array(rows), valid: new Uint8Array(rows) },
          source: constantText("takeout", rows),
        },
      }),
    );
    const part = { participant, day, path, digest: `${day} version ${version}` };
    this.heartRate.set(path, part);
  }

  dropDay(day: Day, participant = "me"): void {
    const path = partFile("heart_rate", participant, `date=${day}`);
    if (this.heartRate.delete(path)) Deno.removeSync(`${this.root}/${path}`);
  }

  /** The resting heart rates of a year, by day. */
  putResting(year: string, values: Record<Day, number>): void {
    const rates = Object.entries(values);
    const rows = rates.length;
    const path = partFile("resting_heart_rate", "me", `year=${year}`);
    this.#write(
      path,
      writeParquet(restingHeartRate, {
        rows,
        columns: {
          date: { type: "date", values: Int32Array.from(rates, ([day]) => dayNumber(day)) },
          bpm: { type: "float64", values: Float64Array.from(rates, ([, bpm]) => bpm) },
          error_bpm: {
            type: "float64",
            values: new Float64Array(rows),
            valid: new Uint8Array(rows),
          },
          method: { ...constantText("", rows), valid: new Uint8Array(rows) },
          source: constantText("fitbit-web", rows),
        },
      }),
    );
    this.resting.set(path, { participant: "me", year, path, digest: JSON.stringify(values) });
  }

  dropResting(year: string): void {
    this.resting.delete(partFile("resting_heart_rate", "me", `year=${year}`));
  }

  inputs(): AggregateInputs {
    return {
      heart_rate: Array.from(this.heartRate.values()),
      resting_heart_rate: Array.from(this.resting.values()),
    };
  }

  run() {
    return runAggregate(this.inputs(), { ...this, signal: new AbortController().signal });
  }

  /** The same parts aggregated in an empty root. */
  async rebuilt(): Promise<Map<string, string>> {
    const fresh = new Bench(`${this.root}.fresh`);
    Deno.mkdirSync(fresh.root);
    for (const { path } of [...this.heartRate.values(), ...this.resting.values()]) {
      fresh.#write(path, Deno.readFileSync(`${this.root}/${path}`));
    }
    await runAggregate(this.inputs(), { ...fresh, signal: new AbortController().signal });
    const contents = fresh.contents();
    Deno.removeSync(fresh.root, { recursive: true });
    return contents;
  }

  /** Every file of the aggregates with its bytes. */
  contents(folder = "aggregates"): Map<string, string> {
    const found = new Map<string, string>();
    for (const entry of this.files.list(`${this.root}/${folder}`)) {
      const path = `${folder}/${entry.name}`;
      if (entry.isFolder) {
        for (const [name, bytes] of this.contents(path)) found.set(name, bytes);
      } else found.set(path, Deno.readFileSync(`${this.root}/${path}`).toBase64());
    }
    return found;
  }

  async rows(table: TableSpec, partition: string): Promise<Row[]> {
    const path = aggregateFile(table.name, "me", partition);
    const bytes = Deno.readFileSync(`${this.root}/${path}`);
    return rowsOfColumns(await readColumns(table, bytes, path));
  }

  #write(path: string, bytes: Uint8Array): void {
    const file = `${this.root}/${path}`;
    Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    Deno.writeFileSync(file, bytes);
  }
}

async function onBench(work: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    Deno.mkdirSync(`${folder}/data`);
    await work(new Bench(`${folder}/data`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("runAggregate() writes minutes by day, hours and days by year", () =>
  onBench(async (bench) => {
    for (const day of ["2025-12-31", "2026-01-01", "2026-01-02"]) bench.putDay(day);
    bench.putResting("2026", { "2026-01-02": 57.5, "2026-02-03": 58 });
    assert.deepEqual(await bench.run(), {
      daysComputed: 3,
      daysLeftAlone: 0,
      daysDropped: 0,
      filesWritten: 7,
      filesRemoved: 0,
    });
    const minutes = await bench.rows(minute, "date=2026-01-01");
    assert.equal(minutes.length, 21);
    const hours = await bench.rows(hour, "year=2026");
    assert.deepEqual(hours.map((row) => row["time"]), hours.map((row) => row["time"]).toSorted());
    assert.equal(hours.reduce((sum, row) => sum + Number(row["heart_rate_n"]), 0), 42);
    const days = (await bench.rows(dayTable, "year=2026")).map((row) => [
      dayOfNumber(Number(row["date"])),
      row["heart_rate_n"],
      row["heart_rate_coverage"],
      row["resting_heart_rate_bpm"],
      row["resting_heart_rate_source"],
    ]);
    assert.deepEqual(days, [
      ["2026-01-01", 21, 21 / 1440, null, null],
      ["2026-01-02", 21, 21 / 1440, 57.5, "fitbit-web"],
      ["2026-02-03", null, null, 58, "fitbit-web"],
    ]);
  }));

Deno.test("runAggregate() touches nothing when nothing changed", () =>
  onBench(async (bench) => {
    for (const day of ["2025-12-31", "2026-01-01", "2026-01-02"]) bench.putDay(day);
    bench.putResting("2026", { "2026-01-02": 57.5 });
    bench.putResting("2024", { "2024-01-02": 57.5 });
    await bench.run();
    bench.files.calls.length = 0;
    bench.files.read = (path) => assert.fail(`read ${path}`);
    assert.deepEqual(await bench.run(), {
      daysComputed: 0,
      daysLeftAlone: 3,
      daysDropped: 0,
      filesWritten: 0,
      filesRemoved: 0,
    });
    assert.deepEqual(bench.files.calls, []);
  }));

Deno.test("runAggregate() computes changed days alone and drops those that are gone", () =>
  onBench(async (bench) => {
    for (const day of ["2026-01-01", "2026-01-02", "2026-01-03", "2027-01-01"]) bench.putDay(day);
    await bench.run();
    bench.putDay("2026-01-02", 2);
    bench.dropDay("2026-01-03");
    bench.dropDay("2027-01-01");
    assert.deepEqual(await bench.run(), {
      daysComputed: 1,
      daysLeftAlone: 1,
      daysDropped: 2,
      filesWritten: 3,
      filesRemoved: 4,
    });
    assert.deepEqual(bench.contents(), await bench.rebuilt());
    assert.deepEqual(Array.from(bench.checkpoints.of("me").keys()).sort(), [
      "2026",
      "2026-01-01",
      "2026-01-02",
    ]);
  }));

Deno.test("runAggregate() computes no heart rate again when resting heart rate changes", () =>
  onBench(async (bench) => {
    bench.putDay("2026-01-01");
    bench.putResting("2026", { "2026-01-01": 57.5, "2026-01-05": 60 });
    await bench.run();
    bench.putResting("2026", { "2026-01-02": 58 });
    const { daysComputed, filesWritten } = await bench.run();
    assert.deepEqual([daysComputed, filesWritten], [0, 1]);
    assert.deepEqual(bench.contents(), await bench.rebuilt());
  }));

Deno.test("runAggregate() makes a file again that somebody deleted", () =>
  onBench(async (bench) => {
    for (const day of ["2026-01-01", "2026-01-02"]) bench.putDay(day);
    bench.putResting("2025", { "2025-01-02": 57.5 });
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
    bench.putDay("2026-01-01");
    bench.dropDay("2026-01-02");
    await bench.run();
    bench.checkpoints.of("me").clear();
    const { daysComputed, filesWritten, filesRemoved } = await bench.run();
    assert.deepEqual([daysComputed, filesWritten, filesRemoved], [1, 0, 0]);
  }));

Deno.test("runAggregate() removes what it made of a participant whose parts are gone", () =>
  onBench(async (bench) => {
    bench.putDay("2026-01-01", 1, "you");
    bench.putDay("2026-01-01");
    await bench.run();
    bench.dropDay("2026-01-01", "you");
    await bench.run();
    assert.deepEqual(bench.contents(), await bench.rebuilt());
    assert.equal(bench.checkpoints.of("you").size, 0);
  }));

Deno.test("runAggregate() stops between two days when it is told to", () =>
  onBench(async (bench) => {
    for (const day of ["2026-01-01", "2026-01-02"]) bench.putDay(day);
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
      () => bench.putDay("2026-01-01"),
      () => bench.putDay("2026-01-02"),
      () => bench.putResting("2026", { "2026-01-02": 60 }),
      () => bench.putDay("2026-01-01", 2),
      () => bench.dropDay("2026-01-02"),
    ];
    for (const one of change) {
      one();
      for (let at = 1; at < 30; at++) {
        let call = 0;
        bench.files.failAt = () => ++call === at ? new Error("No space left on device") : undefined;
        let failed = false;
        await bench.run().catch(() => failed = true);
        bench.files.failAt = undefined;
        if (!failed) break;
      }
      await bench.run();
      assert.deepEqual(bench.contents(), await bench.rebuilt());
    }
  }));

/** What can happen between two runs. */
const event = fc.oneof(
  fc.tuple(
    fc.constant("put" as const),
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 1, max: 3 }),
  ),
  fc.tuple(fc.constant("drop" as const), fc.integer({ min: 0, max: 5 }), fc.constant(0)),
  fc.tuple(
    fc.constant("rest" as const),
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 0, max: 3 }),
  ),
  fc.tuple(fc.constant("run" as const), fc.constant(0), fc.constant(0)),
);
const eventDays = [
  "2025-12-30",
  "2025-12-31",
  "2026-01-01",
  "2026-01-02",
  "2026-01-03",
  "2027-06-01",
];

Deno.test("runAggregate() comes to the same whatever the order of events", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 20 }), (events) =>
      onBench(async (bench) => {
        for (const [what, index, version] of events) {
          const day = eventDays[index] ?? "2026-01-01";
          const year = day.slice(0, 4);
          if (what === "put") bench.putDay(day, version);
          else if (what === "drop") bench.dropDay(day);
          else if (what === "run") await bench.run();
          else if (version === 0) bench.dropResting(year);
          else bench.putResting(year, { [day]: 50 + version });
        }
        await bench.run();
        assert.deepEqual(bench.contents(), await bench.rebuilt());
      })),
    { seed: 9, numRuns: 25 },
  );
});
