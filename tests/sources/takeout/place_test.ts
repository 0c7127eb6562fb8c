import assert from "node:assert/strict";
import type { ClockContext } from "../../../pipeline/sources/takeout/family.ts";
import { csvStreams } from "../../../pipeline/sources/takeout/families/csv.ts";
import { placeOf } from "../../../pipeline/sources/takeout/place.ts";

import { manifestOf } from "../../generate/documents.ts";

const at = (text: string) => Date.parse(`${text}Z`);
const hour_s = 3600;

/** Asleep over the Pacific: from Sydney, at UTC+10, to Los Angeles, at UTC-7 from 20:00 UTC on. */
const spans = [
  { at: -Infinity, offset_s: 10 * hour_s, evidence: "test", decided: true },
  { at: at("2026-05-05T20:00"), offset_s: -7 * hour_s, evidence: "test", decided: true },
];
const home = { start: at("2026-05-04T23:00"), end: at("2026-05-05T07:00") };
const flight = { start: at("2026-05-06T02:00"), end: at("2026-05-06T09:30") };
const context: ClockContext = {
  history: { spans, evidenced: undefined, notes: [] },
  nights: [home, flight, flight],
};

function placed(ofSleeps: boolean) {
  const span = { kind: "wall", first: home.end, last: flight.end } as const;
  return placeOf({
    span: ofSleeps ? { ...span, ofSleeps } : span,
    wallRows: () => [],
  }, context);
}

Deno.test("placeOf() names the sleeps in which the clock changed, each once, where the times are theirs", () => {
  const { clock, ...days } = placed(true) ?? {};
  assert.deepEqual(days, { first_day: "2026-05-05", last_day: "2026-05-06" });
  assert.equal(clock?.kind, "wall");
  assert.deepEqual(clock.nights, [{ ...flight, offset_s: 10 * hour_s }]);
  assert.equal(placed(false)?.clock.kind, "wall");
  assert.ok(!("nights" in (placed(false)?.clock ?? {})));
});

Deno.test("a sleep score is of the end of its sleep, on a flight too, and of the day its log names", () => {
  const { clock } = placed(true) ?? {};
  const stream = csvStreams.find(({ name }) => name === "sleep_score.csv");
  const lines = [
    "sleep_log_entry_id,timestamp,overall_score,composition_score,revitalization_score," +
    "duration_score,deep_sleep_in_minutes,resting_heart_rate,restlessness",
    "2,2026-05-06T09:30:00Z,70,,,,,,",
    "1,2026-05-05T07:00:00Z,80,,,,,,",
  ];
  const manifest = manifestOf(
    "takeout",
    "sleep_score.csv",
    "2026-05-05",
    clock ?? { kind: "explicit" },
  );
  const found = stream?.flatten(new TextEncoder().encode(lines.join("\n")), manifest).columns
    .columns;
  const values = (name: string) => {
    const column = found?.[name];
    return column === undefined || column.type === "string" ? [] : Array.from(column.values);
  };
  assert.deepEqual(values("time"), [at("2026-05-05T23:30"), at("2026-05-04T21:00")]);
  assert.deepEqual(values("utc_offset_s"), [-7 * hour_s, 10 * hour_s]);
  // In Los Angeles it was still the 5th; the log belongs to the day its own clock showed.
  assert.deepEqual(
    values("date"),
    [at("2026-05-06T00:00"), at("2026-05-05T00:00")].map((ms) => ms / 86_400_000),
  );
});
