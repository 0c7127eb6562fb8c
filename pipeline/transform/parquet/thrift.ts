/**
 * Thrift's compact protocol, the encoding of Parquet's footer and page headers: only what they use.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */

import type { ByteWriter } from "./bytes.ts";

/** A value with its Thrift type. */
export type Value =
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "i8" | "i16" | "i32" | "i64"; readonly value: number }
  | { readonly type: "binary"; readonly value: Uint8Array }
  | { readonly type: "list"; readonly of: "i32" | "binary" | "struct"; readonly items: Value[] }
  | { readonly type: "struct"; readonly fields: Field[] };

/** A field of a struct: its id in the definition and its value; undefined fields are left out. */
export type Field = readonly [id: number, value: Value | undefined];

const utf8 = new TextEncoder();

export const bool = (value: boolean): Value => ({ type: "bool", value });
export const i8 = (value: number): Value => ({ type: "i8", value });
export const i16 = (value: number): Value => ({ type: "i16", value });
export const i32 = (value: number): Value => ({ type: "i32", value });
export const i64 = (value: number): Value => ({ type: "i64", value });
export const binary = (value: Uint8Array): Value => ({ type: "binary", value });
export const text = (value: string): Value => binary(utf8.encode(value));
/** The fields in ascending order of their ids. */
export const struct = (...fields: Field[]): Value => ({ type: "struct", fields });
export const list = (of: "i32" | "binary" | "struct", items: Value[]): Value => ({
  type: "list",
  of,
  items,
});

/** Type codes of the compact protocol; a boolean field's code is its value (1 true, 2 false). */
const codes = { bool: 1, i8: 3, i16: 4, i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;

/** Appends a value. A struct ends with its stop byte. */
export function writeThrift(out: ByteWriter, value: Value): void {
  switch (value.type) {
    case "bool":
      // As a field its value is in the field's header; nothing of ours holds it elsewhere.
      return;
    case "i8":
      return out.byte(value.value);
    case "i16":
    case "i32":
    case "i64":
      return out.zigzag(value.value);
    case "binary":
      out.varint(value.value.length);
      return out.raw(value.value);
    case "list":
      return writeList(out, value.of, value.items);
    case "struct":
      return writeStruct(out, value.fields);
  }
}

function writeList(out: ByteWriter, of: "i32" | "binary" | "struct", items: Value[]): void {
  if (items.length < 15) out.byte(items.length << 4 | codes[of]);
  else {
    out.byte(0xf0 | codes[of]);
    out.varint(items.length);
  }
  for (const item of items) writeThrift(out, item);
}

function writeStruct(out: ByteWriter, fields: Field[]): void {
  let last = 0;
  for (const [id, value] of fields) {
    if (value === undefined) continue;
    const code = value.type === "bool" && !value.value ? 2 : codes[value.type];
    // Parquet's field ids never jump by more than 15, which is all that the short form holds.
    out.byte((id - last) << 4 | code);
    writeThrift(out, value);
    last = id;
  }
  out.byte(0);
}
