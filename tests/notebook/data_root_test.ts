import assert from "node:assert/strict";
import { dataRoot } from "../../pipeline/notebook/data_root.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { writeHeartRate } from "../support/tables.ts";

Deno.test("dataRoot() takes what is set, else the first root that has tables", async () => {
  await inTemporaryFolder(async (folder) => {
    const [own, demo, empty] = [`${folder}/data`, `${folder}/data/demo`, `${folder}/empty`];
    const sample = ["2026-10-25T12:00:00Z", 3600, 60] as const;

    assert.throws(() => dataRoot(undefined, [own, demo]), /deno task demo/);
    await writeHeartRate(demo, "me", [sample]);
    assert.equal(dataRoot(undefined, [own, demo]), demo);
    assert.equal(dataRoot("", [own, demo]), demo);
    await writeHeartRate(own, "me", [sample]);
    assert.equal(dataRoot(undefined, [own, demo]), own);
    assert.equal(dataRoot(demo, [own]), demo);
    assert.throws(() => dataRoot(empty, [own]), new RegExp(`${empty}/tables`));
  });
});
