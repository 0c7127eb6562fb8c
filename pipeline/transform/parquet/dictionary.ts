/** Dictionaries: the distinct values of a column, and its rows as codes into them. */

import type { StringColumn } from "../../columns.ts";

/** Codes in the order of first appearance, so that equal rows give equal bytes. */
export interface Dictionary<Entry> {
  readonly entries: Entry[];
  readonly codes: Int32Array;
}

const slots = 1024;
const slotOf = new Int32Array(slots);

/** The dictionary of the values, or undefined when more than `limit` (at most 256) are distinct. */
export function numberDictionary(
  values: Int32Array,
  limit: number,
): Dictionary<number> | undefined {
  // Open addressing: slotOf holds a code + 1; 0 is a free slot.
  slotOf.fill(0);
  const codes = new Int32Array(values.length);
  const entries: number[] = [];
  let previous: number | undefined;
  let code = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== previous) {
      let slot = Math.imul(value, 0x9e3779b1) >>> 22;
      while (slotOf[slot] !== 0 && entries[slotOf[slot]! - 1] !== value) slot = (slot + 1) % slots;
      if (slotOf[slot] === 0) {
        if (entries.length === limit) return undefined;
        slotOf[slot] = entries.push(value);
      }
      code = slotOf[slot]! - 1;
      previous = value;
    }
    codes[i] = code;
  }
  return { entries, codes };
}

/**
 * The dictionary of a text column without nulls, with the entries that occur, each once, whatever
 * order, surplus or repetition the column's own dictionary has.
 */
export function textDictionary(column: StringColumn): Dictionary<string> {
  const entries: string[] = [];
  const codeOfText = new Map<string, number>();
  const codeOf = new Int32Array(column.dictionary.length).fill(-1);
  const codes = new Int32Array(column.codes.length);
  for (let i = 0; i < codes.length; i++) {
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
