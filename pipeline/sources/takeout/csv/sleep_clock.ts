/** The clock of the `UserSleep...` files, and what they say of the wearer's. */

import type { KnownOffset } from "../clock_pieces.ts";
import type { ClockContext, Evidence, RowRange } from "../family.ts";
import type { Line } from "./line.ts";
import { type LineFamily, linesOf } from "./line_family.ts";
import { type SleepRows, wallRowsOfSleeps } from "./wall_rows.ts";

/** The lines of each sleep, with when it began and ended as written. */
function sleepsIn(
  lines: readonly Line[],
  columns: { readonly start?: string; readonly end: string },
): SleepRows[] {
  const sleeps = new Map<string, { rows: number[]; start?: number; end: number; utc: boolean }>();
  for (const line of lines) {
    const key = `${line.text("sleep_id")}/${line.text("algorithm_version") ?? ""}`;
    const start = columns.start === undefined ? undefined : line.time(columns.start);
    const end = line.time(columns.end);
    if (end === undefined) continue;
    const found = sleeps.get(key);
    if (found === undefined) {
      sleeps.set(key, {
        rows: [line.index],
        end,
        ...(start === undefined ? {} : { start }),
        utc: isOfLateExport(line),
      });
      continue;
    }
    found.rows.push(line.index);
    if (start !== undefined) found.start = Math.min(found.start ?? start, start);
    found.end = Math.max(found.end, end);
  }
  return Array.from(sleeps.values(), ({ utc, ...sleep }) => ({ ...sleep, otherwise: !utc }));
}

/**
 * Where no night of the JSON tree tells: exports that name the algorithm have true UTC, if the
 * offset beside it is more than a placeholder.
 */
function isOfLateExport(line: Line): boolean {
  const offset = line.offset("start_utc_offset") ?? line.offset("score_utc_offset") ?? 0;
  return line.text("algorithm_version") !== undefined && offset !== 0;
}

/** The rows of such a file that are on the wall clock: all rows of a sleep, or none. */
export function wallRowsBySleep(
  family: LineFamily,
  columns: { readonly start?: string; readonly end: string },
): (document: Uint8Array, context: ClockContext) => readonly RowRange[] {
  return (document, context) =>
    wallRowsOfSleeps(sleepsIn(linesOf(document, family).lines, columns), context);
}

/**
 * Offsets that stand beside the times: right even where the times are on the wall clock. So they are
 * told of the middle of what a sleep spans on either clock, and of none that spans nothing on both.
 */
export function knownOffsets(lines: readonly Line[]): Evidence {
  const known: KnownOffset[] = [];
  for (const line of lines) {
    const offset_s = line.offset("start_utc_offset") ?? 0;
    // Both at 0 is the placeholder; a change within the night would be told of the wrong half.
    if (offset_s === 0 || offset_s !== line.offset("end_utc_offset")) continue;
    const start = line.time("sleep_start");
    const end = line.time("sleep_end");
    if (start === undefined || end === undefined) continue;
    const first = Math.max(start, start - offset_s * 1000);
    const last = Math.min(end, end - offset_s * 1000);
    if (first > last) continue;
    known.push({ at: (first + last) / 2, offset_s, evidence: "UserSleeps start_utc_offset" });
  }
  return { known };
}
