/** The ways to write the values of a column, for {@link encodeChunk} to pick the smallest. */

import type { Column, StringColumn } from "../../columns.ts";
import { ByteWriter } from "./bytes.ts";
import { deltaPacked } from "./delta.ts";
import { type Dictionary, numberDictionary, textDictionary, type Texts } from "./dictionary.ts";
import { encodingId } from "./metadata.ts";
import { writeBooleans, writeDoubles, writeInt32s, writeInt64s, writeTexts } from "./plain.ts";

/** The values of a column chunk, written in one way. */
export interface Encoded {
  readonly encoding: number;
  readonly values: Uint8Array<ArrayBuffer>;
  /** Where the values are codes: what they stand for. */
  readonly dictionary?: { readonly size: number; readonly entries: Uint8Array<ArrayBuffer> };
}

/** A column of numbers, flags or times, without nulls. */
export type NumberColumn = Exclude<Column, StringColumn>;

/** Codes of so few distinct numbers are small whatever the numbers do: nothing else is tried. */
const fewNumbers = 16;
/** With more distinct numbers a dictionary is not tried. */
const manyNumbers = 256;
/** With more distinct texts a dictionary is not tried: codes have 16 bits at most. */
const manyTexts = 65_536;

const scratch = new ByteWriter();

/**
 * The encodings worth trying for these values, at least one.
 * @param only The id of one, where several could be tried: then that alone, if it is possible.
 */
export function* numberEncodings(column: NumberColumn, only?: number): Generator<Encoded> {
  switch (column.type) {
    case "timestamp_ms":
      yield delta(column.values, 2 ** 52) ?? plain((out) => writeInt64s(out, column.values));
      return;
    case "float64":
      return yield plain((out) => writeDoubles(out, column.values));
    case "boolean":
      return yield plain((out) => writeBooleans(out, column.values));
    case "int32":
    case "date": {
      const packedOnly = only === encodingId.delta ? delta(column.values, 2 ** 31) : undefined;
      if (packedOnly !== undefined) return yield packedOnly;
      const dictionary = numberDictionary(column.values, manyNumbers);
      if (dictionary !== undefined) yield coded(dictionary, writeInt32s);
      const isEnough = only === encodingId.dictionary ||
        (dictionary?.entries.length ?? 0) <= fewNumbers;
      if (dictionary !== undefined && isEnough) return;
      const packed = delta(column.values, 2 ** 31);
      if (packed !== undefined) yield packed;
      if (dictionary === undefined) yield plain((out) => writeInt32s(out, column.values));
    }
  }
}

/** The encodings worth trying for text, at least one. */
export function* textEncodings(texts: Texts): Generator<Encoded> {
  const { entries, codes } = texts;
  if (entries.length <= manyTexts) return yield coded(textDictionary(texts), writeTexts);
  yield plain((out) => writeTexts(out, Array.from(codes, (code) => entries[code]!)));
}

/** PLAIN. */
export function plain(write: (out: ByteWriter) => void): Encoded {
  return { encoding: encodingId.plain, values: bytesOf(write) };
}

function delta(values: Int32Array | Float64Array, limit: number): Encoded | undefined {
  const bytes = deltaPacked(values, limit);
  return bytes && { encoding: encodingId.delta, values: bytes };
}

function coded<Entry>(
  { entries, width, packed }: Dictionary<Entry>,
  write: (out: ByteWriter, entries: Entry[]) => void,
): Encoded {
  return {
    encoding: encodingId.dictionary,
    values: bytesOf((out) => {
      out.byte(width);
      out.raw(packed);
    }),
    dictionary: { size: entries.length, entries: bytesOf((out) => write(out, entries)) },
  };
}

/** What is written, copied out of memory that is used again. */
function bytesOf(write: (out: ByteWriter) => void): Uint8Array<ArrayBuffer> {
  scratch.clear();
  write(scratch);
  return scratch.copy();
}
