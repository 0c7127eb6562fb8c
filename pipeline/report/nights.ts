/** The sleeps of the page, out of the rows of `sleep` and `sleep_stage`. */

import type { DailyRule } from "../aggregate/contribution.ts";
import { numberReader, textReader } from "../aggregate/readers.ts";
import { ofMainSleep } from "../aggregate/sleep.ts";
import type { Columns } from "../columns.ts";
import { hypnogramText, type StageRow } from "./hypnogram.ts";
import type { Sleep } from "./page_data.ts";

/** Which row is the main sleep of its day, by the rule of the aggregates. */
const mainRow = ofMainSleep({ reads: [], of: ({ rows: [row] }) => row ?? null });

/** The columns of `sleep` that are needed. */
export const sleepColumns: readonly string[] = [
  ...mainRow.reads,
  "date",
  "time",
  "utc_offset_s",
  "end_time",
  "end_utc_offset_s",
  "sleep_id",
  "asleep_min",
];

/** The columns of `sleep_stage` that are needed. */
export const stageColumns: readonly string[] = [
  "time",
  "duration_s",
  "sleep_id",
  "stage",
  "short",
];

/** The sleeps of one year's parts, by their start. */
export function sleepsOf(sleeps: Columns, stages: Columns): Sleep[] {
  const number = (name: string) => numberReader(sleeps, name);
  const [date, time, endTime] = [number("date"), number("time"), number("end_time")];
  const [offset, endOffset] = [number("utc_offset_s"), number("end_utc_offset_s")];
  const asleep = number("asleep_min");
  const id = textReader(sleeps, "sleep_id");
  const stagesOf = stagesBySleep(stages);
  const all = Array.from({ length: sleeps.rows }, (_, row) => row);
  const mains = new Set(
    Array.from(
      Map.groupBy(all, (row) => date(row)).values(),
      (rows) => mainOf(mainRow, sleeps, rows),
    ),
  );
  return all.map((row): Sleep => {
    const start_s = (time(row) ?? NaN) / 1000;
    const end_s = (endTime(row) ?? NaN) / 1000;
    return {
      day: date(row) ?? NaN,
      start_s,
      start_offset_s: offset(row) ?? NaN,
      end_offset_s: endOffset(row) ?? NaN,
      duration_s: end_s - start_s,
      main: mains.has(row),
      stages: hypnogramText(stagesOf.get(id(row) ?? "") ?? [], start_s, end_s),
      asleep_min: asleep(row),
    };
  }).sort((a, b) => a.start_s - b.start_s);
}

function mainOf(rule: DailyRule, columns: Columns, rows: readonly number[]) {
  return rule.of({ columns, rows });
}

function stagesBySleep(stages: Columns): Map<string, StageRow[]> {
  const time = numberReader(stages, "time");
  const duration = numberReader(stages, "duration_s");
  const short = numberReader(stages, "short");
  const id = textReader(stages, "sleep_id");
  const stage = textReader(stages, "stage");
  const found = new Map<string, StageRow[]>();
  for (let row = 0; row < stages.rows; row++) {
    const sleep = id(row) ?? "";
    const rows = found.get(sleep) ?? [];
    rows.push({
      start_s: (time(row) ?? NaN) / 1000,
      duration_s: duration(row) ?? 0,
      stage: stage(row) ?? "",
      short: short(row) === 1,
    });
    found.set(sleep, rows);
  }
  return found;
}
