/** Whether the daily job runs, by the log it keeps. */

import { duration } from "../terminal/progress.ts";
import { type Check, ok, warning } from "./check.ts";

/** A day, and half of one for a machine that is off at night. */
const late_ms = 1.5 * 86_400_000;

/** The end of the last run in a log: when (ms since 1970), and with which exit code. */
export function lastRun(log: string): { readonly at: number; readonly code: number } | undefined {
  const ends = Array.from(log.matchAll(/^(\S+) Ends with (\d)$/gm));
  const [, at = "", code = ""] = ends.at(-1) ?? [];
  return at === "" ? undefined : { at: Date.parse(at), code: Number(code) };
}

/** @param log The log's text; undefined when there is none. */
export function checkDailyJob(log: string | undefined, now: number): Check {
  const id = "daily-job";
  const last = log === undefined ? undefined : lastRun(log);
  if (last === undefined) {
    return ok(id, "None has run here yet: deno task schedule sets one up");
  }
  const when = `${new Date(last.at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  if (now - last.at > late_ms) {
    return warning(
      id,
      `It has not run since ${when}, for ${duration((now - last.at) / 1000)}`,
      "deno task schedule --install sets it up again",
    );
  }
  if (last.code !== 0) {
    return warning(
      id,
      `It ended with ${last.code} on ${when}`,
      "Look at the end of log/pipeline.log in the data root",
    );
  }
  return ok(id, `It ran on ${when}`);
}
