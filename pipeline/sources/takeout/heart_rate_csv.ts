/** What a `heart_rate_YYYY-MM-DD.csv` file looks like, for both of its readers. */

import type { ColumnBuffer } from "../json/column_buffer.ts";

/** Columns of the file, by name; the recorder's is missing in exports before 2026. */
export const csvColumns = {
  time: "timestamp",
  bpm: "beats per minute",
  recorder: "data source",
} as const;

/** Numbers of a row of {@link CsvSamples}. */
export const sampleColumn = { time: 0, bpm: 1, recorder: 2 } as const;
export const sampleWidth = 3;

/** The samples of a file, before they become columns. */
export interface CsvSamples {
  readonly rows: ColumnBuffer;
  /** Recorders in order of first appearance; undefined when the file does not name them. */
  readonly recorders: readonly string[] | undefined;
  /** Columns nobody knows, with the number of their cells. */
  readonly unknown: ReadonlyMap<string, number>;
  /** Values that were not whole and were rounded. */
  readonly rounded: number;
}
