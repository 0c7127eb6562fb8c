/** Entries about an exercise: how their values are read. */

import { unreadable } from "../json/document.ts";
import type { CellValue } from "../records/columns_builder.ts";
import { type Reading, text, valueAt } from "../records/readings.ts";

/** An entry, and where it stands. */
export interface Entry {
  readonly record: unknown;
  readonly place: string;
}

/** The value at a path of an entry; undefined when it is absent. */
export function read({ record, place }: Entry, path: string, reading: Reading): CellValue {
  const value = valueAt(record, path);
  return value === undefined || value === null ? undefined : reading(value, `${place}.${path}`);
}

/** The same; throws a DocumentError when it is absent. */
export function demand(entry: Entry, path: string, reading: Reading): CellValue {
  const value = read(entry, path, reading);
  if (value !== undefined) return value;
  throw unreadable(`${entry.place}.${path}`, "a value", undefined);
}

/** A number times a factor; undefined where either is. */
export function times(value: CellValue, factor: number | undefined): number | undefined {
  return typeof value === "number" && factor !== undefined ? value * factor : undefined;
}

/** A number over a divisor; undefined where either is. */
export function over(value: CellValue, divisor: number | undefined): number | undefined {
  return typeof value === "number" && divisor !== undefined ? value / divisor : undefined;
}

/** `Outdoor Bike` as the tables spell it: `outdoor_bike`. */
export const kindWord: Reading = (value, place) =>
  String(text(value, place)).trim().toLowerCase().replace(/\s+/g, "_");
