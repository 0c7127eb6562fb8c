/**
 * Where several recorders measured the same quantity, one supplies the rows of a civil day: never a
 * mixture, so that nothing is counted twice.
 */

import { dayOfNumber } from "../day.ts";
import type { Flattened } from "../sources/source.ts";
import { counted } from "../terminal/counted.ts";

/** The rows of one document that are of the days asked for, each with its civil day. */
export interface DayRows {
  readonly document: Flattened;
  /** Undefined for all rows. */
  readonly rows: ArrayLike<number> | undefined;
  /** Days since 1970-01-01 of a row's civil day. */
  readonly dayOf: (row: number) => number;
}

/** What is left of the documents' rows. */
export interface ChosenRows {
  readonly chosen: readonly DayRows[];
  /** How many rows were left out. */
  readonly leftOut: number;
  /** Which recorder was kept over which, a line for each that was left out of a day. */
  readonly notes: readonly string[];
}

/** What a recorder has of a day. */
interface Share {
  readonly name: string;
  readonly mirror: boolean;
  rows: number;
}

/**
 * Keeps one recorder a day: a device before a mirror of another service, then the one with most
 * rows, then by name. Rows of documents that name no recorder are all kept.
 */
export function chooseRecorders(inside: readonly DayRows[]): ChosenRows {
  const names = new Set(inside.flatMap(({ document }) => document.recorders?.names ?? []));
  if (names.size < 2) return { chosen: inside, leftOut: 0, notes: [] };

  const days = new Map<number, Map<string, Share>>();
  for (const dayRows of inside) {
    const { recorders } = dayRows.document;
    if (recorders === undefined) continue;
    for (const row of eachRow(dayRows)) {
      const shares = entry(days, dayRows.dayOf(row), () => new Map<string, Share>());
      const code = recorders.codes[row]!;
      const name = recorders.names[code]!;
      entry(shares, name, () => ({ name, mirror: recorders.mirrors[code] === true, rows: 0 }))
        .rows++;
    }
  }
  const kept = new Map<number, string>();
  const notes: string[] = [];
  let leftOut = 0;
  for (const [day, shares] of Array.from(days).sort(([a], [b]) => a - b)) {
    const [best, ...others] = Array.from(shares.values()).sort(preference);
    if (best === undefined) continue;
    kept.set(day, best.name);
    for (const { name, rows } of others) {
      leftOut += rows;
      const out = `${counted(rows, "row")} of "${name}" left out`;
      notes.push(`${dayOfNumber(day)}: ${out}, "${best.name}" kept`);
    }
  }
  return {
    chosen: inside.map((dayRows) => ({ ...dayRows, rows: rowsKept(dayRows, kept) })),
    leftOut,
    notes,
  };
}

function preference(a: Share, b: Share): number {
  return Number(a.mirror) - Number(b.mirror) || b.rows - a.rows || (a.name < b.name ? -1 : 1);
}

function rowsKept(
  dayRows: DayRows,
  kept: ReadonlyMap<number, string>,
): ArrayLike<number> | undefined {
  const { recorders } = dayRows.document;
  if (recorders === undefined) return dayRows.rows;
  return Array.from(eachRow(dayRows)).filter((row) =>
    kept.get(dayRows.dayOf(row)) === recorders.names[recorders.codes[row]!]
  );
}

function* eachRow({ document, rows }: DayRows): Generator<number> {
  const count = rows?.length ?? document.columns.rows;
  for (let i = 0; i < count; i++) yield rows === undefined ? i : rows[i]!;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, value = make());
  return value;
}
