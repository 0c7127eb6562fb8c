/** Bytes that grow while they are written, and the whole numbers of variable length in them. */

/**
 * A byte buffer that grows. Hot loops call {@link reserve} once and then write to `bytes` and
 * `length` themselves.
 */
export class ByteWriter {
  bytes: Uint8Array<ArrayBuffer>;
  /** Bytes written so far. */
  length = 0;

  constructor(capacity = 1 << 16) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Forgets what was written and keeps the memory. */
  clear(): void {
    this.length = 0;
  }

  /** Makes room for that many more bytes. */
  reserve(extra: number): void {
    const needed = this.length + extra;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  uint32(value: number): void {
    this.reserve(4);
    for (let shift = 0; shift < 32; shift += 8) this.bytes[this.length++] = value >>> shift;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** An unsigned whole number below 2^53, seven bits a byte, lowest first (ULEB128). */
  varint(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.length++] = rest % 128 + 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length++] = rest;
  }

  /** A signed safe integer: 0, -1, 1, -2, ... are written as 0, 1, 2, 3, ... */
  zigzag(value: number): void {
    if (Math.abs(value) < 2 ** 52) return this.varint(value < 0 ? -2 * value - 1 : 2 * value);
    // Twice the value has more bits than a float64 keeps.
    let rest = value < 0 ? -2n * BigInt(value) - 1n : 2n * BigInt(value);
    for (; rest >= 128n; rest >>= 7n) this.byte(Number(rest & 127n) + 128);
    this.byte(Number(rest));
  }

  /** What was written, as a view that the next write may change. */
  view(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length);
  }

  /** What was written, as a copy that stays. */
  copy(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }
}
