import assert from "node:assert/strict";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import fc from "fast-check";
import { compress, decompress, decompressTo, firstFrame } from "../../pipeline/raw/zstd.ts";

const text = new TextEncoder().encode(
  Array.from({ length: 40_000 }, (_, i) => `sample ${i * 7919 % 10_007}\n`).join(""),
);

Deno.test("decompress() restores what compress() took, of any size", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), fc.nat(2000), (bytes, repeats) => {
      const document = new Uint8Array(bytes.length * (repeats + 1));
      for (let i = 0; i < document.length; i++) document[i] = bytes[i % bytes.length]!;
      assert.ok(equal(decompress(compress(document)), document));
    }),
    { seed: 1, numRuns: 60 },
  );
});

Deno.test("compress() gives the same frame for the same bytes, and any zstd reader reads it", () => {
  const once = compress(text);
  assert.ok(equal(once, compress(text.slice())));
  assert.ok(equal(zstdDecompressSync(once), text));
  assert.ok(once.length < text.length / 2);
});

Deno.test("compress() writes the size and the checksum of the content into the frame", () => {
  const descriptor = compress(text)[4] ?? 0;
  assert.notEqual(descriptor >> 6, 0, "size");
  assert.notEqual(descriptor & 0x04, 0, "checksum");
});

Deno.test("firstFrame() takes off the empty frame that the runtime adds when its buffer is full", () => {
  let tails = 0;
  for (let length = 1000; length < 20_000; length += 50) {
    const bytes = text.subarray(0, length);
    const compressed = zstdCompressSync(bytes, { chunkSize: 64 });
    const frame = firstFrame(compressed);
    if (frame.length < compressed.length) tails++;
    assert.ok(equal(decompress(frame), bytes));
  }
  assert.ok(tails > 0);
});

Deno.test("decompress() reads a whole frame of another writer, without size and checksum", () => {
  assert.ok(equal(decompress(zstdCompressSync(text)), text));
});

Deno.test("decompress() throws on a frame cut anywhere", () => {
  const whole = compress(text);
  for (let length = 0; length < whole.length; length += length < 40 ? 1 : 997) {
    assert.throws(() => decompress(whole.subarray(0, length)), Error, `${length} bytes`);
  }
  for (let missing = 1; missing < 12; missing++) {
    assert.throws(() => decompress(whole.subarray(0, whole.length - missing)), RangeError);
  }
});

Deno.test("decompress() throws on bytes after the frame", () => {
  const whole = compress(text);
  for (const tail of [Uint8Array.of(0), whole]) {
    const longer = new Uint8Array(whole.length + tail.length);
    longer.set(whole);
    longer.set(tail, whole.length);
    assert.throws(() => decompress(longer), RangeError);
  }
});

Deno.test("decompress() never gives other bytes for a damaged frame", () => {
  const whole = compress(text);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = whole.slice();
      damaged[at]! ^= flip;
      let restored: Uint8Array;
      try {
        restored = decompress(damaged);
      } catch {
        return;
      }
      // A flipped bit that means nothing (a reserved one) may go unnoticed; other content may not.
      assert.ok(equal(restored, text));
    }),
    { seed: 2, numRuns: 300 },
  );
});

Deno.test("decompressTo() uses the room it is given, and goes on after damaged frames and small rooms", () => {
  const room = new Uint8Array(2 * text.length);
  const frame = compress(text);
  const damaged = new Uint8Array(frame);
  damaged[frame.length - 1]! ^= 1;
  for (let i = 0; i < 3; i++) {
    const found = decompressTo((bytes) => room.subarray(0, bytes), frame);
    assert.equal(found.buffer, room.buffer);
    assert.ok(equal(found, text));
    assert.throws(() => decompressTo(() => room, damaged), /checksum/);
    assert.ok(equal(decompressTo(() => room.subarray(0, 100), frame), text));
    assert.ok(equal(decompressTo(() => undefined, frame), text));
  }
});

Deno.test("decompressTo() goes by the size it is told where the frame tells none, right or wrong", () => {
  const frame = zstdCompressSync(text);
  const asked: number[] = [];
  const memoryOf = (bytes: number) => {
    asked.push(bytes);
    return new Uint8Array(bytes);
  };
  for (const told of [text.length, 0, 100, 2 * text.length, 2 ** 40, undefined]) {
    assert.ok(equal(decompressTo(memoryOf, frame, told), text), `${told}`);
  }
  assert.deepEqual(asked, [text.length, 0, 100, 2 * text.length].map((bytes) => bytes + 1));
});

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
