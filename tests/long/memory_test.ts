/** Memory is bounded by one document, not by the number of days: measured in a process of its own. */

import assert from "node:assert/strict";
import { addDays, daysBetween } from "../../pipeline/day.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { type Running, start } from "../support/process.ts";
import { type ShapeName, shapes, stock } from "../support/stock.ts";
import { House, present } from "../support/house.ts";
import { canTellMemory, peakMemory } from "../support/peak_memory.ts";
import { statusOf } from "../support/status.ts";

const ignore = !canTellMemory;
const firstDay = "2024-11-01";
const few = 30;
const most_mb = 400;

/** Days of each shape: a day of Google Health is as large as seven to forty of another. */
const manyOf: Readonly<Record<ShapeName, number>> = {
  "Google Health": 120,
  "Takeout JSON": 240,
  "Takeout CSV": 240,
  "Fitbit Web": 365,
};

/** What the collector may leave lying in a longer run, before memory levels off. */
const slack_mb = 150;

/** The most memory that it ever had, in MB; fails where it does. */
async function peakOf(running: Running): Promise<number> {
  const { peak_mb, ended: { code, said } } = await peakMemory(running.pid, running.ended);
  assert.equal(code, 0, said);
  return peak_mb;
}

for (const [name, many] of Object.entries(manyOf)) {
  assert.ok(isShape(name));
  Deno.test({
    name: `${many} days of ${name} need little more memory than ${few}, and at most ${most_mb} MB`,
    ignore,
    async fn() {
      await inTemporaryFolder(async (folder) => {
        const house = new House(`${folder}/data`);
        const days = daysBetween(firstDay, addDays(firstDay, many - 1));
        const measure = async (...argv: string[]) =>
          await peakOf(start({
            commands: [[...argv, "--data", house.root]],
            now: Date.parse(present),
          }));

        stock(house.root, name, days.slice(0, few));
        const small = await measure("transform");
        stock(house.root, name, days.slice(few));
        const peaks = new Map([
          ["transform", await measure("transform", "--force")],
          ["transform --csv", await measure("transform", "--csv")],
          ["aggregate", await measure("aggregate")],
          ["verify", await measure("verify")],
        ]);

        const { tables } = await statusOf(house);
        assert.ok((tables[0]?.parts ?? 0) >= many);
        const told = `${few} days ${small.toFixed(0)} MB; ${many} days ` +
          Array.from(peaks, ([what, mb]) => `${what} ${mb.toFixed(0)} MB`).join(", ");
        for (const peak of peaks.values()) assert.ok(peak < most_mb, told);
        assert.ok((peaks.get("transform") ?? NaN) < small + slack_mb, told);
      });
    },
  });
}

function isShape(name: string): name is ShapeName {
  return Object.hasOwn(shapes, name);
}
