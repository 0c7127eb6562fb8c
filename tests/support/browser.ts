/** A real browser without a window: Chromium as it is installed here. */

import { type Browser, chromium } from "playwright-core";

/** Where systems put it. */
const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Chromium's program; undefined where there is none. CI brings it along. */
export const chromiumPath: string | undefined = places.find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
});

/** Work with a browser of its own, which knows nothing from before. */
export async function inBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  // In a container there is no sandbox to be had.
  const browser = await chromium.launch({
    executablePath: chromiumPath ?? "chromium",
    args: ["--no-sandbox"],
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}
