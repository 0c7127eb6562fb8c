import assert from "node:assert/strict";
import fc from "fast-check";
import { heartRate, restingHeartRate, type TableSpec } from "../pipeline/catalog.ts";
import type { Columns } from "../pipeline/columns.ts";
import { constantText } from "../pipeline/columns.ts";
import { addDays, type Day, dayNumber, MS_PER_DAY } from "../pipeline/day.ts";
import { diskFiles } from "../pipeline/effects.ts";
import { columnsOf, pl, scanAggregate, scanTable } from "../pipeline/frames.ts";
import { aggregateFile, partFile, partitionOf } from "../pipeline/layout.ts";
import { writeParquet } from "../pipeline/transform/parquet/write.ts";
import {
  columnsOf as columnsOfCells,
  tableOf,
  tableWithCells,
} from "./transform/parquet/made_up_tables.ts";

/** A folder whose name would be a pattern to a less careful reader. */
async function inFolder(work: (root: string) => void | Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const root = `${folder}/data [1]*`;
    await Deno.mkdir(root);
    await work(root);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function write(path: string, bytes: Uint8Array): void {
  diskFiles.makeFolder(path.slice(0, path.lastIndexOf("/")));
  Deno.writeFileSync(path, bytes);
}

/** One sample an hour from local midnight on. */
function heartRateDay(day: Day, offsetS: number): Columns {
  const start = dayNumber(day) * MS_PER_DAY - offsetS * 1000;
  const rows = 24;
  return {
    rows,
    columns: {
      time: {
        type: "timestamp_ms",
        values: Float64Array.from({ length: rows }, (_, i) => start + i * 3_600_000),
      },
      utc_offset_s: { type: "int32", values: new Int32Array(rows).fill(offsetS) },
      bpm: { type: "int32", values: new Int32Array(rows).fill(dayNumber(day) % 100 + 40) },
      confidence: { type: "int32", values: new Int32Array(rows), valid: new Uint8Array(rows) },
      source: constantText("google-health", rows),
    },
  };
}

function restingHeartRates(days: readonly Day[]): Columns {
  const rows = days.length;
  return {
    rows,
    columns: {
      date: { type: "date", values: Int32Array.from(days, dayNumber) },
      bpm: { type: "float64", values: new Float64Array(rows).fill(58) },
      error_bpm: { type: "float64", values: new Float64Array(rows), valid: new Uint8Array(rows) },
      method: { ...constantText("", rows), valid: new Uint8Array(rows) },
      source: constantText("google-health", rows),
    },
  };
}

Deno.test("scanTable() opens the parts of the days asked for and no other", () =>
  inFolder((root) => {
    const days = ["2025-12-31", "2026-01-01", "2026-01-02", "2026-01-03"];
    for (const day of days) {
      write(
        `${root}/${partFile("heart_rate", "me", partitionOf(heartRate, day))}`,
        writeParquet(heartRate, heartRateDay(day, 3600)),
      );
    }
    const broken = partFile("heart_rate", "me", partitionOf(heartRate, "2026-01-04"));
    write(`${root}/${broken}`, new Uint8Array(20));
    write(`${root}/${partFile("heart_rate", "you", "date=2026-01-01")}`, new Uint8Array(20));
    diskFiles.makeFolder(`${root}/tables/heart_rate/participant=me/date=2025-12-30`);
    const count = (first: Day, last: Day, participant = "me") =>
      scanTable(root, diskFiles, heartRate, { participant, first, last }).collectSync().height;
    assert.equal(count("2025-12-01", "2026-01-03"), 96);
    assert.equal(count("2026-01-01", "2026-01-01"), 24);
    assert.equal(count("2027-01-01", "2027-01-31"), 0);
    assert.equal(count("2026-01-01", "2026-01-01", "nobody"), 0);
    assert.throws(() => count("2026-01-01", "2026-01-04"));
  }));

Deno.test("scanTable() takes the days asked for out of parts of a year", () =>
  inFolder((root) => {
    const days = Array.from({ length: 800 }, (_, i) => addDays("2025-01-01", i));
    for (const year of ["2025", "2026", "2027"]) {
      const rows = restingHeartRates(days.filter((day) => day.startsWith(year)));
      write(
        `${root}/${partFile("resting_heart_rate", "me", `year=${year}`)}`,
        writeParquet(restingHeartRate, rows),
      );
    }
    const span = { participant: "me", first: "2025-12-30", last: "2027-01-02" };
    const frame = scanTable(root, diskFiles, restingHeartRate, span).collectSync();
    const { columns } = columnsOf(frame, { date: "date" });
    assert.deepEqual(columns["date"], {
      type: "date",
      values: Int32Array.from(
        days.filter((day) => day >= span.first && day <= span.last),
        dayNumber,
      ),
    });
  }));

Deno.test("scanAggregate() goes by the wall clock", () =>
  inFolder((root) => {
    const table: TableSpec = {
      ...tableOf(
        heartRate.columns.filter(({ name }) => name === "time" || name === "utc_offset_s"),
      ),
      name: "hour",
      partition: "year",
    };
    const { time, utc_offset_s } = heartRateDay("2026-10-25", 5.5 * 3600).columns;
    assert.ok(time !== undefined && utc_offset_s !== undefined);
    const bytes = writeParquet(table, { rows: 24, columns: { time, utc_offset_s } });
    write(`${root}/${aggregateFile("hour", "me", "year=2026")}`, bytes);
    const count = (day: Day) =>
      scanAggregate(root, diskFiles, table, { participant: "me", first: day, last: day })
        .collectSync().height;
    assert.deepEqual(["2026-10-24", "2026-10-25", "2026-10-26"].map(count), [0, 24, 0]);
  }));

Deno.test("columnsOf() gives what was written", () =>
  inFolder((root) => {
    const path = `${root}/part.parquet`;
    fc.assert(
      fc.property(tableWithCells, ([table, cells]) => {
        const bytes = writeParquet(table, columnsOfCells(table, cells));
        write(path, bytes);
        const types = Object.fromEntries(table.columns.map(({ name, type }) => [name, type]));
        // The writer gives equal bytes for equal rows.
        assert.deepEqual(writeParquet(table, columnsOf(pl.readParquet(path), types)), bytes);
      }),
      { seed: 4, numRuns: 100 },
    );
  }));

Deno.test("columnsOf() names the columns there are when one is missing", () =>
  inFolder((root) => {
    const path = `${root}/part.parquet`;
    write(path, writeParquet(heartRate, heartRateDay("2026-10-25", 0)));
    assert.throws(
      () => columnsOf(pl.readParquet(path, { columns: ["time", "bpm"] }), { pulse: "int32" }),
      /^RangeError: Cannot find a column "pulse": the frame has time, bpm$/,
    );
  }));
