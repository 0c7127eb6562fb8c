import assert from "node:assert/strict";
import { hypnogram } from "../../pipeline/chart/hypnogram.ts";
import { faultsOfSvg } from "../support/svg.ts";

const stage = (time: string, minutes: number, stage: string) => ({
  time: Date.parse(time),
  utc_offset_s: 7200,
  duration_s: minutes * 60,
  stage,
});

Deno.test("hypnogram() draws each stage on its row, with the wearer's clock", () => {
  const { svg } = hypnogram([
    stage("2026-10-01T21:40:00Z", 20, "light"),
    stage("2026-10-01T22:00:00Z", 45.5, "deep"),
    stage("2026-10-01T22:10:00Z", 1, "awake"),
    stage("2026-10-01T22:45:30Z", 10, "something new"),
  ], "A night");
  assert.deepEqual(faultsOfSvg(svg), []);
  const said = Array.from(svg.matchAll(/<title>([^<]*)<\/title>/g), ([, words]) => words);
  assert.deepEqual(said, [
    "light sleep: 23:40 to 00:00, 20 min",
    "deep sleep: 00:00 to 00:45, 45.5 min",
    "awake: 00:10 to 00:11, 1 min",
    "something new: 00:45 to 00:55, 10 min",
  ]);
  const rows = Array.from(svg.matchAll(/>(Awake|REM|Light|Deep)<\/text>/g), ([, row]) => row);
  assert.deepEqual(rows, ["Awake", "Light", "Deep"]);
});

Deno.test("hypnogram() refuses to draw nothing", () => {
  assert.throws(() => hypnogram([], "A night"), /Cannot draw "A night": there is no stage/);
});
