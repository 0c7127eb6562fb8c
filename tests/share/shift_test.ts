import assert from "node:assert/strict";
import fc from "fast-check";
import { UsageError } from "../../pipeline/errors.ts";
import { shiftOf } from "../../pipeline/share/shift.ts";

Deno.test("shiftOf() is whole weeks, at most a year, never none, and the same each time", () => {
  const key = fc.string({ minLength: 16 });
  fc.assert(
    fc.property(fc.string(), key, (participant, key) => {
      const days = shiftOf(participant, key);
      assert.equal(Math.abs(days % 7), 0);
      assert.ok(days !== 0 && Math.abs(days) <= 364, String(days));
      assert.equal(shiftOf(participant, key), days);
    }),
    { seed: 1 },
  );
});

Deno.test("shiftOf() moves participants apart, and otherwise under another key", () => {
  const ids = Array.from({ length: 50 }, (_, i) => `p${i}`);
  const shifts = (key: string) => ids.map((id) => shiftOf(id, key));
  assert.ok(new Set(shifts("0123456789abcdef")).size > 20);
  assert.notDeepEqual(shifts("0123456789abcdef"), shifts("0123456789abcdeg"));
});

Deno.test("shiftOf() refuses a key that can be guessed", () => {
  assert.throws(() => shiftOf("p01", "secret"), UsageError);
});
