/**
 * Runs every stage on disks of many sizes, in a process that may mount some; see full_disk_test.ts.
 * Ends with 0 when all went as it should.
 */

import assert from "node:assert/strict";
import { contentOf, House, present } from "../support/house.ts";
import { writeArchive } from "../support/takeout_of.ts";

const [folder = ""] = Deno.args;
const disk = `${folder}/disk`;
const zip = `${folder}/takeout.zip`;
const clock = { now: () => Date.parse(present), sleep: () => Promise.resolve() };

const stages: readonly (readonly string[])[] = [
  [
    "fetch",
    "--from",
    "2026-10-24",
    "--to",
    "2026-10-25",
    "--only",
    "heart_rate,resting_heart_rate",
  ],
  ["import", zip],
  ["transform", "--csv"],
  ["aggregate"],
];

async function mount(...options: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("mount", {
    args: ["-t", "tmpfs", ...options, "none", disk],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

/** Runs the stages; the number of the first that failed, and what it said. */
async function go(house: House): Promise<{ stage: number; code: number; said: string }> {
  for (const [stage, [command = "", ...argv]] of stages.entries()) {
    const { code, said } = await house.runWith({ clock }, command, ...argv);
    if (code !== 0) return { stage, code, said };
  }
  return { stage: stages.length, code: 0, said: "" };
}

const calm = new House(`${folder}/calm`);
await writeArchive(zip, calm.simulator, ["2026-10-20"]);
assert.equal((await go(calm)).code, 0);
const expected = await contentOf(calm.root);
let bytes = 0;
for (const path of expected.files.keys()) bytes += (await Deno.stat(`${calm.root}/${path}`)).size;

await Deno.mkdir(disk);
const failedAt = new Set<number>();
// In steps that no size in the data root divides.
for (let size = 1; size < bytes + 200_000; size += 61_000) {
  await mount("-o", `size=${size}`);
  const house = new House(`${disk}/data`);
  const full = await go(house);
  const when = `${size} bytes, stage ${full.stage}`;
  if (full.code !== 0) {
    failedAt.add(full.stage);
    assert.equal(full.code, 3, `${when}: ${full.said}`);
    assert.match(full.said, /disk is full|No space left on device/, when);
    assert.match(full.said, /same command again/, when);
  }
  await mount("-o", "remount,size=100m");
  const again = await go(house);
  assert.equal(again.code, 0, `${when}: ${again.said}`);
  assert.deepEqual(await contentOf(house.root), expected, when);
  assert.equal((await house.run("verify")).code, 0, when);
  await new Deno.Command("umount", { args: [disk] }).output();
}
assert.deepEqual(Array.from(failedAt).sort(), [0, 1, 2, 3], "not every stage met a full disk");
