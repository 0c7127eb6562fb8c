/** A column chunk: one column of one row group, as its dictionary page (if any) and one data page. */

import type { ColumnSpec } from "../../catalog.ts";
import type { Column } from "../../columns.ts";
import { ByteWriter } from "./bytes.ts";
import { denseColumn, nullCount } from "./dense.ts";
import { textsOf } from "./dictionary.ts";
import {
  type Encoded,
  type NumberColumn,
  numberEncodings,
  plain,
  textEncodings,
} from "./encodings.ts";
import { hybridOf, runOf } from "./hybrid.ts";
import {
  codecId,
  type PageSizes,
  writeDataPageHeader,
  writeDictionaryPageHeader,
} from "./metadata.ts";
import { compressPage } from "./compress_page.ts";
import { type Bounds, numberBounds, textBounds } from "./statistics.ts";

/** A column chunk and what the footer says of it. */
export interface Chunk {
  readonly spec: ColumnSpec;
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

/** Fewer bytes grow under zstd. */
const worthCompressing = 64;

/** Of a longer column so many rows decide which encoding is the smallest, which saves writing all of them. */
const trialRows = 1024;

/** The chunk of a checked column, in the encoding that makes it smallest. */
export function encodeChunk(spec: ColumnSpec, column: Column): Chunk {
  const rows = (column.type === "string" ? column.codes : column.values).length;
  const nulls = nullCount(column);
  // A nullable column has definition levels even where no value is null.
  const levels = spec.nullable ? definitionLevels(rows, nulls, column.valid) : noLevels;
  const { encodings, bounds } = nulls === rows ? nothing : encodingsOf(denseColumn(column, nulls));
  return { spec, ...smallestPages(encodings, rows, levels), rows, nulls, bounds };
}

function smallestPages(encodings: Iterable<Encoded>, rows: number, levels: Uint8Array) {
  return Array.from(encodings, (encoded) => writePages(encoded, rows, levels))
    .reduce((a, b) => (b.bytes.length < a.bytes.length ? b : a));
}

interface Encodings {
  readonly encodings: Iterable<Encoded>;
  readonly bounds: Bounds | undefined;
}

/** No row, or only nulls. */
const nothing: Encodings = { encodings: [plain(() => {})], bounds: undefined };

function encodingsOf(dense: Column): Encodings {
  if (dense.type !== "string") {
    return { encodings: numberEncodings(dense, favourite(dense)), bounds: numberBounds(dense) };
  }
  const texts = textsOf(dense);
  return { encodings: textEncodings(texts), bounds: textBounds(texts.entries) };
}

/** The encoding that makes the beginning of a column smallest, where there is a choice and it is long. */
function favourite({ type, values }: NumberColumn): number | undefined {
  if ((type !== "int32" && type !== "date") || values.length <= trialRows) return undefined;
  const trials = Array.from(numberEncodings({ type, values: values.subarray(0, trialRows) }));
  if (trials.length === 1) return undefined;
  // A dictionary takes the same few bytes however long the column is.
  const dataOnly = trials.map(({ encoding, values }) => ({ encoding, values }));
  return smallestPages(dataOnly, trialRows, noLevels).encoding;
}

const noLevels = new Uint8Array();

/** Which rows hold a value, as they stand before the values: their own length first. */
function definitionLevels(
  rows: number,
  nulls: number,
  valid: Uint8Array | undefined,
): Uint8Array {
  const hybrid = valid === undefined || nulls === 0 || nulls === rows
    ? runOf(nulls === rows ? 0 : 1, rows)
    : hybridOf(Int32Array.from(valid, (flag) => +(flag !== 0)), 1);
  const levels = new ByteWriter(hybrid.length + 4);
  levels.uint32(hybrid.length);
  levels.raw(hybrid);
  return levels.copy();
}

function writePages({ encoding, values, dictionary }: Encoded, rows: number, levels: Uint8Array) {
  const data = new Uint8Array(levels.length + values.length);
  data.set(levels);
  data.set(values, levels.length);
  // One codec holds for both pages.
  const isPacked = data.length + (dictionary?.entries.length ?? 0) >= worthCompressing;
  const out = new ByteWriter(1024);
  let saved = 0;
  const writePage = (body: Uint8Array<ArrayBuffer>, writeHeader: (sizes: PageSizes) => void) => {
    const stored = isPacked ? compressPage(body) : body;
    writeHeader({ plain: body.length, stored: stored.length });
    out.raw(stored);
    saved += body.length - stored.length;
  };
  if (dictionary !== undefined) {
    writePage(
      dictionary.entries,
      (sizes) => writeDictionaryPageHeader(out, sizes, dictionary.size),
    );
  }
  const dataPageAt = out.length;
  writePage(data, (sizes) => writeDataPageHeader(out, sizes, rows, encoding));
  return {
    bytes: out.view(),
    dataPageAt,
    encoding,
    codec: isPacked ? codecId.zstd : codecId.uncompressed,
    uncompressedSize: out.length + saved,
  };
}
