/** The demo as it is typed: all the way once, and nothing left to do the second time. */

import assert from "node:assert/strict";
import { demoFirstDay, demoLastDay } from "../../pipeline/sources/simulator/demo_person.ts";
import { daysBetween } from "../../pipeline/day.ts";
import { inTemporaryFolder, treeOf } from "../support/effects.ts";
import { assertTruth, contentOf, House } from "../support/house.ts";
import { runTask } from "../support/task.ts";

Deno.test("the demo fetches, builds and shows 30 days, and a second run rewrites nothing", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = new House(`${folder}/demo`);
    const first = await runTask("demo", ["--data", house.root]);
    for (const day of daysBetween(demoFirstDay, demoLastDay)) {
      if (house.simulator.truthOf(day).time_ms.length === 0) continue;
      await assertTruth(house, day, "google-health");
    }
    assert.match(first.results, new RegExp(demoLastDay));
    const tree = await treeOf(house.root);

    const second = await runTask("demo", ["--data", house.root]);
    assert.match(second.said, /nothing is due/);
    assert.match(second.said, /Tables: all \d+ parts are up to date/);
    assert.match(second.said, /Aggregates: all \d+ days are up to date/);
    assert.deepEqual(await treeOf(house.root), tree);
    assert.equal(second.results, first.results);

    // Anybody's demo gives the same files.
    const other = `${folder}/other`;
    await runTask("demo", ["--data", other]);
    assert.deepEqual(await contentOf(other), await contentOf(house.root));
  });
});
