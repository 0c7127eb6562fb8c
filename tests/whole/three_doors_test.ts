/** All three doors into one data root: one source supplies a day, the others stay and are named. */

import assert from "node:assert/strict";
import { assertAggregates, restingHeartRatesOf } from "../support/aggregates.ts";
import { inTemporaryFolder, treeOf } from "../support/effects.ts";
import { assertTruth, House } from "../support/house.ts";
import { statusOf } from "../support/status.ts";
import { writeArchive } from "../support/takeout_of.ts";
import { dayNumber } from "../../pipeline/day.ts";

/** The table that all three doors give, and its daily companion. */
const heart = ["--only", "heart_rate,resting_heart_rate"];

/** Which source must supply a day, and which ones cover it. */
const expected: readonly (readonly [day: string, source: string, all: string])[] = [
  ["2026-10-22", "takeout", "takeout"],
  ["2026-10-23", "takeout", "takeout, fitbit-web"],
  ["2026-10-24", "google-health", "google-health, takeout, fitbit-web"],
  // The night the clocks go back.
  ["2026-10-25", "google-health", "google-health, fitbit-web"],
  // Google was asked at noon: the archive covers more of the day.
  ["2026-10-26", "takeout", "google-health, takeout"],
  ["2026-10-27", "fitbit-web", "fitbit-web"],
];

const noon = "2026-10-26T12:00:00Z";
const later = "2026-10-29T12:00:00Z";

type Door = (house: House, zip: string) => Promise<void>;

const doors: Readonly<Record<string, Door>> = {
  async google(house) {
    house.later(noon);
    await house.must("fetch", "--from", "2026-10-24", "--to", "2026-10-26", ...heart);
  },
  async takeout(house, zip) {
    house.later(later);
    const days = expected.filter(([, , all]) => all.includes("takeout")).map(([day]) => day);
    await writeArchive(zip, house.simulator, days);
    await house.must("import", zip);
  },
  async fitbit(house) {
    house.later(later);
    for (const [from, to] of [["2026-10-23", "2026-10-25"], ["2026-10-27", "2026-10-27"]]) {
      await house.must(
        "fetch",
        "--source",
        "fitbit-web",
        "--from",
        from ?? "",
        "--to",
        to ?? "",
        "--only",
        "heart_rate",
      );
    }
  },
};

/** Goes through the doors in that order, transforming at the end or after each. */
async function enter(
  house: House,
  order: readonly (keyof typeof doors)[],
  eachTime: boolean,
): Promise<void> {
  for (const door of order) {
    await doors[door]?.(house, `${house.root}-takeout.zip`);
    if (eachTime) await house.must("transform", "--csv");
    if (eachTime) await house.must("aggregate");
  }
}

Deno.test("of three doors with overlapping days exactly one supplies a day", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = new House(`${folder}/data`);
    await enter(house, ["google", "takeout", "fitbit"], false);
    const { said } = await house.must("transform");
    await house.must("aggregate");

    for (const [day, source] of expected) {
      await assertTruth(house, day, source);
      await assertAggregates(house.root, day, house.simulator.truthOf(day));
    }
    const resting = await restingHeartRatesOf(house.root, "2026");
    assert.equal(resting.get(dayNumber("2026-10-24"))?.["source"], "google-health");
    assert.equal(resting.get(dayNumber("2026-10-27"))?.["source"], "fitbit-web");

    // What overlaps is told, with what was taken and what was left.
    for (const [day, source, all] of expected) {
      const line = said.split("\n").find((each) => each.includes(`heart_rate me date=${day}`));
      if (!all.includes(",")) {
        assert.equal(line, undefined, day);
        continue;
      }
      for (const each of all.split(", ")) {
        assert.match(
          line ?? "",
          new RegExp(`${each} \\S+( of \\S+)? ${each === source ? "taken" : "left"}`),
        );
      }
    }
    const { tables } = await statusOf(house);
    const { series } = tables.find(({ table }) => table === "heart_rate") ?? {};
    assert.deepEqual(series, {
      "takeout heart_rate-*.json of data-takeout": 3,
      "google-health heart-rate": 2,
      "fitbit-web activities/heart/1sec": 1,
    });
  });
});

Deno.test("tables do not depend on the order of the doors, nor on when they are transformed", async () => {
  await inTemporaryFolder(async (folder) => {
    const trees = [];
    for (
      const [name, order, eachTime] of [
        ["one", ["google", "takeout", "fitbit"], true],
        ["two", ["fitbit", "takeout", "google"], true],
        ["three", ["takeout", "google", "fitbit"], false],
      ] as const
    ) {
      const house = new House(`${folder}/${name}`);
      await enter(house, order, eachTime);
      await house.must("transform", "--csv");
      await house.must("aggregate");
      const tree = await treeOf(house.root, (path) => !/^(tables|csv|aggregates)/.test(path));
      // The archive's name is of the folder's here, and in no part.
      trees.push(tree);
    }
    assert.ok((trees[0]?.size ?? 0) > 20);
    assert.deepEqual(trees[1], trees[0]);
    assert.deepEqual(trees[2], trees[0]);
  });
});

Deno.test("a day that comes in fuller later is taken from there, and no other part is touched", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = new House(`${folder}/data`);
    await enter(house, ["google", "takeout"], true);
    await assertTruth(house, "2026-10-26", "takeout");
    const before = await treeOf(`${house.root}/tables`);

    house.later("2026-11-07T12:00:00Z");
    await house.must("fetch", "--from", "2026-10-24", "--to", "2026-10-26", ...heart);
    const { said } = await house.must("transform");
    await assertTruth(house, "2026-10-26", "google-health");
    assert.match(said, /2 parts built .*\(2: its documents or the code that reads them changed\)/);
    const after = await treeOf(`${house.root}/tables`);
    const changed = Array.from(after.keys()).filter((path) => after.get(path) !== before.get(path));
    assert.deepEqual(changed, [
      "heart_rate/participant=me/date=2026-10-26/part.parquet",
      "resting_heart_rate/participant=me/year=2026/part.parquet",
    ]);
  });
});

Deno.test("two participants in one data root do not meet", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = new House(`${folder}/data`);
    await house.must("fetch", "--from", "2026-10-05", "--to", "2026-10-05", ...heart);
    const other = new House(house.root, {
      person: { seed: 7, healthUserId: "22", fitbitUserId: "OTHER2" },
    });
    await other.must(
      "fetch",
      ...heart,
      "--from",
      "2026-10-05",
      "--to",
      "2026-10-05",
      "--participant",
      "p2",
    );
    await other.must("transform");
    await other.must("aggregate");
    await assertTruth(house, "2026-10-05", "google-health");
    await assertTruth(other, "2026-10-05", "google-health", { participant: "p2" });
    const { tables } = await statusOf(house);
    assert.deepEqual(
      tables.map(({ participant, table }) => `${participant} ${table}`),
      ["me heart_rate", "p2 heart_rate", "me resting_heart_rate", "p2 resting_heart_rate"],
    );
  });
});
