/**
 * `resting_heart_rate-YYYY-MM-DD.json` of an account archive: 365 rows a file, padded where there is
 * no value. Its times are labels of civil days, not instants.
 */

import {
  arrayAt,
  countUnknownFields,
  member,
  objectAt,
  parseDocument,
  type UnknownFields,
  unreadable,
} from "../json/document.ts";
import { readUsDateTime } from "../json/read_value.ts";
import { MS_PER_DAY } from "../../day.ts";
import { type RestingHeartRate, restingHeartRateColumns } from "../resting_heart_rate_columns.ts";
import type { Flattened, Stream } from "../source.ts";

const knownRows = [{ dateTime: true, value: { date: true, value: true, error: true } }] as const;

function flatten(document: Uint8Array): Flattened {
  const unknown: UnknownFields = new Map();
  const list = arrayAt(parseDocument(document), "the document");
  countUnknownFields(list, knownRows, "", unknown);
  const rows = list.flatMap((row, index) => restingHeartRate(row, `[${index}]`) ?? []);
  return { columns: restingHeartRateColumns(rows), unknown, notes: [] };
}

/** The day's value; undefined for a row of padding, which has no date or a value of 0. */
function restingHeartRate(row: unknown, place: string): RestingHeartRate | undefined {
  const value = objectAt(member(objectAt(row, place), "value"), `${place}.value`);
  const date = member(value, "date");
  if (date === null) return undefined;
  const bpm = numberAt(member(value, "value"), `${place}.value.value`);
  if (bpm === 0) return undefined;
  const midnight = typeof date === "string" ? readUsDateTime(`${date} 00:00:00`) : undefined;
  if (midnight === undefined) throw unreadable(`${place}.value.date`, "MM/DD/YY or null", date);
  const error = member(value, "error");
  return {
    date: midnight / MS_PER_DAY,
    bpm,
    ...(error === undefined ? {} : { errorBpm: numberAt(error, `${place}.value.error`) }),
  };
}

function numberAt(value: unknown, place: string): number {
  if (typeof value === "number" && value >= 0) return value;
  throw unreadable(place, "a number of beats a minute", value);
}

/** Resting heart rate with the source's own error estimate. */
export const takeoutRestingHeartRateJson: Stream = {
  source: "takeout",
  name: "resting_heart_rate-*.json",
  table: "resting_heart_rate",
  version: 1,
  flatten,
};
