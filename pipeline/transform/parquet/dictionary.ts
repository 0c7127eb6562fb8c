/** Dictionaries: the distinct values of a column, and its rows as codes into them. */

import type { StringColumn } from "../../columns.ts";

/** Codes in the order of first appearance, so that equal rows give equal bytes. */
export interface Dictionary<Entry> {
  readonly entries: Entry[];
  readonly codes: Int32Array;
}

/** A hash table of open addressing, at most a quarter full. */
const slots = 1024;
const slotValue = new Int32Array(slots);
/** The value's code + 1; 0 where the slot is free. */
const slotCode = new Int32Array(slots);

/** The dictionary of the values, or undefined when more than `limit` (at most 256) are distinct. */
export function numberDictionary(
  values: Int32Array,
  limit: number,
): Dictionary<number> | undefined {
  slotCode.fill(0);
  const codes = new Int32Array(values.length);
  const entries: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Neighbouring numbers, which are the common case, meet no other's slot.
    let slot = value & (slots - 1);
    while (slotCode[slot] !== 0 && slotValue[slot] !== value) slot = (slot + 1) % slots;
    if (slotCode[slot] === 0) {
      if (entries.length === limit) return undefined;
      slotCode[slot] = entries.push(value);
      slotValue[slot] = value;
    }
    codes[i] = slotCode[slot]! - 1;
  }
  return { entries, codes };
}

/**
 * The dictionary of a text column without nulls, with the entries that occur, each once, whatever
 * order, surplus or repetition the column's own dictionary has.
 */
export function textDictionary(column: StringColumn): Dictionary<string> {
  const { length } = column.codes;
  if (length > 0 && column.dictionary.length === 1) {
    return { entries: [...column.dictionary], codes: new Int32Array(length) };
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
