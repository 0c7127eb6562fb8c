/** A report read back from its file. */

import { createHash } from "node:crypto";
import assert from "node:assert/strict";
import type { PageData } from "../../pipeline/report/page_data.ts";
import type { SecondDay } from "../../pipeline/report/second_day.ts";
import { readDayFile, secondsOfText } from "../../pipeline/report/seconds.ts";

/** What lies in the page. */
export interface ReadReport {
  readonly html: string;
  readonly data: PageData;
  /** The seconds of days that lie in the page itself. */
  readonly embedded: Readonly<Record<string, string>>;
}

/** Reads a page's data as the browser does. */
export function readReport(path: string): ReadReport {
  const html = Deno.readTextFileSync(path);
  const block = (id: string) => {
    const [, json = ""] = html.split(`<script type="application/json" id="${id}">`);
    return json.slice(0, json.indexOf("</script>"));
  };
  return { html, data: JSON.parse(block("data")), embedded: JSON.parse(block("embedded")) };
}

/** The seconds in a day's file. */
export function secondsInFile(path: string): SecondDay {
  const file = readDayFile(Deno.readTextFileSync(path));
  assert.ok(file !== undefined, `${path} is no file of a day`);
  return secondsOfText(file.text);
}

/** Fails unless the page's policy lets its own program run, and nothing be fetched. */
export function assertPolicy(html: string): void {
  const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  const [, program = ""] = html.split("<script>");
  const digest = createHash("sha256").update(program.slice(0, program.indexOf("</script>")))
    .digest("base64");
  assert.ok(policy.includes(`script-src 'sha256-${digest}' 'self' file:;`), policy);
  assert.ok(policy.startsWith("default-src 'none';"));
  assert.doesNotMatch(policy, /https?:|connect-src|unsafe-eval|script-src[^;]*unsafe-inline/);
}
