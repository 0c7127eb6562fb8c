/**
 * Thrift's compact protocol, the encoding of Parquet's footer and page headers: only what they use.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */

import type { ByteWriter } from "./bytes.ts";

const utf8 = new TextEncoder();

/** Type codes of the compact protocol; the code of a boolean field is its value. */
const codes = {
  true: 1,
  false: 2,
  i8: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  binary: 8,
  list: 9,
  struct: 12,
} as const;

/**
 * A struct as it is written, field by field, in ascending order of their ids, which Parquet never lets
 * jump by more than the 15 that the short form holds; {@link end} has to be called in the end.
 */
export class StructWriter {
  #last = 0;

  constructor(private readonly out: ByteWriter) {}

  bool(id: number, value: boolean): void {
    this.#begin(id, value ? codes.true : codes.false);
  }

  i8(id: number, value: number): void {
    this.#begin(id, codes.i8);
    this.out.byte(value);
  }

  i16(id: number, value: number): void {
    this.#begin(id, codes.i16);
    this.out.zigzag(value);
  }

  i32(id: number, value: number): void {
    this.#begin(id, codes.i32);
    this.out.zigzag(value);
  }

  i64(id: number, value: number): void {
    this.#begin(id, codes.i64);
    this.out.zigzag(value);
  }

  binary(id: number, value: Uint8Array): void {
    this.#begin(id, codes.binary);
    writeBinary(this.out, value);
  }

  text(id: number, value: string): void {
    this.binary(id, utf8.encode(value));
  }

  /** A struct within, to be written and ended before the next field. */
  struct(id: number): StructWriter {
    this.#begin(id, codes.struct);
    return new StructWriter(this.out);
  }

  i32s(id: number, values: readonly number[]): void {
    this.#list(id, codes.i32, values.length);
    for (const value of values) this.out.zigzag(value);
  }

  texts(id: number, values: readonly string[]): void {
    this.#list(id, codes.binary, values.length);
    for (const value of values) writeBinary(this.out, utf8.encode(value));
  }

  /** A list of structs; `write` writes the fields of one. */
  structs<Item>(
    id: number,
    items: readonly Item[],
    write: (struct: StructWriter, item: Item, index: number) => void,
  ): void {
    this.#list(id, codes.struct, items.length);
    items.forEach((item, index) => {
      const struct = new StructWriter(this.out);
      write(struct, item, index);
      struct.end();
    });
  }

  /** The stop byte. */
  end(): void {
    this.out.byte(0);
  }

  #begin(id: number, code: number): void {
    this.out.byte((id - this.#last) << 4 | code);
    this.#last = id;
  }

  #list(id: number, of: number, length: number): void {
    this.#begin(id, codes.list);
    if (length < 15) return this.out.byte(length << 4 | of);
    this.out.byte(0xf0 | of);
    this.out.varint(length);
  }
}

function writeBinary(out: ByteWriter, value: Uint8Array): void {
  out.varint(value.length);
  out.raw(value);
}
