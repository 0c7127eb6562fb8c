/**
 * What other files of an archive say about the wearer's clock. They are read for this alone and not
 * kept: of the profile only the time zone. Pure.
 */

import { csvTable } from "./csv_table.ts";

/** What one file adds to the evidence. */
export interface ClockHints {
  /** The zone the person lives in at the time of the export. */
  readonly zone?: string;
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
