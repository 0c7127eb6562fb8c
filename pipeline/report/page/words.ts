/** Numbers, days and times as a person reads them. */

import { MS_PER_DAY } from "../../day.ts";
import type { Measure } from "../measures.ts";

const grouped = new Intl.NumberFormat("en-GB");

/** `12,345`; with so many decimals. */
export function number(value: number, decimals = 0): string {
  return grouped.format(Number(value.toFixed(decimals))) === "-0"
    ? "0"
    : value.toLocaleString("en-GB", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
}

/** `7 h 12 min`. */
export function minutes(value: number): string {
  const whole = Math.round(value);
  const hours = Math.floor(whole / 60);
  return hours === 0 ? `${whole} min` : `${hours} h ${String(whole % 60).padStart(2, "0")} min`;
}

/** `23:45` of minutes from midnight; negative the evening before. */
export function clock(minutesFromMidnight: number): string {
  const whole = (Math.round(minutesFromMidnight) % 1440 + 1440) % 1440;
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${
    String(whole % 60).padStart(2, "0")
  }`;
}

/** `17:02:05` of an instant (ms) by a clock that far from UTC. */
export function timeOfDay(instant: number, offset_s: number): string {
  return new Date(instant + offset_s * 1000).toISOString().slice(11, 19);
}

/** A measure's value with its unit. */
export function valueText(value: number, { column, unit, shown }: Measure): string {
  if (column.endsWith("_local_min")) return clock(value);
  if (unit === "min") return minutes(value);
  return `${number(value, shown)}${unit === "" ? "" : unit === "%" ? " %" : ` ${unit}`}`;
}

const formats = {
  long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  short: { weekday: "short", day: "numeric", month: "short" },
  dated: { day: "numeric", month: "short", year: "numeric" },
  day: { day: "numeric", month: "long", year: "numeric" },
  month: { month: "long", year: "numeric" },
} as const;

/** A day (since 1970) in words. */
export function dayText(day: number, format: keyof typeof formats = "day"): string {
  return new Intl.DateTimeFormat("en-GB", { ...formats[format], timeZone: "UTC" })
    .format(new Date(day * MS_PER_DAY));
}

/** `1 October – 30 October 2026`. */
export function rangeText(first: number, last: number): string {
  return new Intl.DateTimeFormat("en-GB", { ...formats.day, timeZone: "UTC" })
    .formatRange(new Date(first * MS_PER_DAY), new Date(last * MS_PER_DAY));
}

const spellings: Readonly<Record<string, string>> = {
  spo2: "SpO2",
  vo2: "VO2",
  ecg: "ECG",
  rem: "REM",
};

/** `Heart rate` of `heart_rate`. */
export function spoken(name: string): string {
  const words = name.split("_").map((word) => spellings[word] ?? word).join(" ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** A CSV text of rows; nothing where there is no value. */
export function csv(
  head: readonly string[],
  rows: readonly (readonly (string | number | null | undefined)[])[],
): string {
  const cell = (value: string | number | null | undefined) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [head, ...rows].map((row) => row.map(cell).join(",") + "\n").join("");
}
