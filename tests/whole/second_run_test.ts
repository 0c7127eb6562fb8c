/** A second run of any command: no request for a settled day, and not one byte written. */

import assert from "node:assert/strict";
import { diskFiles } from "../../pipeline/effects.ts";
import { lockFile } from "../../pipeline/layout.ts";
import { type House, inHouse } from "../support/house.ts";
import { savedAnswer, writeArchive } from "../support/takeout_of.ts";

/** Every file below a folder with what changes when it is written, even with the same bytes. */
function stampsOf(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (below: string) => {
    for (const { name, isFolder } of diskFiles.list(`${folder}${below}`)) {
      const path = `${below}/${name}`;
      const { ino, mtime, size } = Deno.statSync(`${folder}${path}`);
      if (isFolder) walk(path);
      else if (name !== lockFile) found.set(path, `${ino} ${mtime?.getTime()} ${size}`);
    }
  };
  walk("");
  return found;
}

/** Runs a command that must not touch anything. */
async function idle(house: House, command: string, ...argv: string[]): Promise<string> {
  const stamps = stampsOf(house.root);
  const { said, results } = await house.must(command, ...argv);
  const changing = house.files.calls.map(({ mutation, path }) => `${mutation} ${path}`);
  assert.deepEqual(changing, [], `${command} changed the disk`);
  assert.deepEqual(stampsOf(house.root), stamps, `${command} changed the disk`);
  return said + results;
}

const days = ["--from", "2026-10-24", "--to", "2026-10-26"];

Deno.test("a second run of everything asks for no day and writes nothing", async () => {
  await inHouse(async (house) => {
    const { root, simulator } = house;
    const zip = `${root}.zip`;
    const saved = `${root}-HR2026-10-05.json`;
    await writeArchive(zip, simulator, ["2026-10-22", "2026-10-23"]);
    await Deno.writeTextFile(saved, await savedAnswer(simulator, "2026-10-05"));
    const imports = [zip, saved, "--timezone", "Europe/Berlin"];

    await house.must("fetch", ...days);
    await house.must("fetch", "--source", "fitbit-web", ...days);
    await house.must("import", ...imports);
    await house.must("transform", "--csv");
    await house.must("aggregate");
    await house.must("verify");

    const asked = house.dataRequests;
    // Weeks later: the clock must not show in anything.
    house.later(20 * 86_400_000);
    assert.match(await idle(house, "fetch", ...days), /nothing is due/);
    assert.match(await idle(house, "fetch", "--source", "fitbit-web", ...days), /nothing is due/);
    assert.match(
      await idle(house, "import", ...imports),
      /^ +unchanged +rows .*\nfitbit-web \S+ +1 .*\ntakeout \S+ +2 /,
    );
    assert.match(await idle(house, "transform"), /all [\d,]+ parts are up to date/);
    assert.match(await idle(house, "transform", "--csv"), /all [\d,]+ parts are up to date/);
    assert.match(await idle(house, "aggregate"), /all [\d,]+ days are up to date/);
    assert.match(await idle(house, "pipeline", ...days), /up to date/);
    assert.match(await idle(house, "verify"), /all as they were written/);
    await idle(house, "status");
    await idle(house, "status", "--json");
    assert.equal(house.dataRequests, asked);
  });
});

Deno.test("transform --force builds everything again, and no file comes out different", async () => {
  await inHouse(async (house) => {
    await house.must("fetch", ...days);
    await house.must("transform");
    const stamps = stampsOf(`${house.root}/tables`);
    const { said } = await house.must("transform", "--force");
    assert.match(said, /([\d,]+) parts built with [\d,]+ rows \(\1: --force\), 0 files written/);
    assert.deepEqual(stampsOf(`${house.root}/tables`), stamps);
    assert.equal(house.files.writes, 0);
  });
});

Deno.test("a young day that is answered alike changes its manifest's dates alone", async () => {
  for (const pageTokens of ["stable", "changing"] as const) {
    await inHouse(async (house) => {
      const day = "2026-11-05";
      const heart = ["--from", day, "--to", day, "--only", "heart_rate,resting_heart_rate"];
      await house.must("fetch", ...heart);
      await house.must("transform");
      await house.must("aggregate");
      const stamps = stampsOf(house.root);
      const asked = house.dataRequests;

      house.later(3_600_000);
      const { said } = await house.must("fetch", ...heart);
      assert.ok(house.dataRequests > asked);
      assert.match(said, /0 new documents, 0 changed, 2 as before/);
      const changed = Array.from(stampsOf(house.root))
        .filter(([path, stamp]) => stamps.get(path) !== stamp).map(([path]) => path);
      assert.deepEqual(changed, [
        "/ledger.sqlite",
        "/raw/me/google-health/daily-resting-heart-rate/2026-11-01.json.meta.json",
        `/raw/me/google-health/heart-rate/${day}.json.meta.json`,
      ]);
      assert.match(await idle(house, "transform"), /up to date/);
      assert.match(await idle(house, "aggregate"), /up to date/);
    }, { google: { pageTokens } });
  }
});
