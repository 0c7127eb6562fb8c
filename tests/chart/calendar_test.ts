import assert from "node:assert/strict";
import { calendar } from "../../pipeline/chart/calendar.ts";
import { MS_PER_DAY } from "../../pipeline/day.ts";
import { faultsOfSvg } from "../support/svg.ts";

const thursday = Date.UTC(2026, 9, 1);
const days = [1, NaN, 0, 0.5].map((value, i) => ({ date: thursday + i * MS_PER_DAY, value }));

Deno.test("calendar() draws a cell a day, and says which and how much", () => {
  const { svg } = calendar(days, { title: "Worn", format: (value) => `${value * 100} %` });
  assert.deepEqual(faultsOfSvg(svg), []);
  const said = Array.from(svg.matchAll(/<title>([^<]*)<\/title>/g), ([, words]) => words);
  assert.deepEqual(said.sort(), [
    "2026-10-01: 100 %",
    "2026-10-02: nothing",
    "2026-10-03: 0 %",
    "2026-10-04: 50 %",
  ]);
});

Deno.test("calendar() begins its weeks on Monday", () => {
  const monday = { date: Date.UTC(2026, 9, 5), value: 1 };
  const columnsOf = (svg: string) =>
    new Set(Array.from(svg.matchAll(/<rect[^>]* x="([\d.]+)"[^>]*><title>/g), ([, x]) => x));
  assert.equal(columnsOf(calendar(days, { title: "Worn" }).svg).size, 1);
  assert.equal(columnsOf(calendar([...days, monday], { title: "Worn" }).svg).size, 2);
});

Deno.test("calendar() refuses to draw no day", () => {
  assert.throws(() => calendar([], { title: "Worn" }), /Cannot draw "Worn": there is no day/);
});
