/** Exports of a made-up person, taken into a data root of their own. */

import assert from "node:assert/strict";
import { tables } from "../../pipeline/catalog.ts";
import { type Export, exportName, exportZip, tenDays } from "../generate/export/export_of.ts";
import type { Generation } from "../generate/export/layouts.ts";
import { type House, inHouse } from "./house.ts";
import { partRows } from "./parts.ts";
import type { PlainRow } from "./rows.ts";

/** Every table that has a row, with the rows of the export's days. */
export type Tables = ReadonlyMap<string, readonly PlainRow[]>;

async function tablesOf({ root }: House, { days }: Export): Promise<Tables> {
  const found = new Map<string, readonly PlainRow[]>();
  for (const { name, partition } of tables) {
    const parts = partition === "year" ? days.slice(0, 1) : days;
    const rows = (await Promise.all(parts.map((day) => partRows(root, name, day)))).flat();
    if (rows.length > 0) found.set(name, rows);
  }
  return found;
}

/** Imports the export in the layout of a generation and looks at its tables; nothing is put aside. */
export async function imported(
  generation: Generation,
  of: Export,
  look: (house: House, tables: Tables) => void,
  ...options: readonly string[]
): Promise<void> {
  await inHouse(async (house) => {
    const zip = `${house.root}-${exportName(of)}`;
    await Deno.writeFile(zip, exportZip(generation, of));
    await house.must("import", zip, ...options);
    const { said } = await house.must("transform");
    assert.doesNotMatch(said, /put aside/, generation);
    look(house, await tablesOf(house, of));
  }, { person: tenDays.person, now: tenDays.made });
}
