import assert from "node:assert/strict";
import fc from "fast-check";
import { deltaPacked } from "../../../pipeline/transform/parquet/delta.ts";

/** The values by the letter of the format, every number a bigint; and the widths (bits) that occur. */
function unpacked(bytes: Uint8Array): { values: number[]; widths: Set<number> } {
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n;; shift += 7n) {
      const byte = BigInt(bytes[at++]!);
      value |= (byte & 127n) << shift;
      if (byte < 128n) return value;
    }
  };
  const zigzag = () => {
    const value = varint();
    return value & 1n ? -(value >> 1n) - 1n : value >> 1n;
  };
  const [blockRows, miniblocks, rows] = [varint(), Number(varint()), Number(varint())];
  const miniblockRows = Number(blockRows) / miniblocks;
  const values = [zigzag()];
  const widths = new Set<number>();
  while (values.length < rows) {
    const least = zigzag();
    const ofBlock = bytes.subarray(at, at += miniblocks);
    for (const width of ofBlock) {
      if (values.length >= rows) break;
      widths.add(width);
      const packed = bytes.subarray(at, at += width / 8 * miniblockRows);
      for (let i = 0; i < miniblockRows; i++) {
        const own = packed.subarray(i * width / 8, (i + 1) * width / 8);
        const more = own.reduceRight((sum, byte) => sum << 8n | BigInt(byte), 0n);
        if (values.length < rows) values.push(values.at(-1)! + least + more);
        else assert.equal(more, 0n, "padded with zeros");
      }
    }
  }
  assert.equal(at, bytes.length);
  return { values: values.map(Number), widths };
}

/** Steps of any size up to so many bits, the sizes mixed. */
const steps = (mostBits: number) =>
  fc.array(
    fc.tuple(fc.integer({ min: 0, max: mostBits }), fc.double({ min: -1, max: 1, noNaN: true })),
    { maxLength: 300 },
  ).map((list) => list.map(([bits, part]) => Math.trunc(part * 2 ** bits)));

/** Numbers that go up and down by those steps, within the bounds. */
function walk(steps: readonly number[], bound: number): number[] {
  const values = [7];
  for (const step of steps) {
    const next = values.at(-1)! + step;
    values.push(Math.abs(next) < bound ? next : values.at(-1)!);
  }
  return values;
}

Deno.test("deltaPacked() holds any numbers whose differences are within the limit, of both types and every width", () => {
  const widths = new Set<number>();
  for (
    const { bits, bound, limit, make } of [
      { bits: 31, bound: 2 ** 31, limit: 2 ** 31, make: Int32Array },
      { bits: 31, bound: 2 ** 31, limit: 2 ** 31, make: Float64Array },
      { bits: 52, bound: Number.MAX_SAFE_INTEGER, limit: 2 ** 52, make: Float64Array },
    ]
  ) {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: bits }).chain(steps), (list) => {
        const values = walk(list, bound);
        const packed = deltaPacked(make.from(values), limit);
        const isWithin = values.slice(1).every((value, i) => {
          const difference = value - values[i]!;
          return difference >= -limit && difference < limit;
        });
        assert.equal(packed !== undefined, isWithin);
        if (packed === undefined) return;
        const found = unpacked(packed);
        assert.deepEqual(found.values, values);
        for (const width of found.widths) widths.add(width);
      }),
      { seed: 12, numRuns: 400 },
    );
  }
  assert.deepEqual(Array.from(widths).sort((a, b) => a - b), [0, 8, 16, 24, 32, 40, 48, 56]);
});

Deno.test("deltaPacked() is undefined for no value, and holds a single one", () => {
  assert.equal(deltaPacked(new Float64Array(), 2 ** 52), undefined);
  for (const value of [0, -3, 2 ** 31 - 1]) {
    assert.deepEqual(unpacked(deltaPacked(Int32Array.of(value), 2 ** 31)!).values, [value]);
  }
});

Deno.test("deltaPacked() takes differences up to the limit, not it", () => {
  assert.ok(deltaPacked(Int32Array.of(0, 2 ** 31 - 1, -1), 2 ** 31) !== undefined);
  assert.equal(deltaPacked(Int32Array.of(-1, 2 ** 31 - 1), 2 ** 31), undefined);
  assert.equal(deltaPacked(Int32Array.of(1, 5, 2 ** 31 - 1, -2), 2 ** 31), undefined);
  assert.equal(deltaPacked(Float64Array.of(0, 2 ** 52), 2 ** 52), undefined);
});
