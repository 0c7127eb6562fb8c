/**
 * One person's export in the layouts of all generations: each imports to the same tables, and those
 * hold what was measured.
 */

import assert from "node:assert/strict";
import { tables } from "../../pipeline/catalog.ts";
import { dayMinutes } from "../../pipeline/sources/simulator/fitbit/day_minutes.ts";
import {
  type Export,
  exportName,
  exportOf,
  exportZip,
  tenDays,
} from "../generate/export/export_of.ts";
import { type Generation, generations } from "../generate/export/layouts.ts";
import { type House, inHouse } from "../support/house.ts";
import { partRows } from "../support/parts.ts";
import type { PlainRow } from "../support/rows.ts";

type Tables = ReadonlyMap<string, readonly PlainRow[]>;

/** Every table that has a row, with the rows of the export's days. */
async function tablesOf({ root }: House, { days }: Export): Promise<Tables> {
  const found = new Map<string, readonly PlainRow[]>();
  for (const { name, partition } of tables) {
    const parts = partition === "year" ? days.slice(0, 1) : days;
    const rows = (await Promise.all(parts.map((day) => partRows(root, name, day)))).flat();
    if (rows.length > 0) found.set(name, rows);
  }
  return found;
}

async function imported(
  generation: Generation,
  of: Export,
  look: (house: House, tables: Tables) => void,
) {
  await inHouse(async (house) => {
    const zip = `${house.root}-${exportName(of)}`;
    await Deno.writeFile(zip, exportZip(generation, of));
    await house.must("import", zip);
    const { said } = await house.must("transform");
    assert.doesNotMatch(said, /put aside/, generation);
    look(house, await tablesOf(house, of));
  }, { person: tenDays.person, now: tenDays.made });
}

/** Tables whose rows differ between generations, and why. */
const differing: Readonly<Record<string, string>> = {};

const of = exportOf(tenDays);
const seen = new Map<string, { generation: Generation; rows: readonly PlainRow[] }>();

for (const generation of generations) {
  Deno.test(`a ${generation} export imports to the tables that all generations give`, async () => {
    await imported(generation, of, (_, tables) => {
      for (const [name, rows] of tables) {
        const before = seen.get(name);
        if (before === undefined) seen.set(name, { generation, rows });
        else if (differing[name] === undefined) {
          assert.deepEqual(rows, before.rows, `${name} of ${generation} and ${before.generation}`);
        }
      }
      for (const [name, { generation: first }] of seen) {
        assert.ok(tables.has(name), `${name}, which ${first} gives, is missing in ${generation}`);
      }
    });
  });
}

/** The rows without their source, numbers to the digits that units of other units keep. */
const measured = (rows: readonly PlainRow[]): PlainRow[] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).filter(([name]) => name !== "source").map(([name, value]) => [
        name,
        typeof value === "number" ? Number(value.toPrecision(12)) : value,
      ]),
    )
  );

Deno.test("an export's tables hold what was measured", async () => {
  await imported("G1", of, ({ simulator }, tables) => {
    const minutes = of.days.flatMap((day) => dayMinutes(of.world, day, false, of.made).minutes);
    const worn = minutes.filter((minute) => minute.worn);
    const at = ({ time_ms, utc_offset_s }: { time_ms: number; utc_offset_s: number }) => ({
      time: new Date(time_ms).toISOString(),
      utc_offset_s,
      duration_s: 60,
    });
    const expected: Readonly<Record<string, readonly PlainRow[]>> = {
      steps: worn.map((minute) => ({ ...at(minute), steps: minute.steps })),
      distance: worn.map((minute) => ({ ...at(minute), distance_m: minute.distance_mm / 1000 })),
      calories: minutes.map((minute) => ({
        ...at(minute),
        energy_kcal: Number(minute.kcal.toFixed(2)),
        met: null,
      })),
      floors: minutes.filter((minute) => minute.floors > 0)
        .map((minute) => ({ ...at(minute), floors: minute.floors })),
    };
    for (const [name, rows] of Object.entries(expected)) {
      assert.deepEqual(measured(tables.get(name) ?? []), measured(rows), name);
    }
    const made = new Date(of.made).toISOString();
    for (const name of ["sleep", "sleep_stage", "exercise", "exercise_zone"]) {
      const truth = of.days.flatMap((day) => simulator.truthRows("fitbit-web", name, day))
        .filter((row) => String(row["end_time"] ?? row["time"]) < made);
      assert.deepEqual(measured(tables.get(name) ?? []), measured(truth), name);
    }
    assert.equal(tables.get("activity_day")?.length, of.days.length - 1);
  });
});
