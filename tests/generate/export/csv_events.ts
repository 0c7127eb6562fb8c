/** The CSV files of what happens now and then: alerts, readings, sessions, entries; one of each a day. */

import { dayNumber, MS_PER_DAY } from "../../../pipeline/day.ts";
import type { PlainRow } from "../../support/rows.ts";
import { type CsvFamily, type CsvLine, utcStamp, wallStamp } from "./csv_tree.ts";
import type { Export } from "./export_of.ts";
import type { Place } from "./layouts.ts";

type Moment = Omit<CsvLine, "cells">;

/** Noon in UTC of every day, where the wearer was. */
function noonsOf({ days, world: { body }, made }: Export): Moment[] {
  return days.map((day) => dayNumber(day) * MS_PER_DAY + MS_PER_DAY / 2)
    .filter((time_ms) => time_ms < made)
    .map((time_ms) => ({ time_ms, utc_offset_s: body.zones.spanAt(time_ms).offset_s }));
}

/** So much later, by the same clock. */
const after = ({ time_ms, utc_offset_s }: Moment, seconds: number): Moment => ({
  time_ms: time_ms + seconds * 1000,
  utc_offset_s,
});

/** `2026-10-25T13:00:00+01:00`. */
function offsetStamp(moment: Moment): string {
  const minutes = Math.abs(moment.utc_offset_s) / 60;
  const two = (number: number) => String(number).padStart(2, "0");
  const sign = moment.utc_offset_s < 0 ? "-" : "+";
  return `${wallStamp(moment).slice(0, 19)}${sign}${two(Math.floor(minutes / 60))}:${
    two(minutes % 60)
  }`;
}

/** `Sun Oct 25 12:00:00 UTC 2026`. */
function javaStamp({ time_ms }: Moment): string {
  const [weekday = "", day, month, year, time] = new Date(time_ms).toUTCString().split(" ");
  return `${weekday.slice(0, 3)} ${month} ${day} ${time} UTC ${year}`;
}

/** A family of which every day has these lines. */
function eachDay(
  place: Place,
  name: CsvFamily["name"],
  window: CsvFamily["window"],
  header: readonly string[],
  linesOf: (noon: Moment) => readonly CsvLine["cells"][],
  lineEnd: CsvFamily["lineEnd"] = "\n",
): CsvFamily {
  return {
    place,
    name,
    window,
    header,
    lineEnd,
    lines: (of) =>
      noonsOf(of).flatMap((noon) => linesOf(noon).map((cells) => ({ ...noon, cells }))),
  };
}

const category = (folder: string, early?: string): Place => ({
  tree: "category",
  folder,
  ...early === undefined ? {} : { early },
});

const google = (title: string): Place => ({ tree: "google", product: "Physical Activity", title });

export const eventFiles: readonly CsvFamily[] = [
  eachDay(
    category("Atrial Fibrillation ECG"),
    (day) => `afib_ecg_reading_${dayNumber(day) * MS_PER_DAY + MS_PER_DAY / 2}.csv`,
    "utc day",
    ["reading_id", "reading_time", "result_classification", "heart_rate", "waveform_samples"],
    (noon) => [["9007199254740993123", javaStamp(noon), "NSR", 61, "[-329 12 0]"]],
  ),
  eachDay(
    category("Atrial Fibrillation PPG"),
    (day) => `afib_ppg_windows_${day}.csv`,
    "utc month",
    ["start_time", "is_positive", "wire_id", "bpm_time", "bpm_value"],
    (noon) =>
      [50, 60].map((bpm, n) => [
        javaStamp(noon),
        "false",
        "A1B2",
        javaStamp(after(noon, n)),
        bpm,
      ]),
  ),
  eachDay(
    category("Heart Rate"),
    () => "Heart Rate Notifications Alerts.csv",
    "one file",
    ["id", "start_timestamp", "end_timestamp", "type", "threshold", "value"],
    (noon) => [[noon.time_ms, offsetStamp(noon), offsetStamp(after(noon, 600)), "HIGH", 120, 131]],
  ),
  eachDay(
    google("Heart Rate Notification"),
    (month) => `heart_rate_notification_${month}.csv`,
    "utc month",
    [
      "timestamp",
      "heart rate notification type",
      "heart rate threshold beats per minute",
      "heart rate trigger value beats per minute",
    ],
    (noon) => [[utcStamp(noon), "HIGH", "120.0", "131.0"]],
  ),
  {
    place: google("Resting Heart Rate"),
    name: (month) => `resting_heart_rate_${month}.csv`,
    window: "utc month",
    header: ["timestamp", "beats per minute"],
    lineEnd: "\n",
    // The daily file says something else of these days, and counts.
    lines: (of) =>
      of.days.filter((day) => of.world.body.restingHeartRate(day) !== undefined).map((day) => ({
        time_ms: dayNumber(day) * MS_PER_DAY,
        utc_offset_s: 0,
        cells: [`${day}T00:00:00Z`, 99],
      })),
  },
  eachDay(
    google("Core Body Temperature"),
    (month) => `core_body_temperature_${month}.csv`,
    "utc month",
    ["timestamp", "temperature celsius"],
    (noon) => [[utcStamp(noon), 36.9]],
  ),
  // Nobody knows their columns: kept, not tabulated.
  eachDay(
    google("Hydration Log"),
    (month) => `hydration_log_${month}.csv`,
    "utc month",
    ["timestamp", "what", "how much"],
    (noon) => [[utcStamp(noon), "water", 250]],
  ),
  eachDay(
    google("Novelty"),
    (month) => `novelty_${month}.csv`,
    "utc month",
    ["timestamp", "novelty"],
    (noon) => [[utcStamp(noon), 1]],
  ),
  {
    ...eachDay(
      category("Biometrics"),
      (month) => `Glucose ${month.slice(0, 7).replace("-", "")}.csv`,
      "wall month",
      ["no data"],
      () => [[]],
    ),
    lineEnd: "\r\n",
  },
  eachDay(
    category("Mindfulness", "Stress"),
    () => "Mindfulness Sessions.csv",
    "one file",
    [
      ...["session_id", "activity_name", "average_heart_rate", "start_heart_rate"],
      ...["end_heart_rate", "duration", "start_date_time", "end_date_time", "session_type"],
    ],
    (noon) => [[
      `s${noon.time_ms}`,
      "Quick scan",
      "null",
      64,
      61,
      180_000,
      offsetStamp(noon),
      offsetStamp(after(noon, 181)),
      "quick-scan",
    ]],
    "\r\n",
  ),
  eachDay(
    category("Mindfulness", "Stress"),
    (month) => `Mindfulness Eda Data Sessions - ${month}.csv`,
    "utc month",
    ["session_id", "timestamp", "valid_data", "activation", "scl_avg"],
    // Of a set of five the time of the first stands in all.
    (noon) =>
      Array.from({ length: 10 }, (_, n) => [
        `s${noon.time_ms}`,
        noon.time_ms / 1000 + 5 * Math.floor(n / 5),
        "true",
        "false",
        4 + n / 8,
      ]),
    "\r\n",
  ),
  eachDay(
    category("Stress Journal"),
    () => "Survey Data.csv",
    "one file",
    ["timestamp", "logged_value"],
    (noon) => [[offsetStamp(noon), "CALM"]],
  ),
];

/** The rows of all days that these files are to become, by table. */
export function eventTruth(of: Export): Readonly<Record<string, readonly PlainRow[]>> {
  const noons = noonsOf(of);
  const at = ({ time_ms, utc_offset_s }: Moment) => ({
    time: new Date(time_ms).toISOString(),
    utc_offset_s,
  });
  return {
    ecg: noons.map((noon) => ({
      ...at(noon),
      result: "normal_sinus_rhythm",
      bpm: 61,
      sampling_frequency_hz: null,
      waveform_counts: "-329 12 0",
    })),
    irregular_rhythm_window: noons.map((noon) => ({
      ...at(noon),
      positive: false,
      beats: 2,
      mean_bpm: 55,
    })),
    heart_rate_notification: noons.map((noon) => ({
      ...at(noon),
      duration_s: 600,
      type: "high",
      threshold_bpm: 120,
      bpm: 131,
    })),
    core_body_temperature: noons.map((noon) => ({ ...at(noon), temperature_c: 36.9 })),
    mindfulness_session: noons.map((noon) => ({
      ...at(noon),
      duration_s: 181,
      session_id: `s${noon.time_ms}`,
      name: "Quick scan",
      content_s: 180,
      mean_bpm: null,
      start_bpm: 64,
      end_bpm: 61,
    })),
    mindfulness_conductance: noons.flatMap((noon) =>
      Array.from({ length: 10 }, (_, n) => ({
        ...at(after(noon, n)),
        session_id: `s${noon.time_ms}`,
        level: 4 + n / 8,
        valid: true,
        activation: false,
      }))
    ),
    mood_log: noons.map((noon) => ({ ...at(noon), mood: "calm" })),
  };
}
