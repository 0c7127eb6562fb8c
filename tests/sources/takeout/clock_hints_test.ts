import assert from "node:assert/strict";
import { DocumentError } from "../../../pipeline/errors.ts";
import { demographicHints, profileHints } from "../../../pipeline/sources/takeout/clock_hints.ts";

const utf8 = new TextEncoder();

const profiles: readonly (readonly [string, object])[] = [
  [`id,full_name,timezone\r\nA,"Lovelace, Ada",Europe/London\r\n`, { zone: "Europe/London" }],
  [`timezone\nAmerica/New_York`, { zone: "America/New_York" }],
  [`timezone\nMiddle-earth/Shire\n`, {}],
  [`id,timezone\nA,\n`, {}],
  [`timezone\n`, {}],
];

for (const [text, hints] of profiles) {
  Deno.test(`profileHints() of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(profileHints(utf8.encode(text)), hints);
  });
}

Deno.test("profileHints() refuses a file without the column", () => {
  assert.throws(() => profileHints(utf8.encode("id,name\nA,B\n")), DocumentError);
});

Deno.test("demographicHints() takes the latest time zone", () => {
  const text = [
    "value_time,setting_name,setting_value",
    "2026-03-01 10:00:00+0000,timezone,Europe/Berlin",
    "2026-01-01 10:00:00+0000,timezone,Asia/Tokyo",
    "2026-04-01 10:00:00+0000,locale,de_DE",
  ].join("\n");
  assert.deepEqual(demographicHints(utf8.encode(text)), { zone: "Europe/Berlin" });
});
