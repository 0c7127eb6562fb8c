import assert from "node:assert/strict";
import fc from "fast-check";
import pl from "nodejs-polars";
import { aggregateDay } from "../../pipeline/aggregate/aggregate_day.ts";
import { heartRateVariability } from "../../pipeline/catalog/heart.ts";
import { spo2 } from "../../pipeline/catalog/vitals.ts";
import { columnsOfRows, rowsOfColumns } from "../support/number_rows.ts";

const midnight = Date.parse("2026-05-05");

Deno.test("aggregateDay() has oxygen per hour and civil day, not per minute", () => {
  const own = columnsOfRows(
    spo2,
    [[1, 95], [2, 97], [61, null], [125, 99]].map(([minute, percent]) => ({
      time: midnight + Number(minute) * 60_000,
      utc_offset_s: 0,
      percent,
    })),
  );
  const found = aggregateDay("2026-05-05", new Map([["spo2", { own }]]));
  assert.equal(found.minute.rows, 0);
  const values = rowsOfColumns(found.hour).map((row) => [
    (Number(row["time"]) - midnight) / 3_600_000,
    row["spo2_n"],
    row["spo2_mean_percent"],
    row["spo2_min_percent"],
    row["spo2_max_percent"],
  ]);
  assert.deepEqual(values, [[0, 2, 96, 95, 97], [2, 1, 99, 99, 99]]);
  const [day] = rowsOfColumns(found.day);
  assert.deepEqual([day?.["spo2_n"], day?.["spo2_mean_percent"]], [3, 97]);
});

Deno.test("aggregateDay() agrees with polars on statistics with nulls", () => {
  const samples = fc.array(
    fc.record({
      minute: fc.integer({ min: 0, max: 1439 }),
      rmssd_ms: fc.option(fc.double({ min: 5, max: 200, noNaN: true })),
      sdnn_ms: fc.option(fc.double({ min: 5, max: 200, noNaN: true })),
    }),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(samples, (rows) => {
      const sorted = rows.toSorted((a, b) => a.minute - b.minute);
      const own = columnsOfRows(
        heartRateVariability,
        sorted.map(({ minute, ...rest }) => ({
          time: midnight + minute * 60_000,
          utc_offset_s: 0,
          ...rest,
        })),
      );
      const found = aggregateDay("2026-05-05", new Map([["heart_rate_variability", { own }]]));
      for (const column of ["rmssd_ms", "sdnn_ms"] as const) {
        const prefix = `heart_rate_variability_${column.slice(0, -3)}`;
        const values = sorted.map((row) => row[column]);
        if (values.every((value) => value === null)) continue;
        const frame = pl.DataFrame([
          pl.Series("hour", sorted.map(({ minute }) => Math.floor(minute / 60)), pl.Int32),
          pl.Series("value", values, pl.Float64),
        ]);
        const value = pl.col("value");
        const theirs = frame.filter(value.isNotNull()).groupBy("hour").agg(
          value.count().alias("n"),
          value.mean().alias("mean"),
          value.min().alias("min"),
          value.max().alias("max"),
        ).sort("hour").toRecords();
        const ours = rowsOfColumns(found.hour).filter((row) => row[`${prefix}_n`] !== null);
        assert.equal(ours.length, theirs.length);
        ours.forEach((row, i) => {
          assert.equal(row[`${prefix}_n`], Number(theirs[i]?.["n"]));
          for (const statistic of ["mean", "min", "max"]) {
            const difference = Number(row[`${prefix}_${statistic}_ms`]) -
              Number(theirs[i]?.[statistic]);
            assert.ok(Math.abs(difference) < 1e-9, `${statistic} of hour ${i}`);
          }
        });
      }
    }),
    { seed: 31, numRuns: 60 },
  );
});
