/**
 * The genuine archive of 2020 against values that were worked out independently (`README.md` beside
 * the data). The data lie beside this repository, not in it.
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { dayAt } from "../../pipeline/day.ts";
import { jsonSampleTimes } from "../../pipeline/sources/takeout/sample_times.ts";
import { offsetAt } from "../../pipeline/sources/takeout/zone_rules.ts";
import { zipOf } from "../generate/zip_writer.ts";
import { Harness } from "./harness.ts";

const folder = fileURLToPath(
  new URL("../../../shared/data/takeout/mit-innergalileo-2020/MyFitbitData", import.meta.url),
);

const isHere = (() => {
  try {
    return Deno.statSync(folder).isDirectory;
  } catch {
    return false;
  }
})();

/** n, min, max, mean of each local day. */
const oracle = {
  "2020-03-10": [2044, 59, 121, "72.5166"],
  "2020-04-04": [10505, 49, 121, "75.1809"],
  "2020-04-05": [10763, 54, 130, "75.7040"],
  "2020-04-06": [9167, 53, 100, "68.7290"],
};

const autumnNight = {
  "2020-03-10": ["39600"],
  "2020-04-04": ["39600"],
  "2020-04-05": ["39600", "2020-04-04T16:00:00.000Z 36000"],
  "2020-04-06": ["36000"],
};

/** Statistics of each local day by the clocks in the manifests, and the clock of each file. */
function localDays(harness: Harness) {
  const bpms = new Map<string, number[]>();
  const clocks: Record<string, string[]> = {};
  for (const { path, manifest } of harness.told) {
    if (manifest.stream !== "heart_rate-*.json" || manifest.clock.kind !== "utc") continue;
    assert.equal(manifest.first_day, manifest.last_day);
    const { offsets } = manifest.clock;
    clocks[manifest.first_day] = offsets.map(({ from, offset_s }) =>
      from === null ? `${offset_s}` : `${from} ${offset_s}`
    );
    const changes = offsets.map(({ from, offset_s }) => ({
      at: from === null ? -Infinity : Date.parse(from),
      offset_s,
    }));
    const document = harness.document(path);
    const values = Array.from(
      new TextDecoder().decode(document).matchAll(/"bpm" : (\d+)/g),
      ([, bpm]) => Number(bpm),
    );
    jsonSampleTimes(document).forEach((at, index) => {
      const day = dayAt(at, offsetAt(changes, at));
      const list = bpms.get(day) ?? [];
      list.push(values[index] ?? NaN);
      bpms.set(day, list);
    });
  }
  const statistics = Object.fromEntries(
    Array.from(bpms, ([day, list]) => {
      const mean = list.reduce((sum, bpm) => sum + bpm, 0) / list.length;
      return [day, [list.length, Math.min(...list), Math.max(...list), mean.toFixed(4)]];
    }),
  );
  return { statistics, clocks };
}

for (const timeZone of [undefined, "Australia/Melbourne"]) {
  Deno.test({
    name: `runImport() gives the genuine archive its days, ${timeZone ?? "no zone given"}`,
    ignore: !isHere,
    fn: async () => {
      using harness = new Harness();
      const report = await harness.import([folder], { timeZone });
      const { statistics, clocks } = localDays(harness);
      assert.deepEqual(statistics, oracle);
      assert.deepEqual(clocks, autumnNight);
      assert.deepEqual(report.notes, []);
      const resting = report.lines.find(({ document }) =>
        document?.stream === "resting_heart_rate-*.json"
      );
      assert.equal(resting?.document?.samples, 135);
      assert.deepEqual(report.lines.filter(({ outcome }) => outcome === "failed"), []);
      const taken = report.lines.filter(({ outcome }) => outcome === "taken");
      assert.equal(harness.documents().length, taken.length);
    },
  });
}

Deno.test({
  name: "runImport() reads the genuine archive the same from a ZIP",
  ignore: !isHere,
  fn: async () => {
    using harness = new Harness();
    const inner = "User/user-site-export";
    const entries = Array.from(Deno.readDirSync(`${folder}/${inner}`), ({ name }) => ({
      path: `MyFitbitData/${inner}/${name}`,
      bytes: Deno.readFileSync(`${folder}/${inner}/${name}`),
    }));
    await harness.import([harness.file("MyFitbitData.zip", zipOf(entries))]);
    const { statistics, clocks } = localDays(harness);
    assert.deepEqual(statistics, oracle);
    assert.deepEqual(clocks, autumnNight);
    for (const { path, manifest } of harness.told) {
      assert.deepEqual(
        harness.document(path),
        entries.find((entry) => entry.path === manifest.member)?.bytes,
      );
    }
  },
});

Deno.test({
  name: "runImport() takes the genuine answers about heart rate and activity",
  ignore: !isHere,
  fn: async () => {
    using harness = new Harness();
    const answers = folder.replace(/takeout\/.*$/, "fitbit-web-api");
    const paths = Array.from(Deno.readDirSync(answers), ({ name }) => `${answers}/${name}`);
    const report = await harness.import(paths, { timeZone: "America/New_York" });
    assert.deepEqual(
      report.lines.filter(({ outcome }) => outcome === "taken")
        .map(({ document }) => document)
        .filter((document) => document?.path.startsWith("raw/me/fitbit-web/activities/"))
        .map((document) => [document?.path.slice(29), document?.samples]).sort(),
      [
        ["active-zone-minutes/2025-03-26.json.zst", 4],
        ["calories/1min/2015-03-20.json.zst", 1440],
        ["date/2021-10-31.json.zst", 2],
        ["floors/1min/2021-10-31.json.zst", 857],
        ["heart/1min/2017-07-31.json.zst", 1397],
        ["heart/1min/2021-10-31.json.zst", 833],
        ["heart/2017-08-15.json.zst", 7],
        ["list/2017-09-01.json.zst", 20],
        ["steps/1min/2017-07-31.json.zst", 1440],
        ["steps/1min/2021-10-31.json.zst", 857],
      ],
    );
    // Answers for several days that stand for themselves become a document each.
    assert.deepEqual(new Set(report.lines.map(({ input }) => input)), new Set(paths));
    assert.deepEqual(report.lines.filter(({ outcome }) => outcome === "failed"), []);
  },
});
