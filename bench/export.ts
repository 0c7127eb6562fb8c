/**
 * An account archive of the size that people's have, made by seed and in the layout of a generation:
 * its files repeat a few days with other dates, since only their number, size and form count here.
 */

import { addDays, type Day } from "../pipeline/day.ts";
import { seeded } from "../pipeline/sources/simulator/random.ts";
import type { ExportFile, Place } from "../tests/generate/export/layouts.ts";

/** How many different days there are. */
const variants = 7;

/** The files of so many days, one day's after the other's, each file where it ends. */
export function* exportFiles(first: Day, days: number): Generator<ExportFile> {
  const heart = Array.from({ length: variants }, (_, seed) => heartRate(seed));
  for (let n = 0; n < days; n++) {
    const day = addDays(first, n);
    const before = addDays(day, -1);
    const dated = (text: string) =>
      text.replaceAll("@us1", us(before)).replaceAll("@us2", us(day))
        .replaceAll("@iso1", before).replaceAll("@iso2", day);
    const { json, csv } = heart[n % variants] ?? { json: "", csv: "" };
    yield { place: physical, name: `heart_rate-${day}.json`, text: dated(json) };
    yield { place: google("Heart Rate"), name: `heart_rate_${day}.csv`, text: dated(csv) };
    for (const { place, name, text } of perDay) {
      yield { place, name: name.replace("@", day), text: dated(text) };
    }
    if (n % windowDays !== windowDays - 1 && n !== days - 1) continue;
    const start = addDays(day, -(n % windowDays));
    for (const { place, name, records, head, tail, separator } of perWindow) {
      const texts: string[] = [];
      for (let d = start; d <= day; d = addDays(d, 1)) {
        texts.push(
          records.replaceAll("@us", us(d)).replaceAll("@iso", d).replaceAll(
            "@id",
            d.replaceAll("-", ""),
          ),
        );
      }
      const text = head + texts.join(separator) + tail;
      yield { place, name: name.replace("@", start), text };
    }
  }
}

const windowDays = 30;

const physical: Place = { tree: "json", category: "Physical Activity" };
const google = (title: string): Place => ({ tree: "google", product: "Physical Activity", title });
const category = (folder: string): Place => ({ tree: "category", folder, early: "Sleep" });

function us(day: Day): string {
  return `${day.slice(5, 7)}/${day.slice(8)}/${day.slice(2, 4)}`;
}

/** `HH:MM:SS` of a second of the day. */
function clock(second: number): string {
  return new Date(second * 1000).toISOString().slice(11, 19);
}

const secondsOfDay = 86_400;
const shift = 19_800;

/** A day of a watch that measures every 2 to 6 seconds; the wearer lives at UTC+05:30 all year. */
function heartRate(seed: number): { json: string; csv: string } {
  const random = seeded(seed);
  const records: string[] = [];
  const rows = ["timestamp,beats per minute,data source"];
  let bpm = 60;
  for (let second = 0; second < secondsOfDay; second += 2 + Math.floor(random() * 5)) {
    bpm = Math.min(180, Math.max(45, bpm + Math.floor(random() * 5) - 2));
    const utc = second - shift;
    const [date, at] = utc < 0 ? ["1", utc + secondsOfDay] : ["2", utc];
    records.push(
      `{\n  "dateTime" : "@us${date} ${clock(at)}",\n  "value" : {\n    "bpm" : ${bpm},\n` +
        `    "confidence" : ${Math.floor(random() * 4)}\n  }\n}`,
    );
    rows.push(`@iso2T${clock(second)}Z,${bpm}.0,Inspire 3`);
  }
  return { json: `[${records.join(",")}]`, csv: `${rows.join("\n")}\n` };
}

/** Lines for so many times of a day. */
function lines(seconds: number, until: number, line: (time: string, value: number) => string) {
  const random = seeded(seconds);
  return Array.from(
    { length: Math.floor(until / seconds) },
    (_, n) => line(clock(n * seconds), Math.floor(random() * 40)),
  );
}

const night = 8 * 3600;

const perDay: readonly { place: Place; name: string; text: string }[] = [
  {
    place: physical,
    name: "time_in_heart_rate_zones-@.json",
    text: `[{\n  "dateTime" : "@us2 00:00:00",\n  "value" : {\n    "valuesInZones" : {\n` +
      `      "IN_DEFAULT_ZONE_1" : 240.0,\n      "BELOW_DEFAULT_ZONE_1" : 1177.0,\n` +
      `      "IN_DEFAULT_ZONE_3" : 0.0,\n      "IN_DEFAULT_ZONE_2" : 3.0\n    }\n  }\n}]`,
  },
  {
    place: { tree: "json", category: "Sleep" },
    name: "estimated_oxygen_variation-@.csv",
    text: ["timestamp,Infrared to Red Signal Ratio"]
      .concat(lines(60, night, (time, value) => `@us2 ${time},${value - 20}`)).join("\r\n"),
  },
  {
    place: google("Body Temperature"),
    name: "body_temperature_@.csv",
    text: ["timestamp,temperature celsius,data source"]
      .concat(
        lines(60, secondsOfDay, (time, value) => `@iso2T${time}Z,${30 + value / 8},Inspire 3`),
      )
      .join("\n"),
  },
  {
    place: category("Heart Rate Variability"),
    name: "Heart Rate Variability Details - @.csv",
    text: ["timestamp,rmssd,coverage,low_frequency,high_frequency"]
      .concat(
        lines(300, night, (time, value) => `@iso2T${time},${20 + value / 7},0.97,310.2,250.1`),
      )
      .join("\r\n"),
  },
  {
    place: category("Oxygen Saturation (SpO2)"),
    name: "Minute SpO2 - @.csv",
    text: ["timestamp,value"]
      .concat(lines(60, night, (time, value) => `@iso2T${time}Z,${90 + value / 4}`)).join("\r\n"),
  },
  {
    place: category("Temperature"),
    name: "Device Temperature - @.csv",
    text: ["recorded_time,temperature,sensor_type"]
      .concat(
        lines(60, secondsOfDay, (time, value) => `@iso2T${time.slice(0, 5)},${value / 10},UNKNOWN`),
      )
      .join("\n"),
  },
];

interface Windowed {
  readonly place: Place;
  readonly name: string;
  /** Those of a day. */
  readonly records: string;
  readonly head: string;
  readonly tail: string;
  readonly separator: string;
}

function minutes(stem: string, divisor: number): Windowed {
  return {
    place: physical,
    name: `${stem}-@.json`,
    records: lines(
      60,
      secondsOfDay,
      (time, value) =>
        `{\n  "dateTime" : "@us ${time}",\n  "value" : "${(value / divisor).toString()}"\n}`,
    ).join(","),
    head: "[",
    tail: "]",
    separator: ",",
  };
}

function table(
  title: string,
  header: string,
  row: (time: string, value: number) => string,
): Windowed {
  return {
    place: google(title),
    name: `${title.toLowerCase().replaceAll(" ", "_")}_@.csv`,
    records: lines(60, secondsOfDay, row).join("\n"),
    head: `timestamp,${header},data source\n`,
    tail: "\n",
    separator: "\n",
  };
}

const perWindow: readonly Windowed[] = [
  minutes("steps", 1),
  minutes("distance", 0.01),
  minutes("calories", 17),
  minutes("altitude", 1),
  table("Steps", "steps", (time, value) => `@isoT${time}Z,${value},Inspire 3`),
  table("Calories", "calories", (time, value) => `@isoT${time}Z,${value / 17},Inspire 3`),
  table(
    "Time In Heart Rate Zone",
    "heart rate zone type",
    (time, value) => `@isoT${time}Z,${value > 30 ? "MODERATE" : "LIGHT"},Inspire 3`,
  ),
  {
    place: { tree: "json", category: "Sleep" },
    name: "sleep-@.json",
    records: JSON.stringify(
      {
        logId: "@id",
        dateOfSleep: "@iso",
        startTime: "@isoT00:10:00.000",
        endTime: "@isoT07:40:00.000",
        duration: 27_000_000,
        minutesToFallAsleep: 0,
        minutesAsleep: 400,
        minutesAwake: 50,
        minutesAfterWakeup: 0,
        timeInBed: 450,
        efficiency: 95,
        type: "stages",
        infoCode: 0,
        logType: "auto_detected",
        levels: {
          summary: {},
          data: lines(900, night - 1800, (time, value) => time + value).map((_, n) => ({
            dateTime: `@isoT${clock(600 + n * 900)}.000`,
            level: ["light", "deep", "rem", "wake"][n % 4],
            seconds: 900,
          })),
          shortData: [],
        },
        mainSleep: true,
      },
      null,
      2,
    ).replace('"@id"', "@id"),
    head: "[",
    tail: "]",
    separator: ",",
  },
];
