/** Takes the README's pictures of the report anew: deno run -A tests/support/refresh_pictures.ts */

import { pathToFileURL } from "node:url";
import type { BrowserContextOptions } from "playwright-core";
import { inBrowser } from "./browser.ts";
import { makeDemo } from "./demo.ts";
import { inTemporaryFolder } from "./effects.ts";
import { repository } from "./task.ts";

interface Shot {
  readonly file: string;
  readonly options: BrowserContextOptions;
  /** Stands at the top of the picture. */
  readonly top: string;
}

const shots: readonly Shot[] = [
  {
    file: "docs/report.png",
    options: { viewport: { width: 1280, height: 900 } },
    top: "#one-day-section",
  },
  {
    file: "docs/report-phone.png",
    options: {
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      isMobile: true,
      colorScheme: "dark",
    },
    top: "#hypnograms",
  },
];

await inTemporaryFolder(async (root) => {
  await makeDemo(root);
  for (const { file, options, top } of shots) {
    await inBrowser(async (browser) => {
      const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.goto(pathToFileURL(`${root}/report.html`).href);
      await page.locator("html[data-ready] #one-day[data-day]").waitFor();
      await page.evaluate(`document.querySelector("${top}").scrollIntoView()`);
      await page.waitForTimeout(1000);
      await page.screenshot({ path: `${repository}${file}` });
    });
  }
});
