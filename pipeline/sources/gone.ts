/** What to say when a whole service has ended (HTTP 410). */

import { troubleError } from "../troubles.ts";

/** The SourceGone for a 410 of that source. */
export function sourceGone(source: string): Error {
  return troubleError(source === "fitbit-web" ? "fitbit-web-ended" : "service-ended", {
    service: source,
  });
}
