/** `daily-resting-heart-rate` of the Google Health API: a point a civil day, published after it. */

import { dayNumber, isDay } from "../../day.ts";
import { plausibleBpm } from "../heart_rate_columns.ts";
import {
  arrayAt,
  countUnknown,
  countUnknownFields,
  isObject,
  member,
  objectAt,
  parseDocument,
  type UnknownFields,
  unreadable,
} from "../json/document.ts";
import { readWholeNumber } from "../json/read_value.ts";
import { type RestingHeartRate, restingHeartRateColumns } from "../resting_heart_rate_columns.ts";
import type { Flattened, Stream } from "../source.ts";
import { pointListsOf } from "./pages.ts";

const payload = "dailyRestingHeartRate";
const metadata = "dailyRestingHeartRateMetadata";

const knownPoint = {
  name: true,
  dataPointName: true,
  dataSource: true,
  [payload]: {
    date: { year: true, month: true, day: true },
    beatsPerMinute: true,
    [metadata]: { calculationMethod: true },
  },
} as const;

function flatten(document: Uint8Array): Flattened {
  const unknown: UnknownFields = new Map();
  const rows = pointListsOf(parseDocument(document), unknown).flatMap(({ points, place }) =>
    arrayAt(points, place).map((point, index) => {
      countUnknownFields(point, knownPoint, "dataPoints[]", unknown);
      return restingHeartRate(point, `${place}[${index}]`, unknown);
    })
  );
  return { columns: restingHeartRateColumns(rows), unknown, notes: [] };
}

function restingHeartRate(
  point: unknown,
  place: string,
  unknown: UnknownFields,
): RestingHeartRate {
  const at = `${place}.${payload}`;
  const value = objectAt(member(objectAt(point, place), payload), at);
  const found = member(value, "beatsPerMinute");
  const bpm = readWholeNumber(found, { quoted: "either", ...plausibleBpm });
  if (bpm === undefined) throw unreadable(`${at}.beatsPerMinute`, "1 to 300 beats a minute", found);
  const method = methodOf(member(value, metadata), unknown);
  return {
    date: dateAt(member(value, "date"), `${at}.date`),
    bpm,
    ...(method === undefined ? {} : { method }),
  };
}

function dateAt(value: unknown, place: string): number {
  const date = objectAt(value, place);
  const [year, month, day] = ["year", "month", "day"].map((key) => {
    const number = readWholeNumber(member(date, key), { quoted: "never", min: 1, max: 9999 });
    return String(number ?? "?");
  });
  const text = `${year?.padStart(4, "0")}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  if (!isDay(text)) throw unreadable(place, "a date of year, month and day", value);
  return dayNumber(text);
}

/** `WITH_SLEEP` as `with_sleep`; undefined when the source does not say. */
function methodOf(value: unknown, unknown: UnknownFields): string | undefined {
  const method = isObject(value) ? member(value, "calculationMethod") : undefined;
  if (typeof method === "string") {
    return method.endsWith("_UNSPECIFIED") ? undefined : method.toLowerCase();
  }
  if (method !== undefined) {
    countUnknown(unknown, `dataPoints[].${payload}.${metadata}.calculationMethod`);
  }
  return undefined;
}

/** Resting heart rate, one point a day. */
export const googleRestingHeartRate: Stream = {
  source: "google-health",
  name: "daily-resting-heart-rate",
  table: "resting_heart_rate",
  version: 1,
  flatten,
};
