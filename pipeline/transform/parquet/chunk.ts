/** A column chunk: one column of one row group, as its dictionary page (if any) and one data page. */

import { constants, zstdCompressSync } from "node:zlib";
import type { ColumnSpec } from "../../catalog.ts";
import type { Column } from "../../columns.ts";
import { ByteWriter } from "./bytes.ts";
import { denseColumn, nullCount } from "./dense.ts";
import { textDictionary } from "./dictionary.ts";
import { type Encoded, numberEncodings, plain, textEncodings } from "./encodings.ts";
import { writeHybrid } from "./hybrid.ts";
import { codecId, dataPageHeader, dictionaryPageHeader } from "./metadata.ts";
import { type Bounds, numberBounds, textBounds } from "./statistics.ts";
import { writeThrift } from "./thrift.ts";

/** A column chunk and what the footer says of it. */
export interface Chunk {
  /** The pages with their headers. */
  readonly bytes: Uint8Array;
  /** Where the data page begins: at 0, or after the dictionary page. */
  readonly dataPageAt: number;
  readonly encoding: number;
  readonly codec: number;
  /** What `bytes.length` would be, had nothing been compressed. */
  readonly uncompressedSize: number;
  /** Rows, nulls included. */
  readonly rows: number;
  readonly nulls: number;
  readonly bounds: Bounds | undefined;
}

/** Shorter pages grow under zstd. */
const worthCompressing = 64;

/** Higher levels save 2 % and take two to five times as long. */
const zstdOptions = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/**
 * The chunk of a checked column, in the encoding that makes it smallest.
 * @param nullable What the schema says; such a column has definition levels even without a null.
 */
export function encodeChunk(spec: ColumnSpec, column: Column): Chunk {
  const rows = (column.type === "string" ? column.codes : column.values).length;
  const nulls = nullCount(column);
  const levels = spec.nullable
    ? definitionLevels(column.valid ?? new Uint8Array(rows).fill(1))
    : noLevels;
  const { encodings, bounds } = nulls === rows ? nothing : encodingsOf(denseColumn(column, nulls));
  const pages = Array.from(encodings, (encoded) => writePages(encoded, rows, levels));
  const smallest = pages.reduce((a, b) => (b.bytes.length < a.bytes.length ? b : a));
  return { ...smallest, rows, nulls, bounds };
}

interface Encodings {
  readonly encodings: Iterable<Encoded>;
  readonly bounds: Bounds | undefined;
}

/** No row, or only nulls. */
const nothing: Encodings = { encodings: [plain(() => {})], bounds: undefined };

function encodingsOf(dense: Column): Encodings {
  if (dense.type !== "string") {
    return { encodings: numberEncodings(dense), bounds: numberBounds(dense) };
  }
  const dictionary = textDictionary(dense);
  return { encodings: textEncodings(dictionary), bounds: textBounds(dictionary.entries) };
}

const noLevels = new Uint8Array();

/** Which rows hold a value, as they stand before the values: their own length first. */
function definitionLevels(valid: Uint8Array): Uint8Array {
  const hybrid = new ByteWriter(256);
  writeHybrid(hybrid, valid, 1);
  const levels = new ByteWriter(hybrid.length + 4);
  levels.uint32(hybrid.length);
  levels.raw(hybrid.view());
  return levels.copy();
}

type Pages = Omit<Chunk, "rows" | "nulls" | "bounds">;

function writePages(
  { encoding, values, dictionary }: Encoded,
  rows: number,
  levels: Uint8Array,
): Pages {
  const data = new Uint8Array(levels.length + values.length);
  data.set(levels);
  data.set(values, levels.length);
  const bodies = dictionary === undefined ? [data] : [dictionary.entries, data];
  // One codec holds for all pages of a chunk.
  const packed = total(bodies) < worthCompressing ? bodies : bodies.map(compress);
  const isPacked = total(packed) < total(bodies);
  const stored = isPacked ? packed : bodies;
  const sizes = stored.map((body, i) => ({ plain: bodies[i]!.length, stored: body.length }));

  const out = new ByteWriter(total(stored) + 64);
  if (dictionary !== undefined) {
    writeThrift(out, dictionaryPageHeader(sizes[0]!, dictionary.size));
    out.raw(stored[0]!);
  }
  const dataPageAt = out.length;
  writeThrift(out, dataPageHeader(sizes.at(-1)!, rows, encoding));
  out.raw(stored.at(-1)!);
  return {
    bytes: out.view(),
    dataPageAt,
    encoding,
    codec: isPacked ? codecId.zstd : codecId.uncompressed,
    uncompressedSize: out.length - total(stored) + total(bodies),
  };
}

function compress(body: Uint8Array<ArrayBuffer>): Uint8Array {
  return zstdCompressSync(body, zstdOptions);
}

function total(bodies: readonly Uint8Array[]): number {
  return bodies.reduce((sum, body) => sum + body.length, 0);
}
