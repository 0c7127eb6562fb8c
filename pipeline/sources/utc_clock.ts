/** The wearer's offset from UTC for documents whose times are UTC: into their manifest, and from it. */

import { nextOffsetChange, zoneOffset } from "../day.ts";
import { DocumentError } from "../errors.ts";
import type { DocumentClock, OffsetFrom } from "../raw/manifest.ts";

/**
 * A zone's offsets from one instant (ms since 1970) up to, not including, another, by its rules.
 * @param evidence How it is known that the zone is the wearer's.
 */
export function offsetsOfZone(
  { start, end }: { readonly start: number; readonly end: number },
  timeZone: string,
  evidence: string,
): OffsetFrom[] {
  const offsets: OffsetFrom[] = [{ from: null, offset_s: zoneOffset(start, timeZone), evidence }];
  for (let at = nextOffsetChange(start, timeZone); at < end; at = nextOffsetChange(at, timeZone)) {
    const from = new Date(at).toISOString();
    offsets.push({ from, offset_s: zoneOffset(at, timeZone), evidence });
  }
  return offsets;
}

/**
 * The offset in force at each instant (ms since 1970), in seconds. Throws a DocumentError when the
 * manifest has no offset for one of them.
 * @param clock The manifest's; of the kind `utc`.
 */
export function utcOffsetsAt(times: Float64Array, clock: DocumentClock): Int32Array {
  const offsetAt = utcOffsetBy(clock);
  const offsets = new Int32Array(times.length);
  if (clock.kind === "utc" && clock.offsets.length === 1 && clock.offsets[0]?.from === null) {
    return offsets.fill(clock.offsets[0].offset_s);
  }
  for (let i = 0; i < times.length; i++) offsets[i] = offsetAt(times[i]!);
  return offsets;
}

/**
 * The offset in force at an instant (ms since 1970), in seconds, for one instant after the other.
 * Throws a DocumentError when the clock is of another kind; so does what it returns for an instant
 * without an offset.
 */
export function utcOffsetBy(clock: DocumentClock): (time: number) => number {
  if (clock.kind !== "utc") {
    throw new DocumentError(
      `Cannot place times in UTC: expected the manifest's clock to be "utc", found "${clock.kind}"`,
    );
  }
  const changes = clock.offsets
    .map(({ from, offset_s }) => ({
      from: from === null ? -Infinity : Date.parse(from),
      offsetS: offset_s,
    }))
    .sort((a, b) => a.from - b.from);
  // The stretch of the instant before, which is nearly always that of the next one too.
  let from = Infinity;
  let until = -Infinity;
  let offsetS = 0;
  return (time) => {
    if (time < from || time >= until) {
      const index = changes.findLastIndex((change) => change.from <= time);
      const current = changes[index];
      if (current === undefined) {
        throw new DocumentError(
          `Cannot tell the offset from UTC at ${
            new Date(time).toISOString()
          }: the manifest has none`,
        );
      }
      ({ from, offsetS } = current);
      until = changes[index + 1]?.from ?? Infinity;
    }
    return offsetS;
  };
}
