/**
 * What other files of an archive say about the wearer's clock. They are read for this alone and not
 * kept: of the profile only the time zone, of the exercises only when and at which offset. Pure.
 */

import { type KnownOffset } from "./clock_pieces.ts";
import { csvTable } from "./csv_table.ts";

/** What one file adds to the evidence. */
export interface ClockHints {
  /** The zone the person lives in at the time of the export. */
  readonly zone?: string;
  readonly known?: readonly KnownOffset[];
}

/** `Profile.csv`: the column `timezone` of its only row, an IANA name. */
export function profileHints(document: Uint8Array): ClockHints {
  const table = csvTable(document, { required: ["timezone"], optional: [] });
  const [row] = table.rows;
  return row === undefined ? {} : zoneHint(table.cell(row, "timezone"));
}

/** `UserDemographicData*.csv`: the setting `timezone` with the latest `value_time`. */
export function demographicHints(document: Uint8Array): ClockHints {
  const table = csvTable(document, {
    required: ["value_time", "setting_name", "setting_value"],
    optional: [],
  });
  const settings = table.rows
    .filter((row) => table.cell(row, "setting_name") === "timezone")
    .map((row) => ({
      time: table.cell(row, "value_time") ?? "",
      zone: table.cell(row, "setting_value"),
    }))
    .sort((a, b) => (a.time < b.time ? -1 : 1));
  return zoneHint(settings.at(-1)?.zone);
}

/** `UserExercises_*.csv`: `exercise_start` is UTC, `utc_offset` the wearer's offset there and then. */
export function exerciseHints(document: Uint8Array): ClockHints {
  const table = csvTable(document, { required: ["exercise_start", "utc_offset"], optional: [] });
  const known: KnownOffset[] = [];
  for (const row of table.rows) {
    const at = utcInstant(table.cell(row, "exercise_start") ?? "");
    const offset = offsetSeconds(table.cell(row, "utc_offset") ?? "");
    if (at === undefined || offset === undefined) continue;
    known.push({ at, offset_s: offset, evidence: "UserExercises utc_offset" });
  }
  return { known };
}

function zoneHint(zone: string | undefined): ClockHints {
  if (zone === undefined || zone === "") return {};
  try {
    return { zone: new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone };
  } catch (error) {
    // The profile of someone who never chose a zone, or a zone this runtime does not know.
    if (error instanceof RangeError) return {};
    throw error;
  }
}

/** `2025-07-01 06:30:00+0000` or `2025-07-01T06:30:00Z`; undefined when it is neither. */
function utcInstant(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?(?:Z|\+00:?00)$/.exec(text.trim());
  if (parts === null) return undefined;
  const ms = Date.parse(`${parts[1]}T${parts[2]}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** `-05:00` or `-0500`; undefined when it is neither. */
function offsetSeconds(text: string): number | undefined {
  const parts = /^([+-])(\d\d):?(\d\d)$/.exec(text.trim());
  if (parts === null) return undefined;
  const seconds = (Number(parts[2]) * 60 + Number(parts[3])) * 60;
  return parts[1] === "-" ? -seconds : seconds;
}
