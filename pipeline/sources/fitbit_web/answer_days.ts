/** The days of answers, checked against what the document was asked for. */

import { addDays, type Day, isDay } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { unreadable } from "../json/document.ts";

/**
 * The day that an answer gives as its own. Answers to a request for `today` repeat that word: then it
 * is the document's first day. Throws a DocumentError when it is none, or one that was not asked for.
 */
export function answeredDay(dateTime: unknown, place: string, manifest: Manifest): Day {
  if (dateTime === "today") return manifest.first_day;
  if (typeof dateTime !== "string" || !isDay(dateTime)) {
    throw unreadable(place, "a day such as 2026-10-25", dateTime);
  }
  // The UTC dates around a civil day reach one day beyond it.
  const slack = manifest.clock.kind === "utc" ? 1 : 0;
  const first = addDays(manifest.first_day, -slack);
  const last = addDays(manifest.last_day, slack);
  if (dateTime >= first && dateTime <= last) return dateTime;
  throw new DocumentError(
    `Cannot take an answer for ${dateTime}: the document was asked for ${manifest.first_day}` +
      (manifest.last_day === manifest.first_day ? "" : ` to ${manifest.last_day}`),
  );
}
