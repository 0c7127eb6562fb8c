import assert from "node:assert/strict";
import { readOffset, readStamp } from "../../../../pipeline/sources/takeout/csv/stamp.ts";

const day = Date.UTC(2026, 3, 2);

const cases: Readonly<Record<string, [number, number | undefined] | undefined>> = {
  "2026-04-02": [day, undefined],
  "2026-04-02T13:14": [day + 47_640_000, undefined],
  "2026-04-02T13:14:05": [day + 47_645_000, undefined],
  "2026-04-02T13:14:05.123456Z": [day + 47_645_123, 0],
  "2026-04-02 13:14:05+0000": [day + 47_645_000, 0],
  "2026-04-02 13:14:05-0500": [day + 47_645_000, -18_000],
  "2026-04-02T13:14:05+05:30": [day + 47_645_000, 19_800],
  "2026-04-02T00:00:00Z": [day, 0],
  "04/02/26 13:14:05": [day + 47_645_000, undefined],
  "Thu Apr 02 13:14:05 UTC 2026": [day + 47_645_000, 0],
  "Thu Apr 02 13:14:05 GMT 2026": [day + 47_645_000, 0],
  "Thu Apr 02 13:14:05 EST 2026": undefined,
  "Mon Feb 30 13:14:05 UTC 2026": undefined,
  "Thu Apx 02 13:14:05 UTC 2026": undefined,
  "Thu anF 02 13:14:05 UTC 2026": undefined,
  "2026-02-30": undefined,
  "2026-04-02T24:00": undefined,
  "2026-04-02T13:60": undefined,
  "2026-04-02T13:14:05+99:00": undefined,
  "02/04/2026": undefined,
  "": undefined,
  "soon": undefined,
};

for (const [text, expected] of Object.entries(cases)) {
  Deno.test(`readStamp() of "${text}"`, () => {
    const stamp = readStamp(text);
    assert.deepEqual(stamp && [stamp.wall, stamp.offset_s], expected);
  });
}

Deno.test("readOffset() reads both spellings", () => {
  const texts = ["-05:00", "+0530", "+00:00", "Z", "5", ""];
  assert.deepEqual(texts.map(readOffset), [
    -18_000,
    19_800,
    0,
    undefined,
    undefined,
    undefined,
  ]);
});
