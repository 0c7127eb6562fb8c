/** Small tables on disk, for what reads them. */

import { heartRate } from "../../pipeline/catalog.ts";
import { constantText } from "../../pipeline/columns.ts";
import { dayAt } from "../../pipeline/day.ts";
import { partFile } from "../../pipeline/layout.ts";
import { writeParquet } from "../../pipeline/transform/parquet/write.ts";

/** A heart-rate sample: when (ISO, UTC), the offset of the clock in seconds, beats per minute. */
export type Sample = readonly [time: string, utc_offset_s: number, bpm: number];

/** Writes samples as the parts of `heart_rate` that they belong to. */
export async function writeHeartRate(
  root: string,
  participant: string,
  samples: readonly Sample[],
): Promise<void> {
  const days = Map.groupBy(samples, ([time, offset_s]) => dayAt(Date.parse(time), offset_s));
  for (const [day, rows] of days) {
    const path = `${root}/${partFile(heartRate.name, participant, `date=${day}`)}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    const count = rows.length;
    const bytes = writeParquet(heartRate, {
      rows: count,
      columns: {
        time: {
          type: "timestamp_ms",
          values: Float64Array.from(rows, ([time]) => Date.parse(time)),
        },
        utc_offset_s: { type: "int32", values: Int32Array.from(rows, ([, offset_s]) => offset_s) },
        bpm: { type: "int32", values: Int32Array.from(rows, ([, , bpm]) => bpm) },
        confidence: {
          type: "int32",
          values: new Int32Array(count),
          valid: new Uint8Array(count),
        },
        source: constantText("google-health", count),
      },
    });
    await Deno.writeFile(path, bytes);
  }
}
