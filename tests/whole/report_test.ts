/** The report's page is what the tables and aggregates say. */

import assert from "node:assert/strict";
import { day, week } from "../../pipeline/aggregate/catalog.ts";
import { dayNumber, daysBetween } from "../../pipeline/day.ts";
import { aggregateFile, defaultParticipant } from "../../pipeline/layout.ts";
import { readColumns } from "../../pipeline/read_columns.ts";
import { hypnogram } from "../../pipeline/report/hypnogram.ts";
import { kept, measures } from "../../pipeline/report/measures.ts";
import { weeklySums } from "../../pipeline/report/weeks.ts";
import { treeOf } from "../support/effects.ts";
import { type House, inHouse } from "../support/house.ts";
import { rowsOfColumns } from "../support/number_rows.ts";
import { partRows } from "../support/parts.ts";
import { secondsOfText } from "../../pipeline/report/seconds.ts";
import { assertPolicy, readReport, secondsInFile } from "../support/report.ts";
import { statusOf } from "../support/status.ts";

const tables = "heart_rate,resting_heart_rate,daily_heart_rate_variability,steps,sleep,exercise," +
  "weight,time_in_heart_rate_zone,heart_rate_zones";
const [first, last] = ["2026-10-06", "2026-10-26"];

// Three weeks: an unworn day, a journey, and the night the clocks went back.
Deno.test("the report of three weeks", async (test) => {
  await inHouse(async (house) => {
    await house.must("fetch", "--from", first, "--to", last, "--only", tables);
    await house.must("transform");
    await house.must("aggregate");
    await house.must("report");
    for (const [name, check] of checks) await test.step(name, () => check(house));
  });
});

async function aggregateRows(root: string, grain: typeof day) {
  const path = `${root}/${aggregateFile(grain.name, defaultParticipant, "year=2026")}`;
  return rowsOfColumns(await readColumns(grain, Deno.readFileSync(path), path));
}

async function numbers(house: House): Promise<void> {
  const { root } = house;
  const { html, data } = readReport(`${root}/report.html`);
  assertPolicy(html);
  assert.doesNotMatch(html.replaceAll("http://www.w3.org/", ""), /(src|href)="(https?:)?\/\//);

  const days = await aggregateRows(root, day);
  for (const measure of measures) {
    const values = data.measures[measure.column];
    for (const row of days) {
      const value = row[measure.column] ?? null;
      const shown = values?.[Number(row["date"]) - data.first] ?? null;
      const expected = typeof value === "number" ? kept(value, measure) : null;
      assert.equal(shown, expected, `${measure.column} ${row["date"]}`);
    }
    const there = values?.filter((value) => value !== null).length ?? 0;
    assert.equal(
      there,
      days.filter((row) => (row[measure.column] ?? null) !== null).length,
      measure.column,
    );
  }

  for (const column of ["moderate", "vigorous", "peak"]) {
    const name = `time_in_heart_rate_zone_${column}_min`;
    const weeks = (await aggregateRows(root, week)).filter((row) => (row[name] ?? null) !== null);
    assert.deepEqual(
      weeklySums(data.measures[name] ?? [], data.first).map(({ monday, sum }) => [monday, sum]),
      weeks.map((row) => [row["date"], row[name]]),
    );
  }

  for (const each of daysBetween(first, last)) {
    const beats = await partRows(root, "heart_rate", each);
    const walks = (await partRows(root, "steps", each)).filter((row) => Number(row["steps"]) > 0);
    const number = dayNumber(each);
    const isThere = data.seconds.runs.some(([a, b]) => a <= number && number <= b);
    assert.equal(isThere, beats.length + walks.length > 0, each);
    if (!isThere) continue;
    const seconds = secondsInFile(`${root}/${data.seconds.folder}/${each}.js`);
    assert.deepEqual(
      Array.from(seconds.time_ms, (time, i) => [time, seconds.utc_offset_s[i], seconds.bpm[i]]),
      beats.map((row) => [Date.parse(String(row["time"])), row["utc_offset_s"], row["bpm"]]),
      each,
    );
    assert.deepEqual(
      Array.from(seconds.steps_time_ms, (time, i) => [time, seconds.steps[i]]),
      walks.map((row) => [Date.parse(String(row["time"])), row["steps"]]),
    );
  }
}

async function calendar(house: House): Promise<void> {
  const { data } = readReport(`${house.root}/report.html`);
  const { calendar } = await statusOf(house);
  const gaps = data.calendar.map(({ table, runs }) => {
    let at = data.first;
    const spans = runs.map(([days, state, reason]) => {
      const from = at;
      at += days;
      return { from, to: at - 1, state, reason: data.reasons[reason] };
    });
    return { table, spans: spans.filter(({ state }) => state !== "complete") };
  });
  assert.deepEqual(
    gaps,
    calendar.map(({ table, spans }) => ({
      table,
      spans: spans.map(({ first_day, last_day, state, reason }) => ({
        from: dayNumber(first_day),
        to: dayNumber(last_day),
        state,
        reason,
      })),
    })),
  );
  const unworn = gaps.find(({ table }) => table === "heart_rate")?.spans
    .find(({ state }) => state === "empty");
  assert.equal(unworn?.from, dayNumber("2026-10-08"));
}

async function clocks(house: House): Promise<void> {
  const { data } = readReport(`${house.root}/report.html`);
  const clocks = new Map<number, readonly [number, number]>();
  let at = data.first;
  for (const [days, start, end] of data.clocks) {
    for (let i = 0; i < days; i++) clocks.set(at++, [start, end]);
  }
  assert.deepEqual(clocks.get(dayNumber("2026-10-25")), [7200, 3600], "the clocks went back");
  assert.deepEqual(clocks.get(dayNumber("2026-10-12")), [7200, -14_400], "a flight west");
  const sleeps = await partRows(house.root, "sleep", first);
  assert.equal(data.sleeps.length, sleeps.length);
  for (const { duration_s, stages } of data.sleeps) {
    if (stages !== "") assert.equal(hypnogram(stages).at(-1)?.to_s, duration_s);
  }
  const mains = data.sleeps.filter(({ main }) => main).map(({ day }) => day);
  assert.deepEqual(mains, Array.from(new Set(mains)), "one main sleep a day");
  assert.ok(data.exercises.some(({ curve }) => curve !== null));
}

async function again(house: House): Promise<void> {
  const before = await treeOf(house.root);
  await house.must("report");
  assert.deepEqual(await treeOf(house.root), before);
  const written = house.files.calls.filter(({ path }) => path.includes("report"));
  assert.deepEqual(written, []);

  const apart = readReport(`${house.root}/report.html`);
  assert.deepEqual(apart.embedded, {});
  const beside = secondsInFile(`${house.root}/${apart.data.seconds.folder}/${last}.js`);
  const { said } = await house.must("report", "--embed", "2d");
  assert.match(
    said,
    /^Report: .*, and 3 days of seconds in it, and 17 days of seconds beside it \(/m,
  );
  const { embedded, data } = readReport(`${house.root}/report.html`);
  assert.deepEqual(Object.keys(embedded), ["2026-10-24", "2026-10-25", "2026-10-26"]);
  assert.deepEqual(secondsOfText(embedded[last] ?? ""), beside);
  assert.deepEqual(data, apart.data);
  const files = Array.from(Deno.readDirSync(`${house.root}/report-days`), ({ name }) => name);
  assert.ok(!files.includes(`${last}.js`));
}

const checks: readonly (readonly [string, (house: House) => Promise<void>])[] = [
  ["the report's numbers are those of the aggregates, and its seconds those of the parts", numbers],
  ["the report's calendar is that of status --json, reason for reason", calendar],
  ["the report's nights and days keep the wearer's clock", clocks],
  ["a second report writes nothing; --embed moves days into the page", again],
];

Deno.test("report without tables says what to do", async () => {
  await inHouse(async (house) => {
    const { code, said } = await house.run("report");
    assert.equal(code, 3);
    assert.match(said, /no tables of participant me[\s\S]*deno task pipeline/);
  });
});
