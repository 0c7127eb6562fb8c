/** What to say when a whole service has ended (HTTP 410). */

import { SourceGone } from "../errors.ts";

const words: Readonly<Record<string, { message: string; hint: string }>> = {
  "fitbit-web": {
    message: "The Fitbit Web API ended on 2026-11-02 and answers 410: nothing more can be fetched",
    hint:
      "What is on disk stays. Use --source google-health for new days, or import a Takeout archive for all of them",
  },
};

/** The error for a 410 of that source. */
export function sourceGone(source: string): SourceGone {
  const known = words[source];
  return new SourceGone(known?.message ?? `${source} answers 410: this service has ended`, {
    hint: known?.hint ?? "What is on disk stays",
  });
}
