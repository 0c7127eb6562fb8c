/**
 * A made-up wearer for tests of clocks: when the watch was worn, by which zones they lived, and the
 * files an export would hold of it, cut and sorted as the service does.
 */

import { dayAt, zoneOffset } from "../../pipeline/day.ts";

/** By which zone the wearer lived from an instant on (null: from the beginning). */
export interface LivedIn {
  readonly from: string | null;
  readonly zone: string;
}

/** Instants (ms since 1970) of samples between two instants, some seconds apart, not evenly. */
export function worn(from: string, until: string, everyS = 60): number[] {
  const times: number[] = [];
  const end = Date.parse(until);
  for (let at = Date.parse(from), n = 0; at < end; n++) {
    times.push(at);
    at += (1 + (n * 7) % Math.max(1, 2 * everyS - 1)) * 1000;
  }
  return times;
}

/** The wearer's offset from UTC at an instant, in seconds. */
export function trueOffset(lived: readonly LivedIn[], at: number): number {
  let zone = "UTC";
  for (const one of lived) if (one.from === null || Date.parse(one.from) <= at) zone = one.zone;
  return zoneOffset(at, zone);
}

/** Samples by civil day, each day in the order of the wall clock; of equals in the order of time. */
export function byCivilDay(
  times: readonly number[],
  lived: readonly LivedIn[],
): Map<string, number[]> {
  const days = new Map<string, { at: number; wall: number }[]>();
  for (const at of times) {
    const offset = trueOffset(lived, at);
    const day = dayAt(at, offset);
    const samples = days.get(day) ?? [];
    samples.push({ at, wall: at + offset * 1000 });
    days.set(day, samples);
  }
  return new Map(
    Array.from(days).sort(([a], [b]) => (a < b ? -1 : 1)).map((
      [day, samples],
    ) => [day, samples.sort((a, b) => a.wall - b.wall || a.at - b.at).map(({ at }) => at)]),
  );
}

/** Made-up heart rate of an instant. */
export function bpmAt(at: number): number {
  return 55 + Math.floor(at / 1000) % 60;
}

/** `heart_rate-<day>.json` of each day, as the export writes them. */
export function jsonFiles(
  times: readonly number[],
  lived: readonly LivedIn[],
): { name: string; text: string }[] {
  return Array.from(byCivilDay(times, lived), ([day, samples]) => ({
    name: `heart_rate-${day}.json`,
    text: `[${
      samples.map((at) =>
        `{\n  "dateTime" : "${slashed(at)}",\n  "value" : {\n    "bpm" : ${
          bpmAt(at)
        },\n    "confidence" : ${at / 1000 % 4}\n  }\n}`
      ).join(",")
    }]`,
  }));
}

/** `heart_rate_<UTC day>.csv` of each UTC day, with or without the column of 2026. */
export function csvFiles(
  times: readonly number[],
  dataSource?: string,
): { name: string; text: string }[] {
  const days = new Map<string, string[]>();
  for (const at of times) {
    const iso = new Date(at).toISOString();
    const rows = days.get(iso.slice(0, 10)) ?? [];
    rows.push(
      `${iso.slice(0, 19)}Z,${bpmAt(at)}.0${dataSource === undefined ? "" : `,${dataSource}`}`,
    );
    days.set(iso.slice(0, 10), rows);
  }
  const header = `timestamp,beats per minute${dataSource === undefined ? "" : ",data source"}`;
  return Array.from(days, ([day, rows]) => ({
    name: `heart_rate_${day}.csv`,
    text: [header, ...rows, ""].join("\n"),
  }));
}

/** `MM/DD/YY HH:MM:SS`. */
function slashed(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
}
