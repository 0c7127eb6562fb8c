/** Archives and saved files to tables: made-up ones against what was measured. */

import assert from "node:assert/strict";
import { type ZipEntry, zipOf } from "../generate/zip_writer.ts";
import { assertAggregates } from "../support/aggregates.ts";
import { inTemporaryFolder, treeOf } from "../support/effects.ts";
import { assertTruth, heartRateOf, House, inHouse } from "../support/house.ts";
import { heartRateCsv, heartRateJson, savedAnswer, writeArchive } from "../support/takeout_of.ts";

/** An ordinary day, the flight west and the day after, the night the clocks go back and those around it. */
const days = ["2026-10-05", "2026-10-12", "2026-10-13", "2026-10-24", "2026-10-25", "2026-10-26"];

Deno.test("an archive's JSON files become what was measured, on the move and at the clock change", async () => {
  await inHouse(async (house) => {
    const zip = `${house.root}.zip`;
    await writeArchive(zip, house.simulator, days);
    await house.must("import", zip);
    await house.must("transform");
    await house.must("aggregate");
    for (const day of days) {
      await assertTruth(house, day, "takeout");
      await assertAggregates(house.root, day, house.simulator.truthOf(day));
      const confidence = (await heartRateOf(house.root, day))?.confidence;
      assert.deepEqual(new Set(confidence), new Set([0, 1, 2, 3]), day);
    }
    assert.deepEqual(house.simulator.requests, []);
  });
});

Deno.test("an archive's CSV files are placed by the JSON files beside them", async () => {
  await inHouse(async (house) => {
    const { simulator, root } = house;
    const csv = heartRateCsv(simulator, ["2026-10-24", "2026-10-25", "2026-10-26"]);
    const json = ["2026-10-24", "2026-10-26"].map((day) => heartRateJson(simulator, day));
    await Deno.writeFile(`${root}.zip`, zipOf([...json, ...csv]));
    await house.must("import", `${root}.zip`, "--timezone", "Europe/Berlin");
    await house.must("transform");
    for (const day of ["2026-10-24", "2026-10-25", "2026-10-26"]) {
      await assertTruth(house, day, "takeout");
    }
    // Where both families cover a day alike, the one with confidence is taken.
    assert.notEqual((await heartRateOf(root, "2026-10-24"))?.confidence, undefined);
    assert.equal((await heartRateOf(root, "2026-10-25"))?.confidence, undefined);
  });
});

Deno.test("files saved in 2016 become what was measured, in all three ways people kept them", async () => {
  await inHouse(async (house) => {
    const { root, simulator } = house;
    const saved = `${root}-saved`;
    await Deno.mkdir(saved);
    const answer = (day: string) => savedAnswer(simulator, day);
    // Python 2's json.dump of a text, a proper file, and two answers appended by curl >>.
    await Deno.writeTextFile(
      `${saved}/HR2026-10-05.json`,
      JSON.stringify(await answer("2026-10-05")),
    );
    await Deno.writeTextFile(`${saved}/HR2026-10-06.json`, await answer("2026-10-06"));
    await Deno.writeTextFile(
      `${saved}/data_file.json`,
      await answer("2026-10-07") + await answer("2026-10-25"),
    );
    await house.must("import", saved, "--timezone", "Europe/Berlin");
    await house.must("transform");
    for (const day of ["2026-10-05", "2026-10-06", "2026-10-07", "2026-10-25"]) {
      // The window ended at 23:59:00: the rest of that minute was never asked for.
      await assertTruth(house, day, "fitbit-web", { until: beforeLastMinute(simulator, day) });
    }
  });
});

/** The instant after the last one that `/time/00:00/23:59` holds. */
function beforeLastMinute(
  simulator: Parameters<typeof savedAnswer>[0],
  day: string,
): number {
  const { utc_offset_s } = simulator.truthOf(day);
  const offset = utc_offset_s.at(-1) ?? NaN;
  return Date.parse(`${day}T23:59:00Z`) - offset * 1000 + 1;
}

Deno.test("saved files without a zone are not guessed at", async () => {
  await inHouse(async (house) => {
    const file = `${house.root}-HR2026-10-05.json`;
    await Deno.writeTextFile(file, await savedAnswer(house.simulator, "2026-10-05"));
    const ran = await house.run("import", file);
    assert.equal(ran.code, 2);
    assert.match(ran.said, /their times are local, without a zone\n.*--timezone/);
    assert.equal(house.files.writes, 0);
  });
});

const brokenDay = "heart_rate-2026-10-07.json";

/** Broken files, each in an archive with a good day, and which stage names them. */
const broken: readonly (readonly [name: string, entry: ZipEntry, by: "import" | "transform"])[] = [
  ["empty JSON", file(""), "import"],
  ["an HTML page", file("<!DOCTYPE html><title>Sign in</title>"), "import"],
  ["a member with a wrong checksum", { ...file("[]".repeat(50)), crc: 1 }, "import"],
  ["a member that was cut", { ...file("[ 1, 2, 3 ]".repeat(90)), packedKept: 5 }, "import"],
  [
    "a path that leads outside",
    { path: `../../../../${brokenDay}`, bytes: new Uint8Array(2) },
    "import",
  ],
  // Told to be of that day by its first record, so it is kept before it is understood.
  ["JSON cut short", file('[{"dateTime":"10/07/26 00:00:01","value":{"bpm":6'), "transform"],
  ["a missing value", file('[{"dateTime":"10/07/26 00:00:01","value":{}}]'), "transform"],
];

function file(text: string): ZipEntry {
  const path = `Takeout/Fitbit/Global Export Data/${brokenDay}`;
  return { path, bytes: new TextEncoder().encode(text) };
}

for (const [name, entry, by] of broken) {
  Deno.test(`${name} in an archive is named by ${by}, and the rest is taken`, async () => {
    await inTemporaryFolder(async (folder) => {
      const house = new House(`${folder}/data`);
      await writeArchive(`${folder}/takeout.zip`, house.simulator, ["2026-10-05"], [entry]);
      const imported = await house.run("import", `${folder}/takeout.zip`);
      const transformed = await house.run("transform");
      const { code: status } = await house.run("status");
      if (by === "import") {
        assert.equal(imported.code, 3, imported.results);
        assert.match(imported.results, new RegExp(`Not taken:\n.*/${brokenDay}: .`));
        assert.deepEqual([transformed.code, status], [0, 0]);
      } else {
        assert.deepEqual([imported.code, transformed.code, status], [0, 3, 3]);
        assert.match(transformed.said, new RegExp(`Put aside raw/.*/${brokenDay}.zst: .`));
      }
      await house.must("verify");
      await assertTruth(house, "2026-10-05", "takeout");
      const files = await treeOf(folder);
      const outside = Array.from(files.keys()).filter((path) => !path.startsWith("data/"));
      assert.deepEqual(outside, ["takeout.zip"]);
    });
  });
}

Deno.test("an archive that was cut is named, and taken once it is whole", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = new House(`${folder}/data`);
    const zip = `${folder}/takeout.zip`;
    await writeArchive(zip, house.simulator, ["2026-10-05", "2026-10-06"]);
    const whole = await Deno.readFile(zip);
    for (const kept of [0, 1, 100, Math.floor(whole.length / 2), whole.length - 1]) {
      await Deno.writeFile(zip, whole.subarray(0, kept));
      const ran = await house.run("import", zip);
      assert.equal(ran.code, 3, `${kept} bytes: ${ran.results}${ran.said}`);
      assert.match(ran.results, /takeout\.zip: /, `${kept} bytes`);
      assert.deepEqual((await treeOf(folder)).size, 3, "something was kept of it");
    }
    await Deno.writeFile(zip, whole);
    await house.must("import", zip);
    await house.must("transform");
    for (const day of ["2026-10-05", "2026-10-06"]) await assertTruth(house, day, "takeout");
  });
});
