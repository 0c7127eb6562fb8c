/** Resting heart rate of the Fitbit Web API: it stands in the unbounded answers for heart rate. */

import { dayNumber } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { readDocument, scanDocument } from "../json/open_document.ts";
import type { UnknownFields } from "../json/document.ts";
import { restingHeartRateColumns } from "../resting_heart_rate_columns.ts";
import type { Flattened, Stream } from "../source.ts";
import { countUnknownOfDays, heartAnswers, heartSamples } from "./heart_answers.ts";

function flatten(document: Uint8Array, manifest: Manifest): Flattened {
  const opened = scanDocument(document, heartSamples) ?? readDocument(document, heartSamples);
  const { envelope } = opened;
  // Nobody asks for the samples.
  opened.rows.handOn();
  const unknown: UnknownFields = new Map();
  const rows = heartAnswers(envelope, manifest).flatMap(({ days }) =>
    days.flatMap(({ day, restingBpm }) =>
      restingBpm === undefined ? [] : [{ date: dayNumber(day), bpm: restingBpm }]
    )
  );
  countUnknownOfDays(envelope, unknown);
  return { columns: restingHeartRateColumns(rows), unknown, notes: [] };
}

/** The streams whose answers carry it; `activities/heart` is the daily series without samples. */
const names = [
  "activities/heart",
  "activities/heart/1sec",
  "activities/heart/1min",
  "activities/heart/5min",
  "activities/heart/15min",
] as const;

/** Resting heart rate, out of the answers of each of these streams. */
export const fitbitRestingHeartRate: readonly Stream[] = names.map((name) => ({
  source: "fitbit-web",
  name,
  table: "resting_heart_rate",
  version: 1,
  flatten,
}));
