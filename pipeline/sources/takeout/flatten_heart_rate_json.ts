/**
 * `heart_rate-YYYY-MM-DD.json` of an account archive: one array of samples in UTC, one file a civil
 * day, sorted by wall clock. The wearer's offsets were worked out at import and stand in the manifest.
 */

import type { Manifest } from "../../raw/manifest.ts";
import { heartRateColumns, plausibleBpm } from "../heart_rate_columns.ts";
import { type OpenDocument, readDocument, scanDocument } from "../json/open_document.ts";
import { object, recordOf, time, whole } from "../json/record_shape.ts";
import type { Flattened, Stream } from "../source.ts";
import { utcOffsetsAt } from "../utc_clock.ts";

const column = { time: 0, bpm: 1, confidence: 2 } as const;

const samples = {
  lists: [],
  shape: recordOf(3, {
    dateTime: time("us_date_time", column.time),
    value: object({
      bpm: whole(column.bpm, { required: true, quoted: "never", ...plausibleBpm }),
      // 0 means no lock; such samples are kept, and the column tells.
      confidence: whole(column.confidence, { required: false, quoted: "never", min: 0, max: 3 }),
    }),
  }),
};

/** The document scanned from its bytes; undefined when the careful reader has to decide. */
export function scanHeartRateJson(document: Uint8Array, manifest: Manifest): Flattened | undefined {
  const opened = scanDocument(document, samples);
  return opened && assemble(opened, manifest);
}

/** The document read carefully; throws a DocumentError. */
export function readHeartRateJson(document: Uint8Array, manifest: Manifest): Flattened {
  return assemble(readDocument(document, samples), manifest);
}

function assemble(
  { envelope, rows, rowsOf, unknown }: OpenDocument,
  manifest: Manifest,
): Flattened {
  const ranges = [rowsOf(envelope, "", "")];
  const times = rows.float64(column.time, ranges);
  const offsets = utcOffsetsAt(times, manifest.clock);
  const bpm = rows.int32(column.bpm, ranges);
  const confidence = rows.float64(column.confidence, ranges);
  rows.handOn();
  return { columns: heartRateColumns(times, offsets, bpm, confidence), unknown, notes: [] };
}

/** Heart-rate samples with the device's own confidence. */
export const takeoutHeartRateJson: Stream = {
  source: "takeout",
  name: "heart_rate-*.json",
  table: "heart_rate",
  version: 1,
  flatten: (document, manifest) =>
    scanHeartRateJson(document, manifest) ?? readHeartRateJson(document, manifest),
};
