/** The CSV files by category, on the clock that each has. */

import { addDays, type Day, dayNumber, MS_PER_DAY } from "../../../pipeline/day.ts";
import { nightlyOf } from "../../../pipeline/sources/simulator/nightly.ts";
import { nightsOf, type Sleep } from "../../../pipeline/sources/simulator/nights.ts";
import {
  cell,
  type CsvFamily,
  type CsvLine,
  linesOf,
  truthOf,
  utcStamp,
  wallStamp,
} from "./csv_tree.ts";
import type { Export } from "./export_of.ts";
import type { Place } from "./layouts.ts";

/** The folders of a category: from G3 on, in G2, in G1. */
const variability: Place = {
  tree: "category",
  folder: "Heart Rate Variability",
  early: "Sleep",
};
const oxygen: Place = { tree: "category", folder: "Oxygen Saturation (SpO2)", early: "Sleep" };
const temperature: Place = { tree: "category", folder: "Temperature" };
const readiness: Place = { tree: "category", folder: "Daily Readiness" };

const seconds = (stamp: string) => stamp.slice(0, 19);
const minutes = (stamp: string) => stamp.slice(0, 16);

/** A score of a day, the same in every generation. */
export function scoreOf(day: Day, from: number, to: number): number {
  return from + (dayNumber(day) * 7919) % (to - from);
}

/** The sleeps of all days that had ended when the export was made. */
export function sleepsOf(of: Export): Sleep[] {
  return of.days.flatMap((day) => nightsOf(of.world.body, day))
    .filter(({ to_ms }) => to_ms < of.made);
}

/** A line for each sleep with stages, at its end. */
function ofNights(
  cellsOf: (sleep: Sleep, end: Omit<CsvLine, "cells">, of: Export) => CsvLine["cells"] | undefined,
): CsvFamily["lines"] {
  return (of) =>
    sleepsOf(of).filter(({ main, type }) => main && type === "stages").flatMap((sleep) => {
      const end = { time_ms: sleep.to_ms, utc_offset_s: sleep.to_offset_s };
      const cells = cellsOf(sleep, end, of);
      return cells === undefined ? [] : [{ ...end, cells }];
    });
}

/** A line for each day with a score. */
export function ofDays(cellsOf: (day: Day) => CsvLine["cells"]): CsvFamily["lines"] {
  return ({ days }) =>
    days.slice(0, -1).map((day) => ({
      time_ms: dayNumber(day) * MS_PER_DAY,
      utc_offset_s: 0,
      cells: cellsOf(day),
    }));
}

/** Days that begin or end a night lie in the export too. */
const nightDays = (of: Export) => [...of.days, addDays(of.days.at(-1) ?? "", 1)];

export const stageOrder = ["full", "deep", "light", "rem"] as const;

export const categoryFiles: readonly CsvFamily[] = [
  {
    place: { tree: "category", folder: "Active Zone Minutes (AZM)" },
    name: (month) => `Active Zone Minutes - ${month}.csv`,
    window: "wall month",
    header: ["date_time", "heart_zone_id", "total_minutes"],
    lines: (of) =>
      linesOf(truthOf(of, "active_zone_minutes"), (row, line) => [
        minutes(wallStamp(line)),
        cell(row, "zone").toUpperCase(),
        cell(row, "active_zone_minutes"),
      ]),
    lineEnd: "\n",
  },
  {
    place: variability,
    name: (day) => `Heart Rate Variability Details - ${day}.csv`,
    window: "wall day",
    header: ["timestamp", "rmssd", "coverage", "low_frequency", "high_frequency"],
    lines: (of) =>
      linesOf(truthOf(of, "heart_rate_variability", nightDays(of)), (row, line) => [
        seconds(wallStamp(line)),
        cell(row, "rmssd_ms"),
        "0.95",
        cell(row, "low_frequency_power_ms2"),
        cell(row, "high_frequency_power_ms2"),
      ]),
    lineEnd: "\r\n",
  },
  {
    place: variability,
    name: (day) =>
      day.endsWith("-01")
        ? `Daily Heart Rate Variability Summary - ${day.slice(0, 7)}-.csv`
        : `Daily Heart Rate Variability Summary - ${day.slice(0, 7)}-(${
          Number(day.slice(8)) - 1
        }).csv`,
    window: "wall day",
    header: ["timestamp", "rmssd", "nremhr", "entropy"],
    lines: (of) =>
      linesOf(truthOf(of, "daily_heart_rate_variability"), (row) => [
        `${row["date"]}T00:00:00`,
        cell(row, "rmssd_ms"),
        cell(row, "non_rem_bpm"),
        cell(row, "entropy"),
      ]),
    lineEnd: "\r\n",
  },
  {
    place: variability,
    name: (day) => `Daily Respiratory Rate Summary - ${day}.csv`,
    window: "wall day",
    header: ["timestamp", "daily_respiratory_rate"],
    lines: (of) =>
      linesOf(truthOf(of, "breathing_rate"), (row) => [
        `${row["date"]}T00:00:00`,
        cell(row, "breaths_per_min"),
      ]),
    lineEnd: "\r\n",
  },
  {
    place: variability,
    name: (month) => `Respiratory Rate Summary - ${month}.csv`,
    window: "wall month",
    header: [
      "timestamp",
      ...stageOrder.flatMap((stage) => [
        `${stage}_sleep_breathing_rate`,
        `${stage}_sleep_standard_deviation`,
        `${stage}_sleep_signal_to_noise`,
      ]),
    ],
    lines: ofNights((sleep, end, { world }) => {
      const night = nightlyOf(world.body, sleep.date);
      return night && [
        seconds(wallStamp(end)),
        ...stageOrder.flatMap((stage) => {
          const { breaths_per_min = -1, standardDeviation = -1, signalToNoise = -1 } =
            night.breathing[stage] ?? {};
          return [breaths_per_min, standardDeviation, signalToNoise];
        }),
      ];
    }),
    lineEnd: "\r\n",
  },
  {
    place: oxygen,
    name: (day) => `Minute SpO2 - ${day}.csv`,
    window: "utc day",
    header: ["timestamp", "value"],
    // Every seventh reading failed, and is written as 50.0 a second after a good one.
    lines: (of) =>
      linesOf(truthOf(of, "spo2", nightDays(of)), (row, line) => [
        utcStamp(line),
        cell(row, "percent"),
      ]).flatMap((line, index) =>
        index % 7 === 0
          ? [line, {
            ...line,
            cells: [utcStamp({ ...line, time_ms: line.time_ms + 1000 }), "50.0"],
          }]
          : [line]
      ),
    lineEnd: "\r\n",
  },
  {
    place: oxygen,
    name: (day) => `Daily SpO2 - ${day}-${addDays(day, 99)}.csv`,
    window: "wall month",
    header: ["timestamp", "average_value", "lower_bound", "upper_bound"],
    lines: (of) =>
      linesOf(truthOf(of, "daily_spo2"), (row) => [
        `${row["date"]}T00:00:00Z`,
        cell(row, "mean_percent"),
        cell(row, "lower_percent"),
        cell(row, "upper_percent"),
      ]),
    lineEnd: "\r\n",
  },
  {
    place: { tree: "category", folder: "Sleep Score", early: "Sleep", first: "Sleep" },
    name: () => "sleep_score.csv",
    window: "one file",
    header: [
      "sleep_log_entry_id",
      "timestamp",
      "overall_score",
      "composition_score",
      "revitalization_score",
      "duration_score",
      "deep_sleep_in_minutes",
      "resting_heart_rate",
      "restlessness",
    ],
    // Newest first; the time is that of the wall clock, with a Z.
    lines: (of) =>
      ofNights((sleep, end) => [
        sleep.id,
        `${seconds(wallStamp(end))}Z`,
        scoreOf(sleep.date, 60, 95),
        "",
        scoreOf(sleep.date, 10, 25),
        "",
        scoreOf(sleep.date, 40, 100),
        scoreOf(sleep.date, 50, 65),
        "0.0873",
      ])(of, "G1").toReversed(),
    lineEnd: "\n",
  },
  {
    place: temperature,
    name: (month) => `Computed Temperature - ${month}.csv`,
    window: "wall month",
    header: [
      "type",
      "sleep_start",
      "sleep_end",
      "temperature_samples",
      "nightly_temperature",
      "baseline_relative_sample_sum",
      "baseline_relative_sample_sum_of_squares",
      "baseline_relative_nightly_standard_deviation",
      "baseline_relative_sample_standard_deviation",
    ],
    lines: ofNights((sleep, end, { world }) => {
      const night = nightlyOf(world.body, sleep.date);
      const start = { time_ms: sleep.from_ms, utc_offset_s: sleep.from_offset_s };
      return night && [
        "SKIN",
        minutes(wallStamp(start)),
        seconds(wallStamp(end)),
        400,
        night.temperature.nightly_c,
        "NaN",
        "NaN",
        "NaN",
        "NaN",
      ];
    }),
    lineEnd: "\n",
  },
  {
    place: { tree: "category", folder: "Stress Score", early: "Stress" },
    name: () => "Stress Score.csv",
    window: "one file",
    header: [
      "DATE",
      "UPDATED_AT",
      "STRESS_SCORE",
      "SLEEP_POINTS",
      "MAX_SLEEP_POINTS",
      "RESPONSIVENESS_POINTS",
      "MAX_RESPONSIVENESS_POINTS",
      "EXERTION_POINTS",
      "MAX_EXERTION_POINTS",
      "STATUS",
      "CALCULATION_FAILED",
    ],
    lines: ofDays((day) => {
      const failed = dayNumber(day) % 5 === 0;
      return [
        `${day}T00:00:00`,
        `${day}T06:14:05.123`,
        failed ? 0 : scoreOf(day, 60, 95),
        ...(failed ? [0, 0, 0, 0, 0, 0] : [24, 30, 22, 30, 31, 40]),
        failed ? "NO_DATA" : "READY",
        String(failed),
      ];
    }),
    lineEnd: "\r\n",
  },
  {
    place: readiness,
    name: () => "Daily Readiness User Properties - 2026-10-01.csv",
    window: "one file",
    header: ["property_type", "value", "last_update"],
    lines: () => [],
    lineEnd: "\n",
  },
];
