/**
 * Exports that lack one of two twins: what Google's own files hold of a night then has the same
 * times, whatever clock that generation marks them with.
 */

import assert from "node:assert/strict";
import { exportEntries, exportName, exportOf, tenDays } from "../generate/export/export_of.ts";
import type { Generation } from "../generate/export/layouts.ts";
import { zipOf } from "../generate/zip_writer.ts";
import { truthOf } from "../generate/export/csv_tree.ts";
import { inHouse } from "../support/house.ts";
import { partRows } from "../support/parts.ts";
import type { PlainRow } from "../support/rows.ts";

const of = exportOf(tenDays);

/** Rows of tables after the import of an export without some of its files. */
async function tablesWithout(
  without: RegExp,
  generation: Generation,
  tables: Readonly<Record<string, "days" | "year">>,
): Promise<Record<string, PlainRow[]>> {
  const found: Record<string, PlainRow[]> = {};
  await inHouse(async (house) => {
    const zip = `${house.root}-${exportName(of)}`;
    const entries = exportEntries(generation, of).filter(({ path }) => !without.test(path));
    await Deno.writeFile(zip, zipOf(entries));
    await house.must("import", zip);
    const { said } = await house.must("transform");
    assert.doesNotMatch(said, /put aside/, generation);
    for (const [table, partition] of Object.entries(tables)) {
      const parts = partition === "year" ? of.days.slice(0, 1) : of.days;
      const rows = await Promise.all(parts.map((day) => partRows(house.root, table, day)));
      found[table] = rows.flat();
    }
  }, { person: tenDays.person, now: tenDays.made });
  return found;
}

/**
 * Nights in which the clocks went back, one of them on a flight: of times on the wall clock nothing
 * tells which pass of the hours that came twice they are of.
 */
const folded = [
  ["2026-10-22T17:00:00.000Z", "2026-10-23T06:00:00.000Z"],
  ["2026-10-24T20:00:00.000Z", "2026-10-25T08:00:00.000Z"],
] as const;

const isWall = (generation: Generation) => generation === "G4" || generation === "G4n";

/** The rows that a generation can tell the instants of. */
function told(rows: readonly PlainRow[] | undefined, generation: Generation): PlainRow[] {
  const isFolded = (time: unknown) =>
    folded.some(([from, until]) => String(time) >= from && String(time) < until);
  return (rows ?? []).filter(({ time }) => !isWall(generation) || !isFolded(time));
}

const columns = (rows: readonly PlainRow[] | undefined, ...names: readonly string[]) =>
  (rows ?? []).map((row) => names.map((name) => row[name]));

for (const generation of ["G4", "G5", "G6"] as const) {
  Deno.test(`variability and breathing of a ${generation} export without their categories`, async () => {
    const { heart_rate_variability, breathing_rate_by_stage } = await tablesWithout(
      /\/(Heart Rate Variability Details|(Daily )?Respiratory Rate Summary) - /,
      generation,
      { heart_rate_variability: "days", breathing_rate_by_stage: "year" },
    );
    const expected = truthOf(of, "heart_rate_variability", of.days);
    assert.equal(heart_rate_variability?.length, expected.length);
    // Another algorithm since they are in UTC.
    const factor = isWall(generation) ? 1 : 1.1;
    assert.deepEqual(
      columns(told(heart_rate_variability, generation), "time", "utc_offset_s", "rmssd_ms"),
      told(expected, generation).map((row) => [
        row["time"],
        row["utc_offset_s"],
        Number((Number(row["rmssd_ms"]) * factor).toFixed(3)),
      ]),
    );
    assert.deepEqual(
      columns(breathing_rate_by_stage, "date"),
      columns(truthOf(of, "breathing_rate_by_stage"), "date"),
    );
  });
}

for (const generation of ["G4", "G4n", "G5", "G6"] as const) {
  Deno.test(`sleeps of a ${generation} export without the JSON files of sleep`, async () => {
    const { sleep, sleep_stage } = await tablesWithout(/\/sleep-.*\.json$/, generation, {
      sleep: "year",
      sleep_stage: "year",
    });
    const expected = truthOf(of, "sleep").filter((row) =>
      Date.parse(String(row["end_time"])) < of.made
    );
    assert.deepEqual(
      columns(told(sleep, generation), "date", "time", "end_time", "type"),
      columns(told(expected, generation), "date", "time", "end_time", "type"),
    );
    const stages = truthOf(of, "sleep_stage").filter((row) => row["short"] === false);
    assert.deepEqual(
      columns(told(sleep_stage, generation), "time", "duration_s", "stage", "date"),
      columns(told(stages, generation), "time", "duration_s", "stage", "date"),
    );
  });
}
