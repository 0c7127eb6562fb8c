/** The wearer's offset from UTC for documents whose times are UTC, from their manifest. */

import { DocumentError } from "../errors.ts";
import type { DocumentClock } from "../raw/manifest.ts";

/**
 * The offset in force at each instant (ms since 1970), in seconds. Throws a DocumentError when the
 * manifest has no offset for one of them.
 * @param clock The manifest's; of the kind `utc`.
 */
export function utcOffsetsAt(times: Float64Array, clock: DocumentClock): Int32Array {
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
  const offsets = new Int32Array(times.length);
  const [first] = changes;
  if (changes.length === 1 && first?.from === -Infinity) return offsets.fill(first.offsetS);
  // The stretch of the instant before, which is nearly always that of the next one too.
  let from = Infinity;
  let until = -Infinity;
  let offsetS = 0;
  for (let i = 0; i < times.length; i++) {
    const time = times[i]!;
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
    offsets[i] = offsetS;
  }
  return offsets;
}
