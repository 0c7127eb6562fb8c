/** Archives and saved files of the simulated person, as the services and people's scripts made them. */

import { type Day, dayOfNumber } from "../../pipeline/day.ts";
import type { Simulator } from "../../pipeline/sources/simulator/simulator.ts";
import { type ZipEntry, zipOf } from "../generate/zip_writer.ts";
import { simulatedUrl } from "./house.ts";

const utf8 = new TextEncoder();

/** `heart_rate-<day>.json` of a civil day: UTC without offset, in the order of the wall clock. */
export function heartRateJson(simulator: Simulator, day: Day): ZipEntry {
  const { time_ms, utc_offset_s, bpm } = simulator.truthOf(day);
  const order = Array.from(time_ms.keys()).sort((a, b) => wall(a) - wall(b) || a - b);
  function wall(row: number): number {
    return (time_ms[row] ?? NaN) + (utc_offset_s[row] ?? NaN) * 1000;
  }
  const records = order.map((row) => {
    const iso = new Date(time_ms[row] ?? NaN).toISOString();
    const stamp = `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
    return `{\n  "dateTime" : "${stamp}",\n  "value" : {\n    "bpm" : ${bpm[row]},\n` +
      `    "confidence" : ${row % 4}\n  }\n}`;
  });
  return {
    path: `${jsonFolder}/heart_rate-${day}.json`,
    bytes: utf8.encode(`[${records.join(",")}]`),
  };
}

const jsonFolder = "Takeout/Fitbit/Global Export Data";

/** `heart_rate_<day>.csv` of each UTC day that samples of these civil days fall in. */
export function heartRateCsv(simulator: Simulator, days: readonly Day[]): ZipEntry[] {
  const lines = new Map<Day, string[]>();
  for (const day of days) {
    const { time_ms, bpm } = simulator.truthOf(day);
    time_ms.forEach((time, row) => {
      const iso = new Date(time).toISOString();
      const utcDay = dayOfNumber(Math.floor(time / 86_400_000));
      const text = lines.get(utcDay) ?? ["timestamp,beats per minute"];
      text.push(`${iso.slice(0, 19)}Z,${bpm[row]}.0`);
      lines.set(utcDay, text);
    });
  }
  return Array.from(lines, ([utcDay, text]) => ({
    path: `Takeout/Fitbit/Physical Activity_GoogleData/heart_rate_${utcDay}.csv`,
    bytes: utf8.encode(`${text.join("\n")}\n`),
  }));
}

/** The archive of those days as a ZIP file at that path. */
export async function writeArchive(
  path: string,
  simulator: Simulator,
  days: readonly Day[],
  more: readonly ZipEntry[] = [],
): Promise<void> {
  const entries = days.map((day) => heartRateJson(simulator, day));
  await Deno.writeFile(path, zipOf([...entries, ...more]));
}

/** The answer that the founding post's loop asked for, as the server sent it. */
export async function savedAnswer(simulator: Simulator, day: Day): Promise<string> {
  const response = await simulator.handle(
    new Request(
      `${simulatedUrl}/1/user/-/activities/heart/date/${day}/1d/1sec/time/00:00/23:59.json`,
      { headers: { authorization: `Bearer ${simulator.issue("fitbit-web").accessToken}` } },
    ),
  );
  if (response.status !== 200) throw new Error(`The simulator answered ${response.status}`);
  return await response.text();
}
