/** The careful reader of records: every field checked, what is wrong named with its place. */

import { arrayAt, countUnknown, isObject, type UnknownFields, unreadable } from "./document.ts";
import {
  expectations,
  type ObjectShape,
  type RecordShape,
  type ValueShape,
} from "./record_shape.ts";
import { readValue } from "./read_value.ts";
import type { ColumnBuffer, RowRange } from "./column_buffer.ts";

/** Where a record lies: for messages with its number, for counting without. */
interface Place {
  readonly exact: string;
  readonly general: string;
}

/**
 * Reads a list of records into rows. A required value that is missing or mistyped throws a
 * DocumentError that names it; any other value that is not as the shape says is counted as unknown.
 * @param place Where the list lies, for messages (`pages[2].dataPoints`).
 * @param general The same without numbers, for counting (`dataPoints`).
 */
export function readRecords(
  list: unknown,
  shape: RecordShape,
  place: string,
  general: string,
  into: ColumnBuffer,
  unknown: UnknownFields,
): RowRange {
  const first = into.rows;
  arrayAt(list, place === "" ? "the document" : place).forEach((record, index) => {
    into.reserve(1);
    for (const column of into.columns) column[into.rows] = NaN;
    const at = { exact: `${place}[${index}]`, general: `${general}[]` };
    readObject(record, shape.record, at, into, unknown);
    into.rows++;
  });
  return { first, end: into.rows };
}

function readObject(
  value: unknown,
  shape: ObjectShape,
  place: Place,
  into: ColumnBuffer,
  unknown: UnknownFields,
): void {
  if (!isObject(value)) {
    if (shape.required) throw unreadable(place.exact, "an object", value);
    return countUnknown(unknown, place.general);
  }
  for (const key of Object.keys(value)) {
    if (!shape.members.has(key)) countUnknown(unknown, `${place.general}.${key}`);
  }
  for (const [key, inner] of shape.members) {
    const at = { exact: `${place.exact}.${key}`, general: `${place.general}.${key}` };
    const found = Object.hasOwn(value, key) ? value[key] : undefined;
    if (found === undefined && !inner.required) continue;
    if (inner.kind === "object") readObject(found, inner, at, into, unknown);
    else readMember(found, inner, at, into, unknown);
  }
}

function readMember(
  value: unknown,
  shape: ValueShape,
  place: Place,
  into: ColumnBuffer,
  unknown: UnknownFields,
): void {
  const number = readValue(value, shape);
  if (number === undefined) {
    if (shape.required) throw unreadable(place.exact, expectationOf(shape), value);
    countUnknown(unknown, place.general);
    return;
  }
  const column = shape.column === undefined ? undefined : into.columns[shape.column];
  if (column !== undefined) column[into.rows] = number;
}

function expectationOf({ writing, min, max }: ValueShape): string {
  const expected = expectations[writing];
  const isNumber = writing === "whole" || writing === "decimal";
  return isNumber ? `${expected} from ${min} to ${max}` : expected;
}
