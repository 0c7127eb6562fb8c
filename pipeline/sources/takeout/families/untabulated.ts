/**
 * Files with health data that no table takes: of what stands in them columns or clock are not known.
 * They are kept byte for byte and named, so that a later version can read them.
 */

import { type Day, isDay } from "../../../day.ts";
import type { Family, MemberSummary } from "../family.ts";
import { dayIn, emptyArray, headerAlone } from "../first_look.ts";

/** The stream of documents that no table takes. */
export const untabulated = "untabulated";

/** The stream of documents of a known name that are not what it says: another header, or damaged. */
export const unreadable = "unreadable";

/** Whether a stream's documents are kept for a later version, and read by none so far. */
export function isKeptAlone(stream: string): boolean {
  return stream === untabulated || stream === unreadable;
}

const columns = "its columns are not known";
const noTable = "no table takes this kind of file yet";

/** Files that are known by name, and why they make no rows. */
const known: readonly (Pick<Family, "name" | "location"> & { readonly why: string })[] = [
  {
    name:
      /^(hydration_log|nutrition_log|core_body_temperature|mindfulness_session|micro_motion|micro_stillness|weather_forecast|environment)(_\d{4}-\d\d-\d\d)?\.csv$/,
    why: columns,
  },
  {
    name: /^resting_heart_rate(_\d{4}-\d\d-\d\d)?\.csv$/,
    why: "its times are no labels of days, and their clock is not known",
  },
  { name: /^coarse_physical_location(_\d{4}-\d\d-\d\d)?\.csv$/, why: columns, location: true },
  // One a month for as long as the account is old, with "no data" where there is no glucose meter.
  { name: /^glucose \d{6}\.csv$/, why: columns },
  { name: /^manual temperature - .*\.csv$/, why: columns },
  { name: /^pixel body temperatures.*\.csv$/, why: "the clock of its times is not known" },
  {
    name: /^afib_ppg_alerts.*\.csv$/,
    why: "its alerts do not say when their windows began; afib_ppg_windows has all windows",
  },
  { name: /^ecguserdata.*\.csv$/, why: "the same readings as in afib_ecg_reading files" },
  { name: /^menstrual_health_(cycles|symptoms|birth_control).*\.csv$/, why: noTable },
  {
    name:
      /^(personalrecords|workoutsummariesandrounds|userjournalentries|user3rdpartysleepattributes|userfoodfrequencyentries|journal_entries|medicalrecords).*\.csv$/,
    why: columns,
  },
  {
    name: /^(activity goals|mindfulness goals|goalsettingshistory).*\.csv$/,
    why: "the units of its goals are not known",
  },
  { name: /^sleep profile\.csv$/, why: "its rows have other numbers of cells than its header" },
];

/** No header is longer. */
const beginningBytes = 4096;

function family({ name, location, why }: typeof known[number]): Family {
  return {
    stream: untabulated,
    name,
    untabulated: true,
    ...location === undefined ? {} : { location },
    summarise(document, baseName) {
      const beginning = new TextDecoder().decode(document.subarray(0, beginningBytes));
      const empty = baseName.toLowerCase().endsWith(".json") ? emptyArray : headerAlone;
      const isShort = document.length <= beginningBytes;
      if (isShort && (beginning.trim() === "" || empty.test(beginning))) return undefined;
      return {
        samples: linesIn(document),
        span: spanOf(baseName, beginning),
        note: why,
      };
    },
  };
}

/** What stands for the day of a file that names none: nothing reads it. */
const noDay: Day = "1970-01-01";

function spanOf(baseName: string, beginning: string): MemberSummary["span"] {
  const day = dayIn(baseName) ?? beginning.match(/\d{4}-\d\d-\d\d/g)?.find(isDay) ?? noDay;
  return { kind: "days", first: day, last: day };
}

/** What is noted of a file that cannot be read: without a sample, so that any other is fuller. */
export function unreadableSummary(baseName: string, beginning: string, why: string): MemberSummary {
  return { samples: 0, span: spanOf(baseName, beginning), note: why };
}

function linesIn(document: Uint8Array): number {
  let lines = 0;
  for (let at = 0; at >= 0 && at < document.length; lines++) {
    const end = document.indexOf(0x0a, at);
    at = end < 0 ? document.length : end + 1;
  }
  return lines;
}

export const untabulatedFamilies: readonly Family[] = known.map(family);

/** Files of the product that nothing here has a name for. */
export const unnamedFamily: Family = {
  ...family({ name: /\.(csv|json)$/, why: noTable }),
  tellsPlaces: (beginning) =>
    /(?<![a-z])(lat|latitude|lon|lng|longitude)(?![a-z])/i.test(beginning),
};
