/** The CSV files of Google's data: `Physical Activity` and `Health Fitness Data`. */

import { addDays, type Day } from "../../../pipeline/day.ts";
import { fitnessOf, runFitnessOf } from "../../../pipeline/sources/simulator/body_values.ts";
import { dayMinutes } from "../../../pipeline/sources/simulator/fitbit/day_minutes.ts";
import { strokeNames } from "../../../pipeline/sources/simulator/swims.ts";
import type { TruthRow } from "../../../pipeline/sources/simulator/truth.ts";
import { workoutsOf } from "../../../pipeline/sources/simulator/workouts.ts";
import { ofDays, scoreOf, sleepsOf } from "./csv_categories.ts";
import { cell, type CsvFamily, type CsvLine, linesOf, truthOf, utcStamp } from "./csv_tree.ts";
import type { Export } from "./export_of.ts";
import { type Generation, layouts } from "./layouts.ts";

const watch = () => "Pixel Watch 3";

/** A family of `Physical Activity`. */
function family(
  stem: string,
  window: CsvFamily["window"],
  header: readonly string[],
  lines: CsvFamily["lines"],
  recorder: CsvFamily["recorder"] = watch,
): CsvFamily {
  const title = stem.split("_").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
  return {
    place: { tree: "google", product: "Physical Activity", title },
    name: (first) => first === "" ? `${stem}.csv` : `${stem}_${first}.csv`,
    window,
    header,
    lines,
    lineEnd: "\n",
    recorder,
  };
}

/** A line for each row of a table, with its instant. */
function timed(
  table: string,
  cellsOf: (row: TruthRow, generation: Generation) => CsvLine["cells"],
  daysOf: (of: Export) => readonly Day[] = ({ days }) => days,
): CsvFamily["lines"] {
  return (of, generation) =>
    linesOf(truthOf(of, table, daysOf(of)), (row, line) => [
      utcStamp(line),
      ...cellsOf(row, generation),
    ]);
}

/** A line for each row of a table of days. */
function daily(table: string, cellsOf: (row: TruthRow) => CsvLine["cells"]): CsvFamily["lines"] {
  return (of) =>
    linesOf(truthOf(of, table), (row) => [`${row["date"]}T00:00:00Z`, ...cellsOf(row)]);
}

/** Beginning and end of the days' nights lie in the days around. */
const nightDays = (of: Export) => [...of.days, addDays(of.days.at(-1) ?? "", 1)];

/** A line a minute, of the watch worn or of all. */
function minutes(
  valueOf: (minute: ReturnType<typeof dayMinutes>["minutes"][number]) => string | undefined,
): CsvFamily["lines"] {
  return (of) =>
    of.days.flatMap((day) => dayMinutes(of.world, day, false, of.made).minutes)
      .flatMap((minute) => {
        const value = valueOf(minute);
        return value === undefined ? [] : [{ ...minute, cells: [utcStamp(minute), value] }];
      });
}

/** Steps as a phone beside the watch counts them, in every third minute: not to be added up. */
const withPhone: CsvFamily["lines"] = (of, generation) => {
  const lines = minutes(({ steps }) => steps > 0 ? String(steps) : undefined)(of, generation);
  if (!layouts[generation].hasDataSource) return lines;
  return lines.flatMap((line, index) =>
    index % 3 === 0 ? [line, { ...line, cells: [line.cells[0] ?? "", `${phoneSteps}`] }] : [line]
  );
};

const phoneSteps = 999;

const zoneWords: Readonly<Record<string, string>> = {
  fat_burn: "fat burn",
  cardio: "cardio",
  peak: "peak",
};

const heartRates: CsvFamily["lines"] = (of) =>
  of.days.flatMap((day) => {
    const { time_ms, utc_offset_s, bpm } = of.world.body.ofDay(day, of.made);
    return Array.from(time_ms.keys()).filter((row) => row % of.everySample === 0).map((row) => {
      const line = { time_ms: time_ms[row] ?? NaN, utc_offset_s: utc_offset_s[row] ?? 0 };
      return { ...line, cells: [utcStamp(line), `${bpm[row]}.0`] };
    });
  });

/** A moment in UTC, or on the wall clock with the same mark, as `UserSleeps` of that export has it. */
function sleepStamp(time_ms: number, offset_s: number, generation: Generation): string {
  const isWall = generation === "G4" || generation === "G4n";
  const iso = new Date(time_ms + (isWall ? offset_s * 1000 : 0)).toISOString().slice(0, 19);
  return generation === "G6" ? `${iso}Z` : `${iso.replace("T", " ")}+0000`;
}

function offsetText(offset_s: number, generation: Generation): string {
  if (generation === "G4") return "+00:00";
  const minutes = Math.abs(offset_s) / 60;
  const two = (number: number) => String(number).padStart(2, "0");
  return `${offset_s < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Whether an export lists each night twice, by two algorithms. */
const hasVersions = (generation: Generation) => generation === "G5" || generation === "G6";

/** An id of 19 digits, none of the JSON tree's. */
const idOf = (time_ms: number, version: number) => `${4_000_000 + version}${time_ms - 1e12}`;

const userSleeps = (generation: Generation): CsvFamily => ({
  place: { tree: "google", product: "Health Fitness Data", title: "Sleep" },
  name: () => "UserSleeps_2026-09-24.csv",
  window: "one file",
  header: [
    "sleep_id",
    "sleep_type",
    "minutes_in_sleep_period",
    "minutes_after_wake_up",
    "minutes_to_fall_asleep",
    "minutes_asleep",
    "minutes_awake",
    "minutes_longest_awakening",
    "minutes_to_persistent_sleep",
    "start_utc_offset",
    "sleep_start",
    "end_utc_offset",
    "sleep_end",
    "data_source",
    ...hasVersions(generation) ? ["algorithm_version"] : [],
    "sleep_created",
    "sleep_last_updated",
  ],
  lineEnd: "\n",
  lines: (of) =>
    sleepsOf(of).flatMap((sleep) =>
      (hasVersions(generation) ? [1, 2] : [1]).map((version) => {
        // The newer algorithm begins the night some minutes earlier.
        const from_ms = sleep.from_ms - (version - 1) * 240_000;
        return {
          time_ms: from_ms,
          utc_offset_s: sleep.from_offset_s,
          cells: [
            idOf(sleep.from_ms, version),
            sleep.type.toUpperCase(),
            ...[(sleep.to_ms - from_ms) / 60_000, 0, 5, 400, 40, 10, 6],
            offsetText(sleep.from_offset_s, generation),
            sleepStamp(from_ms, sleep.from_offset_s, generation),
            offsetText(sleep.to_offset_s, generation),
            sleepStamp(sleep.to_ms, sleep.to_offset_s, generation),
            "DERIVED",
            ...hasVersions(generation) ? [`sleep_session_v${version}`] : [],
            "2026-10-28 09:00:00+0000",
            "2026-10-28 09:00:00+0000",
          ],
        };
      })
    ),
});

const userSleepStages = (generation: Generation): CsvFamily => ({
  ...userSleeps(generation),
  name: () => "UserSleepStages_2026-09-24.csv",
  header: [
    "sleep_id",
    "sleep_stage_id",
    "sleep_stage_type",
    "start_utc_offset",
    "sleep_stage_start",
    "end_utc_offset",
    "sleep_stage_end",
    "data_source",
    ...hasVersions(generation) ? ["algorithm_version"] : [],
    "sleep_stage_created",
    "sleep_stage_last_updated",
  ],
  // Unsorted, as the export has them.
  lines: (of) =>
    sleepsOf(of).flatMap((sleep) => {
      const offsetAt = (ms: number) => of.world.body.zones.spanAt(ms).offset_s;
      return sleep.stages.toReversed().flatMap((stage, index) =>
        (hasVersions(generation) ? [2, 1] : [1]).map((version) => ({
          time_ms: stage.from_ms,
          utc_offset_s: offsetAt(stage.from_ms),
          cells: [
            idOf(sleep.from_ms, version),
            idOf(stage.from_ms, version),
            stage.stage.toUpperCase(),
            offsetText(offsetAt(stage.from_ms), generation),
            sleepStamp(stage.from_ms, offsetAt(stage.from_ms), generation),
            offsetText(offsetAt(stage.to_ms), generation),
            sleepStamp(stage.to_ms, offsetAt(stage.to_ms), generation),
            "DERIVED",
            ...hasVersions(generation) ? [`sleep_session_v${version}`] : [],
            `2026-10-28 09:00:0${index % 10}+0000`,
            "2026-10-28 09:00:00+0000",
          ],
        }))
      );
    }),
});

const userExercises: CsvFamily = {
  place: { tree: "google", product: "Health Fitness Data", title: "Exercise" },
  name: () => "UserExercises_2026-09-24.csv",
  window: "one file",
  header: [
    ...["exercise_id", "exercise_start", "exercise_end", "utc_offset", "activity_name", "log_type"],
    ...["tracker_total_calories", "tracker_total_steps", "tracker_total_distance_mm", "events"],
  ],
  lineEnd: "\n",
  lines: (of) =>
    of.days.flatMap((day) => workoutsOf(of.world.body, day))
      .filter(({ to_ms }) => to_ms < of.made)
      .flatMap((workout) => {
        const line = { time_ms: workout.from_ms, utc_offset_s: workout.from_offset_s };
        const stamp = (ms: number) =>
          new Date(ms).toISOString().slice(0, 19).replace("T", " ") + "+0000";
        const offset = offsetText(workout.from_offset_s, "G5");
        const cells = (id: number, log: string, metrics: readonly (string | number)[]) => ({
          ...line,
          cells: [
            ...[idOf(workout.from_ms, id), stamp(workout.from_ms), stamp(workout.to_ms), offset],
            ...["Run", log, ...metrics],
          ],
        });
        const { energy_kcal, steps = "", distance_mm = "" } = workout;
        const split = `[Timestamp: ${stamp(workout.from_ms + 300_000)}, Type: AUTO_SPLIT, ` +
          "AutoCueType: TIME, ElapsedTimeMillis: 300000, Steps: 0]";
        // A walk that was noticed beside most of them, and is no exercise of anybody's.
        return [
          cells(7, "TRACKER", [
            ...[energy_kcal, steps, distance_mm],
            `"[Type: START], ${split}, [Type: STOP]"`,
          ]),
          cells(8, "AUTO_DETECTED", ["", "", "", ""]),
        ];
      }),
};

/** Heart-rate variability and breathing: on the wall clock, twice, or in UTC by another algorithm. */
function ofNight(
  stem: string,
  header: readonly string[],
  table: string,
  cellsOf: (row: TruthRow, factor: number) => CsvLine["cells"],
): CsvFamily {
  return family(stem, "utc month", ["timestamp", ...header], (of, generation) => {
    const isWall = generation === "G4" || generation === "G4n";
    const isUtc = generation !== "G4";
    const rows = nightRows(of, table);
    const lines = linesOf(rows, (row, line) => [utcStamp(line), ...cellsOf(row, 1.1)]);
    const copies = linesOf(rows, (row, { time_ms, utc_offset_s }) => [
      utcStamp({ time_ms: time_ms + utc_offset_s * 1000, utc_offset_s }),
      ...cellsOf(row, 1),
    ]);
    return [...(isWall ? copies : []), ...(isUtc ? lines : [])]
      .sort((a, b) => String(a.cells[0]).localeCompare(String(b.cells[0])));
  });
}

/** Rows of a night, with the moment they are of; of a day's value the end of its night. */
function nightRows(of: Export, table: string): TruthRow[] {
  if (table !== "breathing_rate_by_stage") return truthOf(of, table, nightDays(of));
  const ends = new Map(
    sleepsOf(of).filter(({ main }) => main).map((sleep) => [sleep.date, sleep]),
  );
  return truthOf(of, table).flatMap((row) => {
    const sleep = ends.get(String(row["date"]));
    return sleep === undefined ? [] : [{
      ...row,
      time: new Date(sleep.to_ms).toISOString(),
      utc_offset_s: sleep.to_offset_s,
    }];
  });
}

const levels = ["light", "moderate", "vigorous"];

const physicalActivity: readonly CsvFamily[] = [
  family("heart_rate", "utc day", ["timestamp", "beats per minute"], heartRates),
  family(
    "steps",
    "utc month",
    ["timestamp", "steps"],
    withPhone,
    ({ cells }) => cells[1] === `${phoneSteps}` ? "Ada Health Connect" : watch(),
  ),
  family(
    "distance",
    "utc month",
    ["timestamp", "distance"],
    minutes(({ distance_mm }) => distance_mm > 0 ? (distance_mm / 1000).toFixed(2) : undefined),
  ),
  family(
    "calories",
    "utc month",
    ["timestamp", "calories"],
    minutes(({ kcal }) => kcal.toFixed(2)),
  ),
  family(
    "floors",
    "utc month",
    ["timestamp", "floors"],
    minutes(({ floors }) => floors > 0 ? `${floors}.0` : undefined),
  ),
  family(
    "altitude",
    "utc month",
    ["timestamp", "gain"],
    minutes(({ floors }) => floors > 0 ? String(floors * 3048) : undefined),
  ),
  family(
    "active_energy_burned",
    "utc month",
    ["timestamp", "Kilocalories"],
    timed("active_calories", (row) => [cell(row, "energy_kcal")]),
  ),
  family(
    "active_minutes",
    "utc month",
    ["timestamp", "light", "moderate", "very"],
    timed("active_minutes", (row) => levels.map((level) => Number(level === row["level"]))),
  ),
  family(
    "active_zone_minutes",
    "utc month",
    ["timestamp", "heart rate zone", "total minutes"],
    timed("active_zone_minutes", (row, generation) => {
      const zone = cell(row, "zone");
      const early = generation === "G4";
      return [
        early ? zoneWords[zone] ?? zone : zone.toUpperCase(),
        cell(row, "active_zone_minutes"),
      ];
    }),
  ),
  family(
    "activity_level",
    "utc month",
    ["timestamp", "level"],
    timed("activity_level", (row) => [cell(row, "level").toUpperCase()]),
  ),
  family(
    "sedentary_period",
    "utc day",
    ["start time", "end time"],
    (of) =>
      linesOf(truthOf(of, "sedentary_period"), (row, line) => [
        utcStamp(line),
        utcStamp({ ...line, time_ms: line.time_ms + Number(row["duration_s"]) * 1000 }),
      ]),
  ),
  family(
    "time_in_heart_rate_zone",
    "utc month",
    ["timestamp", "heart rate zone type"],
    timed("time_in_heart_rate_zone", (row) => [cell(row, "zone").toUpperCase()]),
  ),
  family(
    "calories_in_heart_rate_zone",
    "utc month",
    ["timestamp", "heart rate zone type", "kcal"],
    timed("calories_in_heart_rate_zone", (row) => [
      cell(row, "zone").toUpperCase(),
      cell(row, "energy_kcal"),
    ]),
  ),
  family(
    "swim_lengths_data",
    "utc month",
    ["timestamp", "lap time", "stroke count", "stroke type"],
    (of) =>
      of.days.flatMap((day) => workoutsOf(of.world.body, day))
        .flatMap(({ lengths, from_offset_s }) =>
          lengths.filter(({ end_ms }) => end_ms < of.made).map((length) => {
            const line = { time_ms: length.start_ms, utc_offset_s: from_offset_s };
            const lap = new Date(length.end_ms - length.start_ms).toISOString().slice(11, -1);
            const stroke = strokeNames[length.stroke] ?? "";
            return { ...line, cells: [utcStamp(line), lap, length.strokes, stroke] };
          })
        ),
  ),
  family(
    "oxygen_saturation",
    "utc month",
    ["timestamp", "oxygen saturation percentage"],
    timed("spo2", (row) => [cell(row, "percent")], nightDays),
  ),
  ofNight(
    "heart_rate_variability",
    [
      "root mean square of successive differences milliseconds",
      "standard deviation milliseconds",
    ],
    "heart_rate_variability",
    (row, factor) => [(Number(row["rmssd_ms"]) * factor).toFixed(3), "0.0"],
  ),
  ofNight(
    "respiratory_rate_sleep_summary",
    ["deep", "light", "rem", "full"].flatMap((stage) => [
      `${stage} sleep stats - milli breaths per minute`,
      `${stage} sleep stats - standard deviation milli breaths per minute`,
      `${stage} sleep stats - signal to noise`,
    ]),
    "breathing_rate_by_stage",
    (row, factor) =>
      ["deep", "light", "rem", "full"].flatMap((stage) => [
        (Number(row[`${stage}_breaths_per_min`] ?? 0) * factor).toFixed(1),
        cell(row, `${stage}_standard_deviation`, "0.0"),
        cell(row, `${stage}_signal_to_noise`, "0.0"),
      ]),
  ),
  family(
    "daily_resting_heart_rate",
    "one file",
    ["timestamp", "beats per minute"],
    daily("resting_heart_rate", (row) => [`${Number(row["bpm"]).toFixed(1)}`]),
  ),
  family(
    "daily_respiratory_rate",
    "one file",
    ["timestamp", "breaths per minute"],
    daily("breathing_rate", (row) => [cell(row, "breaths_per_min", "NaN")]),
  ),
  family(
    "daily_oxygen_saturation",
    "one file",
    [
      ...["timestamp", "average percentage", "lower bound percentage", "upper bound percentage"],
      ...["baseline percentage", "standard deviation percentage"],
    ],
    daily("daily_spo2", (row) => [
      cell(row, "mean_percent", "NaN"),
      cell(row, "lower_percent", "NaN"),
      cell(row, "upper_percent", "NaN"),
      "NaN",
      cell(row, "standard_deviation_percent", "NaN"),
    ]),
  ),
  family(
    "demographic_vo2max",
    "one file",
    ["timestamp", "demographic vo2max"],
    (of) =>
      of.days.flatMap((day) => {
        const fitness = fitnessOf(of.world.body, day).find(({ time_ms }) => time_ms < of.made);
        return fitness === undefined
          ? []
          : [{ ...fitness, cells: [`${day}T00:00:00Z`, fitness.vo2Max] }];
      }),
  ),
  family(
    "run_vo2max",
    "one file",
    ["timestamp", "run VO2 max"],
    (of) =>
      of.days.flatMap((day) => runFitnessOf(of.world.body, day))
        .filter(({ time_ms }) => time_ms < of.made)
        .map((fitness) => ({ ...fitness, cells: [utcStamp(fitness), fitness.vo2Max] })),
  ),
  family(
    "daily_readiness",
    "one file",
    [
      ...["timestamp", "score", "type", "sleep readiness"],
      ...["heart rate variability readiness", "resting heart rate readiness"],
    ],
    ofDays((day) => [day, scoreOf(day, 30, 90), "HIGH", "VERY_HIGH", "MEDIUM", "LOW"]),
  ),
];

/** The columns of a family that has others in newer exports. */
export function googleFilesOf(generation: Generation): readonly CsvFamily[] {
  return [...physicalActivity, userSleeps(generation), userSleepStages(generation), userExercises];
}
