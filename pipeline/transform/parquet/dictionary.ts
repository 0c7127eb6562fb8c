/** Dictionaries: the distinct values of a column, and its rows as codes into them. */

import type { StringColumn } from "../../columns.ts";
import { writeDictionary } from "../../kernels/kernels.wasm";
import { int32At, Workspace } from "../../kernels/memory.ts";

/** Codes in the order of first appearance, so that equal rows give equal bytes. */
export interface Dictionary<Entry> {
  readonly entries: Entry[];
  readonly codes: Int32Array;
}

/** The dictionary of the values, or undefined when more than `limit` (at most 256) are distinct. */
export function numberDictionary(
  values: Int32Array,
  limit: number,
): Dictionary<number> | undefined {
  const { length } = values;
  const workspace = new Workspace();
  const valuesAt = workspace.hold(values);
  const codesAt = workspace.room(length * 4);
  const entriesAt = workspace.room(limit * 4);
  const count = writeDictionary(valuesAt, length, limit, codesAt, entriesAt);
  if (count < 0) return undefined;
  return {
    entries: Array.from(int32At(entriesAt, count)),
    codes: new Int32Array(int32At(codesAt, length)),
  };
}

/**
 * The dictionary of a text column without nulls, with the entries that occur, each once, whatever
 * order, surplus or repetition the column's own dictionary has.
 */
export function textDictionary(column: StringColumn): Dictionary<string> {
  const { length } = column.codes;
  if (length > 0 && column.dictionary.length === 1) {
    return { entries: [...column.dictionary], codes: column.codes };
  }
  const entries: string[] = [];
  const codeOfText = new Map<string, number>();
  const codeOf = new Int32Array(column.dictionary.length).fill(-1);
  const codes = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    const given = column.codes[i]!;
    if (codeOf[given] === -1) {
      const entry = column.dictionary[given]!;
      let code = codeOfText.get(entry);
      if (code === undefined) {
        code = entries.push(entry) - 1;
        codeOfText.set(entry, code);
      }
      codeOf[given] = code;
    }
    codes[i] = codeOf[given]!;
  }
  return { entries, codes };
}
