import assert from "node:assert/strict";
import { UsageError } from "../../pipeline/errors.ts";
import { dayChoice, zoneChoice } from "../../pipeline/terminal/dates.ts";

const today = "2026-11-22";

for (
  const [text, day] of [
    ["2016-06-16", "2016-06-16"],
    ["today", "2026-11-22"],
    ["yesterday", "2026-11-21"],
    ["0d", "2026-11-22"],
    ["30d", "2026-10-23"],
  ] as const
) {
  Deno.test(`dayChoice() reads ${text}`, () => assert.equal(dayChoice("from", text)(today), day));
}

for (const text of ["2026-02-30", "tomorrow", "22.11.2026", "d", "-3d", ""]) {
  Deno.test(`dayChoice() refuses "${text}"`, () => {
    assert.throws(() => dayChoice("from", text), UsageError);
  });
}

Deno.test("zoneChoice() reads IANA names and refuses others", () => {
  assert.equal(zoneChoice("Europe/Berlin"), "Europe/Berlin");
  assert.throws(() => zoneChoice("Berlin time"), UsageError);
});
