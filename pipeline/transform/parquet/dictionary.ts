/**
 * Dictionaries: the distinct values of a column in the order of their first appearance, so that equal
 * rows give equal bytes, and its rows as codes into them.
 */

import type { StringColumn } from "../../columns.ts";
import { writeDictionary } from "../../kernels/kernels.wasm";
import { int32At, Workspace } from "../../kernels/memory.ts";
import { extentOf } from "../../kernels/numbers.ts";
import { bitWidth, hybridAt, hybridOf, runOf } from "./hybrid.ts";

/** A dictionary with the codes of all rows written. */
export interface Dictionary<Entry> {
  readonly entries: Entry[];
  /** How many bits a code takes. */
  readonly width: number;
  /** The codes as {@link hybridOf} writes them; where the kernels work: to be copied. */
  readonly packed: Uint8Array;
}

/** The texts of a column, each once, and the rows' codes into them. */
export interface Texts {
  readonly entries: string[];
  readonly codes: Int32Array;
}

/** The dictionary of the values, or undefined when more than `limit` (at most 256) are distinct. */
export function numberDictionary(
  values: Int32Array,
  limit: number,
): Dictionary<number> | undefined {
  const { length } = values;
  const { min, max } = extentOf(values);
  if (min === max) return { entries: [min], width: bitWidth(0), packed: runOf(0, length) };
  const workspace = new Workspace();
  const valuesAt = workspace.hold(values);
  const codesAt = workspace.room(length * 4);
  const entriesAt = workspace.room(limit * 4);
  const count = writeDictionary(valuesAt, length, limit, codesAt, entriesAt);
  if (count < 0) return undefined;
  const entries = Array.from(int32At(entriesAt, count));
  const width = bitWidth(count - 1);
  return { entries, width, packed: hybridAt(workspace, codesAt, length, width) };
}

/** The dictionary of those texts. */
export function textDictionary({ entries, codes }: Texts): Dictionary<string> {
  const width = bitWidth(entries.length - 1);
  const packed = entries.length === 1 ? runOf(0, codes.length) : hybridOf(codes, width);
  return { entries, width, packed };
}

/**
 * The texts that occur in a column without nulls, whatever order, surplus or repetition the column's
 * own dictionary has.
 */
export function textsOf(column: StringColumn): Texts {
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
