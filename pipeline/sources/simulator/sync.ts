/**
 * When the watch hands its data over. A sample is on the server once the watch has synced past it:
 * one cut, moving with the clock, decides what both APIs can show.
 */

import type { Person } from "./person.ts";

/** The phone's app syncs so often while the watch is near. */
export const syncEveryMs = 15 * 60_000;

/** The latest sync (ms since 1970) at that time; what was measured from then on is not known yet. */
export function lastSync(person: Person, now: number): number {
  let sync = Math.floor(now / syncEveryMs) * syncEveryMs;
  // Latest stretch first: stepping back over one can land in an earlier one.
  for (const { from, to } of [...person.offline].sort((a, b) => (a.from < b.from ? 1 : -1))) {
    if (sync >= Date.parse(from) && sync < Date.parse(to)) {
      sync = Math.floor((Date.parse(from) - 1) / syncEveryMs) * syncEveryMs;
    }
  }
  return sync;
}
