/**
 * `daily_resting_heart_rate.csv` of an account archive, in one file or one a month. Its timestamps
 * look like instants in UTC and are labels of civil days: no clock is applied to them.
 */

import { dayNumber, isDay } from "../../day.ts";
import { unreadable } from "../json/document.ts";
import { type RestingHeartRate, restingHeartRateColumns } from "../resting_heart_rate_columns.ts";
import type { Flattened, Stream } from "../source.ts";
import { csvTable } from "./csv_table.ts";
import { recordersOf } from "./recorders.ts";

const column = {
  date: "timestamp",
  bpm: "beats per minute",
  recorder: "data source",
} as const;

const datePattern = /^(\d{4}-\d{2}-\d{2})(T00:00:00(\.0+)?Z)?$/;
const bpmPattern = /^\d{1,3}(\.\d+)?$/;
/** What daily files write where there is no value. */
const absent = new Set(["", "NaN"]);

function flatten(document: Uint8Array): Flattened {
  const table = csvTable(document, {
    required: [column.date, column.bpm],
    optional: [column.recorder],
  });
  const names = new Map<string, number>();
  const codes: number[] = [];
  const rows: RestingHeartRate[] = [];
  table.rows.forEach((row, index) => {
    const label = table.cell(row, column.date) ?? "";
    const day = datePattern.exec(label)?.[1];
    if (day === undefined || !isDay(day)) {
      throw unreadable(`${column.date} of row ${index + 1}`, "a date", label);
    }
    const bpm = table.cell(row, column.bpm) ?? "";
    if (absent.has(bpm)) return;
    if (!bpmPattern.test(bpm)) {
      throw unreadable(`${column.bpm} of row ${index + 1}`, "a number of beats a minute", bpm);
    }
    const recorder = table.cell(row, column.recorder) ?? "";
    if (!names.has(recorder)) names.set(recorder, names.size);
    codes.push(names.get(recorder) ?? 0);
    rows.push({ date: dayNumber(day), bpm: Number(bpm) });
  });
  return {
    columns: restingHeartRateColumns(rows),
    ...(table.has(column.recorder) && {
      recorders: recordersOf(Array.from(names.keys()), Int32Array.from(codes)),
    }),
    unknown: table.unknown,
    notes: [],
  };
}

/** Resting heart rate, a row a day. */
export const takeoutRestingHeartRateCsv: Stream = {
  source: "takeout",
  name: "daily_resting_heart_rate*.csv",
  table: "resting_heart_rate",
  version: 1,
  flatten,
};
