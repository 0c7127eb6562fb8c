import assert from "node:assert/strict";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import fc from "fast-check";
import { firstFrame } from "../../../pipeline/raw/zstd.ts";
import { compressPage } from "../../../pipeline/transform/parquet/compress_page.ts";

const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

Deno.test("compressPage() gives a page the same frame, whatever pages it had before", () => {
  const page = fc.tuple(fc.nat(60_000), fc.integer({ min: 1, max: 60 }), fc.nat()).map(
    ([length, step, seed]) =>
      Uint8Array.from({ length }, (_, i) => (i * i * step + seed) % 251 % (step + 1)),
  );
  fc.assert(
    fc.property(page, (bytes) => {
      const frame = compressPage(bytes);
      assert.deepEqual(
        new Uint8Array(frame),
        new Uint8Array(firstFrame(zstdCompressSync(bytes, options))),
      );
      assert.deepEqual(new Uint8Array(zstdDecompressSync(frame)), bytes);
    }),
    { seed: 5, numRuns: 100 },
  );
});

Deno.test("compressPage() takes pages larger than the memory it keeps", () => {
  const large = Uint8Array.from({ length: 3_000_000 }, (_, i) => i * i % 13);
  assert.deepEqual(new Uint8Array(zstdDecompressSync(compressPage(large))), large);
});
