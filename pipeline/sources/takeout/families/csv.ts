/** All CSV families but heart rate: their files, and the streams that read them. */

import type { Stream } from "../../source.ts";
import { activityFamilies, locationFamily } from "../csv/families/activity.ts";
import { bodyFamilies } from "../csv/families/body.ts";
import { clinicalFiles, clinicalStreams } from "../csv/families/clinical.ts";
import { exerciseFiles, exerciseFileStreams } from "../csv/families/exercises.ts";
import { computedTemperature, listFamilies, nightsOf } from "../csv/families/lists.ts";
import { mindfulnessFiles, mindfulnessStreams } from "../csv/families/mindfulness.ts";
import { nightFamilies } from "../csv/families/nights.ts";
import { scoreFamilies } from "../csv/families/scores.ts";
import { sleepFiles, sleepFileStreams } from "../csv/families/sleeps.ts";
import { journalFamilies, runFormFamilies, spanFamilies } from "../csv/families/spans.ts";
import { variabilityFiles, variabilityStreams } from "../csv/families/variability.ts";
import { csvFile } from "../csv/first_look_csv.ts";
import { csvStream } from "../csv/flatten_csv.ts";
import { lineFile, lineStream } from "../csv/line_family.ts";
import type { Family } from "../family.ts";

/** Those that are read column by column, each with one clock. */
export const plainFamilies = [
  ...activityFamilies,
  ...nightFamilies,
  ...scoreFamilies,
  ...bodyFamilies,
];

const lineFamilies = [...spanFamilies, ...journalFamilies, ...runFormFamilies, ...listFamilies];

export const csvFileFamilies: readonly Family[] = [
  ...plainFamilies.map((family) => csvFile(family)),
  csvFile(locationFamily, { location: true }),
  ...variabilityFiles,
  ...lineFamilies.map((family) => lineFile(family)),
  lineFile(computedTemperature, { evidence: nightsOf }),
  ...sleepFiles,
  ...exerciseFiles,
  ...clinicalFiles,
  ...mindfulnessFiles,
];

/** Where two hold the same days of a table equally well, the earlier one supplies them. */
export const csvStreams: readonly Stream[] = [
  ...plainFamilies.map(csvStream),
  csvStream(locationFamily),
  ...variabilityStreams,
  ...lineFamilies.map(lineStream),
  lineStream(computedTemperature),
  ...sleepFileStreams,
  ...exerciseFileStreams,
  ...clinicalStreams,
  ...mindfulnessStreams,
];
