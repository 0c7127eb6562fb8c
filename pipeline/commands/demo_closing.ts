/** What a person sees at the end of the demo: the last days, every table, and what to do next. */

import { day } from "../aggregate/catalog.ts";
import type { Column } from "../columns.ts";
import { dayNumber, dayOfNumber } from "../day.ts";
import type { Files } from "../effects.ts";
import { aggregateFile, defaultParticipant } from "../layout.ts";
import type { DataRoot } from "../raw/data_root.ts";
import { readColumns } from "../read_columns.ts";
import { demoLastDay } from "../sources/simulator/demo_person.ts";
import { counted } from "../terminal/counted.ts";
import { byteSize, grouped, textTable } from "../terminal/table.ts";

/** Days in the table at the end. */
const daysShown = 7;

/** A column of that table: its title, the aggregate's column, and how a value is written. */
const shownColumns: readonly (readonly [string, string, (value: number) => string])[] = [
  ["samples", "heart_rate_n", grouped],
  ["mean bpm", "heart_rate_mean_bpm", (value) => value.toFixed(0)],
  ["resting", "resting_heart_rate_bpm", (value) => value.toFixed(0)],
  ["HRV ms", "daily_heart_rate_variability_rmssd_ms", (value) => value.toFixed(0)],
  ["steps", "steps", grouped],
  ["km", "distance_m", (value) => (value / 1000).toFixed(1)],
  ["kcal", "calories_kcal", (value) => grouped(Math.round(value))],
  ["asleep h", "sleep_asleep_min", (value) => (value / 60).toFixed(1)],
  ["SpO2 %", "daily_spo2_mean_percent", (value) => value.toFixed(1)],
  ["weight kg", "weight_kg", (value) => value.toFixed(1)],
];

/** The lines that end the demo. */
export async function demoClosing({ root, ledger }: DataRoot, files: Files): Promise<string[]> {
  const path = aggregateFile("day", defaultParticipant, `year=${demoLastDay.slice(0, 4)}`);
  const { columns } = await readColumns(day, files.read(`${root}/${path}`), path);
  const last = dayNumber(demoLastDay);
  const { date } = columns;
  if (date?.type !== "date") throw new TypeError(`Cannot read "${path}": expected dates`);
  const shown = Array.from(date.values.keys()).filter((row) => {
    const number = date.values[row] ?? 0;
    return number > last - daysShown && number <= last;
  });
  const filled = ledger.parts().filter((part) => part.rows > 0);
  const heartRates = filled.filter((part) => part.table_name === "heart_rate");
  const sum = (of: (part: { rows: number; bytes: number }) => number) =>
    heartRates.reduce((total, part) => total + of(part), 0);
  return [
    "",
    `The last ${daysShown} of 30 days of a made-up person:`,
    "",
    ...textTable(
      ["day", ...shownColumns.map(([title]) => title)],
      shown.map((row) => [
        dayOfNumber(date.values[row] ?? 0),
        ...shownColumns.map(([, name, write]) => {
          const value = numberAt(columns[name], row);
          return value === undefined ? undefined : write(value);
        }),
      ]),
    ),
    "",
    `${counted(sum(({ rows }) => rows), "sample")} of heart rate in ${
      byteSize(sum(({ bytes }) => bytes))
    } of Parquet, and ${new Set(filled.map((part) => part.table_name)).size - 1} tables more.`,
    "",
    "Where it is:",
    `  ${root}/raw          what was received, byte for byte`,
    `  ${root}/tables       every second, a file a day`,
    `  ${root}/aggregates   minutes, hours, days, weeks, months`,
    `  ${root}/report.html  a page to look at: open it in your browser`,
    "",
    "What to do next:",
    "  deno task notebook  look at it in Jupyter",
    "  deno task start     your own data: asks what you have, and goes the way with you",
  ];
}

function numberAt(column: Column | undefined, row: number): number | undefined {
  if (column === undefined || column.type === "string" || column.valid?.[row] === 0) {
    return undefined;
  }
  return column.values[row];
}
