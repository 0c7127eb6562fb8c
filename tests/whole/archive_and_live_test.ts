/**
 * A data root filled from an archive and then from a live API: of each table every civil day comes from
 * one source, and what is part of a sleep or an exercise comes with it.
 */

import assert from "node:assert/strict";
import { tables } from "../../pipeline/catalog.ts";
import { exportName, exportOf, exportZip, tenDays } from "../generate/export/export_of.ts";
import { inHouse } from "../support/house.ts";
import { partRows } from "../support/parts.ts";
import type { PlainRow } from "../support/rows.ts";

const parts = [["sleep_stage", "sleep", "sleep_id"], ["exercise_split", "exercise", "exercise_id"]];

/** The civil day of a row: its own, or that of its time. */
function dayOf({ date, time, utc_offset_s }: PlainRow): string {
  if (typeof date === "string") return date;
  const wall = Date.parse(String(time)) + Number(utc_offset_s) * 1000;
  return new Date(wall).toISOString().slice(0, 10);
}

Deno.test("overlapping days of an archive and of the live API come from one source", () =>
  inHouse(async (house) => {
    const of = exportOf(tenDays);
    const zip = `${house.root}-${exportName(of)}`;
    await Deno.writeFile(zip, exportZip("G1", of));
    await house.must("import", zip);
    house.later("2026-11-07T12:00:00Z");
    await house.must("fetch", "--from", "2026-10-24", "--to", "2026-10-31");
    await house.must("transform");

    const days = [...of.days, "2026-10-29", "2026-10-30", "2026-10-31"];
    const rowsOf = new Map<string, readonly PlainRow[]>();
    const suppliers = new Set<unknown>();
    for (const { name, partition } of tables) {
      const asked = partition === "year" ? days.slice(0, 1) : days;
      const rows = (await Promise.all(asked.map((day) => partRows(house.root, name, day)))).flat();
      rowsOf.set(name, rows);
      for (const [day, ofDay] of Map.groupBy(rows, dayOf)) {
        const sources = new Set(ofDay.map(({ source }) => source));
        assert.equal(sources.size, 1, `${name} of ${day} comes from ${Array.from(sources)}`);
        for (const source of sources) suppliers.add(source);
      }
      const keys = tables.find((table) => table.name === name)?.key ?? [];
      const found = rows.map((row) => keys.map((key) => row[key]).join());
      assert.equal(new Set(found).size, found.length, `${name} holds a key twice`);
    }
    assert.deepEqual(suppliers, new Set(["takeout", "google-health"]));
    for (const [part = "", whole = "", key = ""] of parts) {
      const known = new Set(rowsOf.get(whole)?.map((row) => row[key]));
      assert.ok(known.size > 0, whole);
      for (const row of rowsOf.get(part) ?? []) assert.ok(known.has(row[key] ?? ""), part);
    }
  }, { person: tenDays.person, now: tenDays.made }));
