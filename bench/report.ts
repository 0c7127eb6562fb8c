/** The report over ten years of one person: how large, how long to write, how soon there is a chart. */

import { pathToFileURL } from "node:url";
import { z } from "zod";
import { diskFiles, type Talk } from "../pipeline/effects.ts";
import { inBrowser } from "../tests/support/browser.ts";
import { makeDemo } from "../tests/support/demo.ts";
import { bytesBelow } from "./data_root.ts";
import { median } from "./median.ts";
import { type DuckDb, taskArguments } from "./programs.ts";
import { makeYears } from "./years.ts";

export interface ReportTimes {
  readonly days: number;
  readonly pageBytes: number;
  /** Of the folder of seconds beside it. */
  readonly folderBytes: number;
  /** Writing everything for the first time, and again with nothing changed. */
  readonly write_s: number;
  readonly writeAgain_s: number;
  readonly writePeakBytes: number;
  /** In Chromium, from opening the page. */
  readonly firstChart_ms: number;
  readonly ready_ms: number;
  /** Of the page's own program, all sections drawn. */
  readonly heapBytes: number;
}

/** Makes the years below a folder and measures their report. */
export async function measureReport(
  folder: string,
  days: number,
  rounds: number,
  duckdb: DuckDb,
  talk: Talk,
): Promise<ReportTimes> {
  talk.say(`Report: making ${days} days out of the demo's`);
  const root = `${folder}/years`;
  await makeDemo(`${folder}/demo`);
  await makeYears(`${folder}/demo`, root, days);
  talk.say("Report: writing it");
  const argv = taskArguments("report", "--data", root, "--no-browser");
  const first = await duckdb.time(argv);
  const again = await duckdb.time(argv);
  talk.say("Report: opening it");
  const shown = await opened(`${root}/report.html`, rounds);
  return {
    days,
    pageBytes: diskFiles.size(`${root}/report.html`) ?? 0,
    folderBytes: bytesBelow(`${root}/report-days`),
    write_s: first.seconds,
    writeAgain_s: again.seconds,
    writePeakBytes: Math.max(first.peakBytes, again.peakBytes),
    ...shown,
  };
}

/** Notes when the first picture is in the page and painted, and when the last section is made. */
const watch = `new MutationObserver((_, observer) => {
  if (!document.querySelector("[data-drawn] svg")) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.firstChart = performance.now(); }));
}).observe(document, { subtree: true, childList: true, attributes: true });`;

const times = z.object({ first: z.number(), ready: z.number(), heap: z.number() });

async function opened(path: string, rounds: number) {
  const found: z.infer<typeof times>[] = [];
  await inBrowser(async (browser) => {
    for (let round = 0; round <= rounds; round++) {
      const page = await browser.newPage();
      await page.addInitScript({ content: watch });
      await page.goto(pathToFileURL(path).href);
      await page.waitForFunction("window.firstChart");
      await page.locator("html[data-ready]").waitFor();
      const shown = times.parse(
        await page.evaluate(`({
          first: firstChart,
          ready: performance.now(),
          heap: performance.memory.usedJSHeapSize,
        })`),
      );
      // The first round warms up: the browser itself has only just been started.
      if (round > 0) found.push(shown);
      await page.close();
    }
  });
  return {
    firstChart_ms: median(found.map(({ first }) => first)),
    ready_ms: median(found.map(({ ready }) => ready)),
    heapBytes: Math.max(...found.map(({ heap }) => heap)),
  };
}
