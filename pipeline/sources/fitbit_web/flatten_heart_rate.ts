/**
 * Heart rate of the Fitbit Web API at any detail level: times on the wearer's wall clock, or in UTC
 * for answers that were asked for with `timezone=UTC`; the manifest's clock says which.
 */

import { DocumentError } from "../../errors.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { heartRateColumns } from "../heart_rate_columns.ts";
import { type OpenDocument, readDocument, scanDocument } from "../json/open_document.ts";
import { type RowRange, rowsIn } from "../json/column_buffer.ts";
import type { Flattened, Stream } from "../source.ts";
import {
  countUnknownAroundSamples,
  type HeartAnswer,
  heartAnswers,
  heartSamples,
  sampleColumn,
  samplesPath,
} from "./heart_answers.ts";
import { placedTimes } from "./placed_times.ts";

/** The document scanned from its bytes; undefined when the careful reader has to decide. */
export function scanHeartRate(document: Uint8Array, manifest: Manifest): Flattened | undefined {
  const opened = scanDocument(document, heartSamples);
  return opened && assemble(opened, manifest);
}

/** The document read carefully; throws a DocumentError. */
export function readHeartRate(document: Uint8Array, manifest: Manifest): Flattened {
  return assemble(readDocument(document, heartSamples), manifest);
}

/** The samples of one answer and the day they are of. */
interface DaySamples {
  readonly day: string;
  readonly range: RowRange;
}

function assemble(
  { envelope, rows, rowsOf, unknown }: OpenDocument,
  manifest: Manifest,
): Flattened {
  const notes: string[] = [];
  const series: DaySamples[] = [];
  for (const answer of heartAnswers(envelope, manifest)) {
    if (answer.samples === undefined) {
      const days = answer.days.map(({ day }) => day).join(", ");
      notes.push(
        `The answer for ${days} was given without its samples: only daily values are in it`,
      );
      continue;
    }
    const range = rowsOf(answer.samples.list, answer.samples.place, samplesPath);
    if (range.end > range.first) series.push({ day: onlyDay(answer, manifest), range });
  }
  countUnknownAroundSamples(envelope, unknown);

  const ranges = series.map(({ range }) => range);
  const seconds = rows.float64(sampleColumn.second, ranges);
  const bpm = rows.int32(sampleColumn.bpm, ranges);
  rows.handOn();
  const days = series.map(({ day, range }) => ({ day, rows: rowsIn([range]) }));
  const { times, offsets } = placedTimes(days, seconds, manifest, notes);
  return { columns: heartRateColumns(times, offsets, bpm), unknown, notes };
}

/** The day of an answer with samples: they carry times only, so there has to be exactly one. */
function onlyDay({ days }: HeartAnswer, manifest: Manifest): string {
  const [first, second] = days;
  if (first !== undefined && second === undefined) return first.day;
  if (first === undefined && manifest.first_day === manifest.last_day) return manifest.first_day;
  throw new DocumentError(
    `Cannot tell the day of an answer's samples: expected one day in it, found ${days.length}`,
  );
}

function heartRate(name: string): Stream {
  return {
    source: "fitbit-web",
    name,
    table: "heart_rate",
    version: 1,
    flatten: (document, manifest) =>
      scanHeartRate(document, manifest) ?? readHeartRate(document, manifest),
  };
}

/** Every sample, by the wearer's clock. */
export const fitbitHeartRate = heartRate("activities/heart/1sec");

/** Every sample, in UTC: asked for on the days on which the clocks change. */
export const fitbitHeartRateUtc = heartRate("activities/heart/1sec-utc");

/** Means of 1, 5 and 15 minutes, from files people saved; the finer level comes first. */
export const fitbitHeartRateMeans: readonly Stream[] = [
  heartRate("activities/heart/1min"),
  heartRate("activities/heart/5min"),
  heartRate("activities/heart/15min"),
];
