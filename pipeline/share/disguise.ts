/** Rows as they may be shared: on the wearer's own clock, their dates moved, texts by their rules. Pure. */

import type { ColumnSpec, TableSpec } from "../catalog.ts";
import type { Column, Columns, StringColumn } from "../columns.ts";
import { MS_PER_DAY } from "../day.ts";
import { columnNamed, comparison, join, sortKeys } from "../transform/column_rows.ts";
import { otherWord, textRule } from "./vocabulary.ts";

export interface Disguise {
  /** Added to every date and time. */
  readonly shift_days: number;
  /** The number given to an id of that column; the same each time it comes. */
  readonly numberOf: (column: string, id: string) => number;
}

/**
 * The rows, sorted by the table's key. Times are what the wearer's clock showed, as if it were UTC, and
 * the offset is 0: it would tell where somebody lives. The nights the clocks change still show, by an
 * hour that comes twice or not at all: what the clock showed, and how long it lasted, are both kept.
 */
export function disguised(table: TableSpec, columns: Columns, disguise: Disguise): Columns {
  const changed = Object.fromEntries(
    table.columns.map((spec) => [spec.name, disguisedColumn(spec, columns, disguise)]),
  );
  return sorted(table, { rows: columns.rows, columns: changed });
}

function disguisedColumn(spec: ColumnSpec, columns: Columns, disguise: Disguise): Column {
  const { name, type } = spec;
  if (type === "timestamp_ms") {
    const column = columnNamed(columns, name, type);
    const offset_s = offsetsFor(name, columns);
    const shift_ms = disguise.shift_days * MS_PER_DAY;
    return {
      ...column,
      values: column.values.map((time, row) => time + (offset_s[row] ?? 0) * 1000 + shift_ms),
    };
  }
  if (type === "date") {
    const column = columnNamed(columns, name, type);
    return { ...column, values: column.values.map((day) => day + disguise.shift_days) };
  }
  if (type === "string") return disguisedText(spec, columnNamed(columns, name, type), disguise);
  if (type === "int32" && isOffset(name)) {
    const column = columnNamed(columns, name, type);
    return { ...column, values: new Int32Array(columns.rows) };
  }
  return columnNamed(columns, name, type);
}

/** Whether a column says how far the wearer's clock was from UTC. */
export function isOffset(column: string): boolean {
  return column.endsWith("utc_offset_s");
}

/** `end_time` has an offset of its own where `end_utc_offset_s` is there; else that of the row. */
function offsetsFor(time: string, columns: Columns): Int32Array {
  const own = time.replace(/time$/, "utc_offset_s");
  return columnNamed(columns, own in columns.columns ? own : "utc_offset_s", "int32").values;
}

function disguisedText(spec: ColumnSpec, column: StringColumn, disguise: Disguise): StringColumn {
  const rule = textRule(spec.name);
  if (rule === "drop") {
    const { length } = column.codes;
    const nothing: StringColumn = {
      type: "string",
      dictionary: [""],
      codes: new Int32Array(length),
    };
    return spec.nullable ? { ...nothing, valid: new Uint8Array(length) } : nothing;
  }
  const text = (value: string) => {
    if (rule === "number") return String(disguise.numberOf(spec.name, value));
    return rule.test(value) ? value : otherWord;
  };
  // Only what some row still says: a dictionary may hold more.
  const texts = new Map<number, string>();
  const { valid } = column;
  for (const [row, code] of column.codes.entries()) {
    if (valid?.[row] === 0 || texts.has(code)) continue;
    texts.set(code, text(column.dictionary[code] ?? ""));
  }
  const dictionary = Array.from(new Set(["", ...texts.values()]));
  const codeOf = new Map(dictionary.map((word, code) => [word, code]));
  return {
    ...column,
    dictionary,
    codes: column.codes.map((code) => codeOf.get(texts.get(code) ?? "") ?? 0),
  };
}

function sorted(table: TableSpec, columns: Columns): Columns {
  const keys = table.key.map((name) => {
    const column = columns.columns[name];
    if (column === undefined) throw new RangeError(`Cannot find the key "${name}"`);
    return sortKeys(column);
  });
  const rows = Uint32Array.from({ length: columns.rows }, (_, row) => row).sort(comparison(keys));
  return join([{ columns, rows }], table.columns);
}
