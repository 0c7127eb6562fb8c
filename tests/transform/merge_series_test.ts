import assert from "node:assert/strict";
import { sleepStage } from "../../pipeline/catalog/sleep.ts";
import { dayNumber } from "../../pipeline/day.ts";
import { ColumnsBuilder } from "../../pipeline/sources/records/columns_builder.ts";
import type { SourceName } from "../../pipeline/sources/source.ts";
import { arrange } from "../../pipeline/transform/arrange.ts";
import { mergeSeries, type SeriesRows } from "../../pipeline/transform/merge_series.ts";
import { plainRows } from "../support/rows.ts";

const date = dayNumber("2026-10-25");

/** A series with so many stages of each sleep. */
function stagesOf(source: SourceName, sleeps: Readonly<Record<string, number>>): SeriesRows {
  const builder = new ColumnsBuilder(sleepStage);
  Object.entries(sleeps).forEach(([sleep_id, stages], night) => {
    for (let stage = 0; stage < stages; stage++) {
      builder.add({
        time: (date * 24 + night * 8 + stage) * 3_600_000,
        utc_offset_s: 0,
        duration_s: 3600,
        sleep_id,
        stage: "light",
        short: false,
        date,
      });
    }
  });
  const document = { columns: builder.columns(), unknown: new Map<string, number>(), notes: [] };
  const window = { first: "2026-01-01", last: "2026-12-31" };
  return { source, fallback: false, arranged: arrange(sleepStage, [document], window) };
}

Deno.test("mergeSeries() counts the sleeps of a day, not into how many stages one cuts them", () => {
  const sleepsOf = (...series: readonly SeriesRows[]) =>
    new Set(
      plainRows(sleepStage, mergeSeries(sleepStage, series).columns).map((row) => row["sleep_id"]),
    );
  const coarse = stagesOf("google-health", { a: 2 });
  const fine = stagesOf("takeout", { b: 7 });
  const both = stagesOf("fitbit-web", { c: 1, d: 1 });
  assert.deepEqual(sleepsOf(coarse, fine), new Set(["a"]));
  assert.deepEqual(sleepsOf(fine, coarse), new Set(["b"]));
  assert.deepEqual(sleepsOf(coarse, fine, both), new Set(["c", "d"]));
});
