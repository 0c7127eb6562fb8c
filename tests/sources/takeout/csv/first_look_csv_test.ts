import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { DocumentError } from "../../../../pipeline/errors.ts";
import { manifestSchema } from "../../../../pipeline/raw/manifest.ts";
import type { ClockContext } from "../../../../pipeline/sources/takeout/family.ts";
import { csvFileFamilies, csvStreams } from "../../../../pipeline/sources/takeout/families/csv.ts";
import { manifestOf } from "../../../generate/documents.ts";
import { bendBytes, someByteBends } from "../../../generate/json_text.ts";

const utf8 = new TextEncoder();

function look(stream: string, lines: readonly string[]) {
  const family = csvFileFamilies.find((family) => family.stream === stream);
  assert.ok(family !== undefined, stream);
  return family.summarise(utf8.encode(lines.join("\n")), "x");
}

const at = (text: string) => Date.parse(`${text}Z`);

Deno.test("a first look says what a file spans, as its times are written", () => {
  assert.deepEqual(
    look("steps_*.csv", [
      "timestamp,steps,data source",
      "2026-04-02T13:14:00Z,5,A",
      "2026-04-01T00:00:00Z,7,A",
    ]),
    {
      samples: 2,
      span: { kind: "utc", first: at("2026-04-01T00:00"), last: at("2026-04-02T13:14") },
    },
  );
  assert.deepEqual(
    look("sleep_score.csv", [
      "sleep_log_entry_id,timestamp,overall_score,composition_score,revitalization_score," +
      "duration_score,deep_sleep_in_minutes,resting_heart_rate,restlessness",
      "1,2026-04-02T06:41:30Z,80,,,,,,",
    ])?.span,
    {
      kind: "wall",
      first: at("2026-04-02T06:41:30"),
      last: at("2026-04-02T06:41:30"),
      ofSleeps: true,
    },
  );
  assert.deepEqual(
    look("daily_heart_rate_zones*.csv", [
      "timestamp,heart_rate_zone",
      '1970-01-01,"[]"',
      '2026-04-02,"[]"',
    ]),
    { samples: 1, span: { kind: "days", first: "2026-04-02", last: "2026-04-02" } },
  );
  // With an offset of its own a time is of the day it shows, whatever day it was in Greenwich.
  assert.deepEqual(
    look("CEDA Data *.csv", ["timestamp,eda_level_real", "2024-04-12T23:12:00-05:00,0.42"])?.span,
    { kind: "days", first: "2024-04-12", last: "2024-04-12" },
  );
});

Deno.test("a first look takes a file with rows that cannot be read, and refuses other files", () => {
  const header = "timestamp,steps";
  const good = "2026-04-02T13:14:00Z,5";
  for (const bad of ["soon,5", "2026-04-02T13:15:00Z", ",", '"2026-04-02T13:1']) {
    assert.equal(look("steps_*.csv", [header, good, bad])?.span.kind, "utc", bad);
  }
  for (const nothing of [[], ["no data"], [header], [header, ""]]) {
    assert.equal(look("steps_*.csv", nothing), undefined);
  }
  assert.throws(() => look("steps_*.csv", ["timestamp,floors", good]), /column "steps"/);
  assert.throws(() => look("steps_*.csv", [header, "soon,5"]), DocumentError);
  assert.throws(() => look("steps_*.csv", [header, '"', good, ""]), /parse the document as CSV/);
});

Deno.test("exercises tell the offsets they were at, in both spellings", () => {
  const summary = look("UserExercises_*.csv", [
    "exercise_id,exercise_start,exercise_end,utc_offset,activity_name,log_type,events",
    `1,2025-07-01 06:30:00+0000,2025-07-01 07:30:00+0000,-05:00,Run,TRACKER,"a, ""b"""`,
    "2,2026-10-01T06:30:00Z,2026-10-01T06:50:00Z,+0530,Run,TRACKER,",
    "3,2026-10-01T06:30:00.250Z,,+00:00,Run,TRACKER,",
    "4,,,+01:00,Run,TRACKER,",
    "5,2026-10-01T06:30:00Z,,Europe/Berlin,Run,TRACKER,",
  ]);
  const evidence = "UserExercises utc_offset";
  assert.deepEqual(summary?.evidence, {
    known: [
      { at: Date.UTC(2025, 6, 1, 6, 30), offset_s: -18000, evidence },
      { at: Date.UTC(2026, 9, 1, 6, 30), offset_s: 19800, evidence },
      { at: Date.UTC(2026, 9, 1, 6, 30, 0, 250), offset_s: 0, evidence },
    ],
  });
});

Deno.test("sleeps tell offsets of what they span on either clock, but no placeholder", () => {
  const summary = look("UserSleeps_*.csv", [
    "sleep_id,start_utc_offset,sleep_start,end_utc_offset,sleep_end",
    "1,-04:00,2026-04-01 23:00:00+0000,-04:00,2026-04-02 07:00:00+0000",
    "2,+00:00,2026-04-02 23:00:00+0000,+00:00,2026-04-03 07:00:00+0000",
    // Too short to be asleep at any instant on both clocks; and a night that changes.
    "3,-04:00,2026-04-03 14:00:00+0000,-04:00,2026-04-03 15:00:00+0000",
    "4,+01:00,2026-03-28 23:00:00+0000,+02:00,2026-03-29 07:00:00+0000",
    "5,-04:00,soon,-04:00,later",
  ]);
  assert.deepEqual(summary?.evidence, {
    known: [{
      // From 23:00 UTC on if the times are UTC, from 3:00 UTC on if they are not.
      at: at("2026-04-02T05:00"),
      offset_s: -14_400,
      evidence: "UserSleeps start_utc_offset",
    }],
  });
});

Deno.test("nightly temperatures tell the nights", () => {
  const summary = look("Computed Temperature - *.csv", [
    "type,sleep_start,sleep_end,temperature_samples,nightly_temperature",
    "SKIN,2026-04-01T23:14:30,2026-04-02T06:41,404,34.07",
    "SKIN,,2026-04-03T06:41,404,34.07",
  ]);
  assert.deepEqual(summary?.evidence?.nights, [
    { start: at("2026-04-01T23:14:30"), end: at("2026-04-02T06:41") },
  ]);
});

const fixtureSchema = z.object({
  manifest: z.object({ clock: manifestSchema.shape.clock.optional() }),
  document: z.string(),
});

const spans = [{ at: -Infinity, offset_s: -18_000, evidence: "test", decided: true }];
const context: ClockContext = {
  history: { spans, evidenced: undefined, notes: [] },
  nights: [{ start: at("2026-03-07T23:14:30"), end: at("2026-03-08T06:41:30") }],
};

for (const stream of csvStreams) {
  Deno.test(`${stream.name} bent in any way gives rows of ${stream.table} or a DocumentError`, () => {
    const file = `${stream.name.replaceAll("*", "_")}.json`;
    const path = new URL(`../../../fixtures/takeout/${file}`, import.meta.url);
    const { manifest: { clock }, document } = fixtureSchema.parse(
      JSON.parse(Deno.readTextFileSync(path)),
    );
    const manifest = manifestOf(
      "takeout",
      stream.name,
      "2026-03-08",
      clock ?? { kind: "explicit" },
    );
    const family = csvFileFamilies.find(({ stream: name }) => name === stream.name);
    assert.ok(family !== undefined);
    let read = 0;
    fc.assert(
      fc.property(someByteBends, (bends) => {
        const bent = bendBytes(document, bends);
        for (
          const attempt of [
            () => family.summarise(bent, file),
            () => family.wallRows?.(bent, context),
            () => stream.flatten(bent, manifest),
          ]
        ) {
          try {
            attempt();
            read++;
          } catch (error) {
            if (!(error instanceof DocumentError)) throw error;
          }
        }
      }),
      { seed: 13, numRuns: 100 },
    );
    assert.ok(read > 20, `${read} attempts went well`);
  });
}
