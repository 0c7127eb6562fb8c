/** The demo's report as a person opens it: from disk, in a real browser, by hand and by keyboard. */

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { z } from "zod";
import { day as dayAggregate } from "../../pipeline/aggregate/catalog.ts";
import { dayNumber, dayOfNumber } from "../../pipeline/day.ts";
import { aggregateFile, defaultParticipant } from "../../pipeline/layout.ts";
import { readColumns } from "../../pipeline/read_columns.ts";
import { demoNow } from "../../pipeline/sources/simulator/demo_person.ts";
import { inBrowser } from "../support/browser.ts";
import { makeDemo } from "../support/demo.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { House } from "../support/house.ts";
import { rowsOfColumns } from "../support/number_rows.ts";
import { partRows } from "../support/parts.ts";
import { statusOf } from "../support/status.ts";

const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };
const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  colorScheme: "dark",
};

Deno.test("the demo's report in a browser", async (test) => {
  await inTemporaryFolder(async (folder) => {
    const root = `${folder}/demo`;
    await makeDemo(root);
    for (const [name, options, check] of checks) {
      await test.step(name, () => withPage(root, options, (page) => check(page, root)));
    }
    await test.step("one file is enough with --embed", async () => {
      const house = new House(root, { now: new Date(demoNow).toISOString() });
      await house.must("report", "--embed", "3d");
      await Deno.mkdir(`${folder}/alone`);
      await Deno.copyFile(`${root}/report.html`, `${folder}/alone/report.html`);
      await withPage(`${folder}/alone`, desktop, async (page) => {
        await openDay(page, "2026-10-29");
        assert.match(await about(page), /17,566 heart-rate samples/);
        await page.locator("#one-day input[type=date]").fill("2026-10-20");
        await page.locator("#one-day .about", { hasText: "has to lie beside this page" }).waitFor();
      }, /net::ERR_FILE_NOT_FOUND/);
    });
  });
});

/** Work with the page; no error may show itself, and nothing be asked for but files beside it. */
async function withPage(
  root: string,
  options: BrowserContextOptions,
  work: (page: Page) => Promise<void>,
  expected?: RegExp,
): Promise<void> {
  await inBrowser(async (browser) => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) troubles.push(message.text());
    });
    page.on("request", (request) => {
      const url = request.url();
      const isOwn = url.startsWith(pathToFileURL(`${root}/report`).href) ||
        /^(data|blob):/.test(url);
      if (!isOwn) troubles.push(`asked for ${url}`);
    });
    await page.goto(pathToFileURL(`${root}/report.html`).href);
    await page.locator("html[data-ready] #one-day[data-day]").waitFor();
    await work(page);
    assert.deepEqual(troubles.filter((trouble) => expected?.test(trouble) !== true), []);
  });
}

const checks: readonly (readonly [
  string,
  BrowserContextOptions,
  (page: Page, root: string) => Promise<void>,
])[] = [
  ["every section draws", desktop, everySectionDraws],
  ["every section draws on a phone, in the dark", phone, everySectionDraws],
  ["the calendar's states and reasons are those of status --json", desktop, calendarIsStatus],
  ["a zoomed minute has the very seconds of the part", desktop, zoomShowsSeconds],
  [
    "the day the clocks went back has 25 hours, and every day can be opened",
    desktop,
    everyDayOpens,
  ],
  ["hours off the wrist are not drawn as a line", desktop, offWristIsNoLine],
  ["tables and files have the numbers of the aggregates", desktop, filesHaveTheNumbers],
  ["axe finds nothing serious", desktop, axeFindsNothing],
  ["axe finds nothing serious on a phone, in the dark", phone, axeFindsNothing],
  ["it prints", desktop, prints],
];

async function everySectionDraws(page: Page): Promise<void> {
  const stages = page.locator(".stage");
  const count = await stages.count();
  assert.ok(count >= 14, `${count} pictures`);
  for (let i = 0; i < count; i++) {
    const stage = stages.nth(i);
    await stage.scrollIntoViewIfNeeded();
    await stage.locator("svg path, svg rect, svg circle").first().waitFor({ state: "attached" });
  }
  const width = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  assert.equal(width, 0, "nothing sticks out sideways");
  assert.equal(await page.locator("section h2").count(), 6);
  assert.ok(await page.locator(".unusual > li").count() > 0);
  assert.ok(await page.locator(".cards svg path").count() > 0);
}

async function calendarIsStatus(page: Page, root: string): Promise<void> {
  const house = new House(root, { now: new Date(demoNow).toISOString() });
  const { calendar } = await statusOf(house);
  await page.getByRole("button", { name: /^Show all/ }).click();
  await page.locator("#calendar svg.calendar").focus();
  const shown = z.array(shownState).parse(await page.evaluate(walkTheCalendar(calendar.length)));
  const days = new Set(shown.map(({ day }) => day));
  assert.equal(shown.length, calendar.length * days.size);
  for (const { table, day, state, reason } of shown) {
    const gap = calendar.find((each) => each.table === table)?.spans
      .find(({ first_day, last_day }) => first_day <= day && day <= last_day);
    const expected = gap ?? { state: "complete", reason: "All that there is" };
    assert.deepEqual([state, reason], [expected.state, expected.reason], `${table} ${day}`);
  }
}

/** Goes over all days of all tables with the arrow keys, and notes what is read out at each. */
function walkTheCalendar(tables: number): string {
  return `(() => {
    const picture = document.querySelector("#calendar svg.calendar");
    const readout = document.querySelector("#calendar .readout");
    const press = (key) => picture.dispatchEvent(new KeyboardEvent("keydown", { key }));
    const seen = [];
    for (let table = 0; table < ${tables}; table++) {
      press(table === 0 ? "ArrowUp" : "ArrowDown");
      for (let at = ""; readout.dataset.day !== at; press("ArrowRight")) at = readout.dataset.day;
      for (let at = ""; readout.dataset.day !== at; press("ArrowLeft")) {
        at = readout.dataset.day;
        seen.push({ ...readout.dataset });
      }
    }
    return seen;
  })()`;
}

const shownState = z.object({
  table: z.string(),
  day: z.string(),
  state: z.string(),
  reason: z.string(),
});

/** The data attributes of an element. */
async function dataOf(page: Page, selector: string): Promise<unknown> {
  return await page.evaluate(
    `({ ...document.querySelector(${JSON.stringify(selector)}).dataset })`,
  );
}

const viewShown = z.object({ from: z.coerce.number(), to: z.coerce.number() });

async function viewOf(page: Page): Promise<{ from: number; to: number }> {
  return viewShown.parse(await dataOf(page, "#one-day"));
}

async function about(page: Page): Promise<string> {
  return await page.locator("#one-day .about").first().innerText();
}

async function openDay(page: Page, day: string): Promise<void> {
  await page.locator("#one-day input[type=date]").fill(day);
  await page.locator(`#one-day[data-day="${day}"]`).waitFor();
  await page.locator("#one-day .stage svg").scrollIntoViewIfNeeded();
}

/** Zooms by drag to an hour or so, then by keys to a minute. */
async function zoomToMinute(page: Page): Promise<void> {
  const picture = page.locator("#one-day .stage svg");
  await picture.scrollIntoViewIfNeeded();
  const box = await picture.boundingBox();
  assert.ok(box !== null);
  const y = box.y + box.height / 3;
  await page.mouse.move(box.x + box.width * 0.78, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, y, { steps: 4 });
  await page.mouse.move(box.x + box.width * 0.83, y, { steps: 4 });
  await page.mouse.up();
  const dragged = await viewOf(page);
  assert.ok(dragged.to - dragged.from < 2 * 3_600_000, "the drag zoomed in");
  await picture.focus();
  for (let i = 0; i < 12; i++) {
    const { from, to } = await viewOf(page);
    if (to - from <= 60_000) return;
    await page.keyboard.press("+");
  }
}

async function zoomShowsSeconds(page: Page, root: string): Promise<void> {
  await openDay(page, "2026-10-30");
  await zoomToMinute(page);
  const { from, to } = await viewOf(page);
  assert.ok(to - from <= 60_000);
  const expected = (await partRows(root, "heart_rate", "2026-10-30"))
    .map((row) => ({ time: Date.parse(String(row["time"])), bpm: Number(row["bpm"]) }))
    .filter(({ time }) => time >= from && time <= to);
  assert.ok(expected.length >= 5, `${expected.length} samples in the minute`);

  await page.locator("#one-day").getByRole("button", { name: /show as a table/ }).click();
  const cells = await page.locator("#one-day tbody tr").allInnerTexts();
  assert.deepEqual(
    cells.map((row) => row.split("\t").slice(1)),
    expected.map(({ time, bpm }) => [new Date(time).toISOString(), String(bpm)]),
  );
  // A vertex of the line for each of them, where the scales put it.
  const d = await page.locator("#one-day .heart-rate path").first().getAttribute("d") ?? "";
  const vertices = Array.from(d.matchAll(/[ML]([\d.]+),([\d.]+)/g), ([, x, y]) => [
    Number(x),
    Number(y),
  ]);
  assert.equal(vertices.length, expected.length);
  const [a, b] = [vertices[0]?.[0] ?? NaN, vertices.at(-1)?.[0] ?? NaN];
  const scale = (b - a) / ((expected.at(-1)?.time ?? NaN) - (expected[0]?.time ?? NaN));
  vertices.forEach(([x], i) => {
    const at = a + ((expected[i]?.time ?? NaN) - (expected[0]?.time ?? NaN)) * scale;
    assert.ok(Math.abs((x ?? NaN) - at) < 0.5, `sample ${i} at ${x}, expected ${at}`);
  });
}

async function everyDayOpens(page: Page, root: string): Promise<void> {
  await openDay(page, "2026-10-25");
  const { from, to } = await viewOf(page);
  assert.equal((to - from) / 3_600_000, 25);
  await openDay(page, "2026-10-01");
  await page.locator("#one-day .stage svg").focus();
  for (let n = dayNumber("2026-10-01"); n <= dayNumber("2026-10-30"); n++) {
    const day = dayOfNumber(n);
    await page.locator(`#one-day[data-day="${day}"]`).waitFor();
    const rows = await partRows(root, "heart_rate", day);
    const words = await about(page);
    if (rows.length === 0) assert.match(words, /No seconds of this day\. .*there is nothing/, day);
    else assert.ok(words.includes(`${rows.length.toLocaleString("en-GB")} heart-rate`), words);
    await page.keyboard.press("PageDown");
  }
}

async function offWristIsNoLine(page: Page): Promise<void> {
  await openDay(page, "2026-10-30");
  const gaps = await page.locator("#one-day .off-wrist rect").evaluateAll(
    (rects) =>
      rects.map((rect) => [rect.getAttribute("x"), rect.getAttribute("width")].map(Number)),
  );
  assert.ok(gaps.length > 0, "the day has hours off the wrist");
  const d = await page.locator("#one-day .heart-rate path").first().getAttribute("d") ?? "";
  let previous: number | undefined;
  for (const [, pen, text] of d.matchAll(/([ML])([\d.]+),/g)) {
    const x = Number(text);
    if (pen === "L" && previous !== undefined) {
      for (const [start = NaN, width = NaN] of gaps) {
        const overlap = Math.min(x, start + width) - Math.max(previous, start);
        assert.ok(overlap < 1, `a line from ${previous} to ${x} crosses ${start}+${width}`);
      }
    }
    previous = x;
  }
}

async function filesHaveTheNumbers(page: Page, root: string): Promise<void> {
  const path = `${root}/${aggregateFile("day", defaultParticipant, "year=2026")}`;
  const rows = rowsOfColumns(await readColumns(dayAggregate, Deno.readFileSync(path), path))
    .filter((row) => typeof row["steps"] === "number");
  const saved = async (kind: string) => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: `Steps: save as ${kind}` }).click();
    const done = await download;
    assert.equal(done.suggestedFilename(), `steps.${kind.toLowerCase()}`);
    return await Deno.readFile(await done.path());
  };
  await page.locator("#steps").scrollIntoViewIfNeeded();
  await page.locator("#steps svg").waitFor();
  const csv = new TextDecoder().decode(await saved("CSV"));
  assert.deepEqual(
    csv.trim().split("\n").slice(1).map((line) => line.split(",").slice(0, 2)),
    rows.map((row) => [dayOfNumber(Number(row["date"])), String(row["steps"])]),
  );
  const svg = new TextDecoder().decode(await saved("SVG"));
  assert.match(svg, /^<svg [\s\S]*<title>Steps<\/title>/);
  assert.doesNotMatch(svg, /var\(|currentColor/);
  const png = await saved("PNG");
  assert.deepEqual(
    Array.from(png.subarray(1, 4), (byte) => String.fromCharCode(byte)).join(""),
    "PNG",
  );
  assert.ok(png.length > 5000, `${png.length} bytes`);
}

const violations = z.object({
  violations: z.array(z.object({
    id: z.string(),
    impact: z.string().nullable(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
  })),
});

async function axeFindsNothing(page: Page): Promise<void> {
  await everySectionDraws(page);
  await page.locator("#steps").getByRole("button", { name: /show as a table/ }).click();
  await page.evaluate(axe.source);
  const found = violations.parse(await page.evaluate("axe.run()")).violations
    .filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(found, []);
}

async function prints(page: Page): Promise<void> {
  const pdf = await page.pdf({ format: "A4" });
  assert.ok(pdf.length > 50_000, `${pdf.length} bytes`);
  assert.equal(await page.locator(".stage:not([data-drawn])").count(), 0, "all is drawn on paper");
}
