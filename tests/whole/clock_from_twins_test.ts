/** An export of which somebody kept the calories alone: in UTC, and on the wall clock. */

import assert from "node:assert/strict";
import { dayAt } from "../../pipeline/day.ts";
import { exportEntries, exportOf, tenDays } from "../generate/export/export_of.ts";
import { zipOf } from "../generate/zip_writer.ts";
import { inHouse } from "../support/house.ts";
import { partRows } from "../support/parts.ts";

const of = exportOf(tenDays);
const { zones } = of.world.body;

/** When the person flew: nothing tells the hour of it but what they did before and after. */
const flights = ["2026-10-20T20:00:00Z", "2026-10-22T22:00:00Z"].map((at) => Date.parse(at));

Deno.test("calories in two files alone tell the clock, on a journey and in the night it changes", () =>
  inHouse(async (house) => {
    const kept = exportEntries("G4", of).filter(({ path }) => /calories[-_]\d[^/]*$/.test(path));
    assert.ok(kept.length > 2);
    const zip = `${house.root}-calories.zip`;
    await Deno.writeFile(zip, zipOf(kept));
    const { results } = await house.must("import", zip);
    assert.match(results, /UTC\+05:30 \(calories in UTC and on the wall clock\)/);
    assert.match(results, /from 2026-10-25 01:00 UTC: UTC\+01:00/);
    await house.must("transform");
    for (const day of of.days) {
      for (const row of await partRows(house.root, "calories", day)) {
        const at = Date.parse(String(row["time"]));
        if (flights.some((flight) => Math.abs(at - flight) < 14 * 3_600_000)) continue;
        const { offset_s } = zones.spanAt(at);
        assert.equal(row["utc_offset_s"], offset_s, String(row["time"]));
        assert.equal(dayAt(at, offset_s), day);
      }
    }
  }, { person: tenDays.person, now: tenDays.made }));
