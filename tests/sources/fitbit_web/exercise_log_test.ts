import assert from "node:assert/strict";
import { exercise } from "../../../pipeline/catalog/exercise.ts";
import { DocumentError } from "../../../pipeline/errors.ts";
import type { Manifest } from "../../../pipeline/raw/manifest.ts";
import { exerciseStreams } from "../../../pipeline/sources/fitbit_web/exercise_log.ts";
import { plainRows } from "../../support/rows.ts";
import { documentOf, manifestOf } from "./manifest_of.ts";

function rowsOf(stream: string, document: Uint8Array, of: Partial<Manifest> = {}) {
  const found = exerciseStreams.find(({ name, table }) =>
    name === stream && table === exercise.name
  );
  assert.ok(found);
  const { columns, notes } = found.flatten(document, manifestOf(of));
  return { rows: plainRows(exercise, columns), notes };
}

const page = (...entries: readonly object[]) => ({
  activities: entries,
  pagination: { next: "" },
});

const entry = {
  logId: 1,
  startTime: "2026-10-24T10:00:00.000+02:00",
  duration: 600_000,
};

Deno.test("ids past 2^53 keep every digit, in the list and in the summary", () => {
  const id = "6389969899346115001";
  const list = `{"activities":[{"duration":1000,"logId" : ${id},` +
    `"startTime":"2026-10-24T10:00:00.000+02:00"}],"pagination":{}}`;
  assert.deepEqual(
    rowsOf("activities/list", documentOf(list)).rows.map(({ exercise_id }) => exercise_id),
    [id],
  );
  const summary = `{"activities":[{"duration":1000,"logId":${id},"startDate":"2026-10-24",` +
    `"startTime":"10:00"}],"summary":{"steps":1}}`;
  assert.deepEqual(
    rowsOf("activities/date", documentOf(summary)).rows.map(({ exercise_id, time }) => [
      exercise_id,
      time,
    ]),
    [[id, "2026-10-24T08:00:00.000Z"]],
  );
});

Deno.test("an exercise in miles has its height in feet", () => {
  const { rows } = rowsOf(
    "activities/list",
    documentOf(page({
      ...entry,
      distance: 1,
      distanceUnit: "Mile",
      elevationGain: 30,
      pace: 600,
      speed: 6,
    })),
  );
  assert.deepEqual(
    rows.map((row) => [row["distance_m"], row["elevation_gain_m"], row["speed_m_per_s"]]),
    [[1609.344, 9.144, 6 * 1609.344 / 3600]],
  );
  assert.equal(rows[0]?.["pace_s_per_m"], 600 / 1609.344);
});

Deno.test("entries of days beyond those asked for are left to the document of those days", () => {
  const later = { ...entry, logId: 2, startTime: "2026-10-25T10:00:00.000+01:00" };
  const { rows } = rowsOf("activities/list", documentOf(page(entry, later)));
  assert.deepEqual(rows.map(({ exercise_id }) => exercise_id), ["1"]);
});

Deno.test("a start printed in UTC has the offset of the zone", () => {
  const { rows } = rowsOf(
    "activities/list",
    documentOf(page({ ...entry, startTime: "2026-10-24T10:00:00.000Z" })),
  );
  assert.deepEqual(rows.map(({ time, utc_offset_s }) => [time, utc_offset_s]), [
    ["2026-10-24T10:00:00.000Z", 7200],
  ]);
});

for (
  const [name, bad, message] of [
    ["no id", { startTime: entry.startTime, duration: 1 }, /logId/],
    ["no duration", { logId: 1, startTime: entry.startTime }, /duration/],
    ["a start without offset", { ...entry, startTime: "2026-10-24T10:00:00.000" }, /startTime/],
    ["a start that is no day", { ...entry, startTime: "2026-10-24T25:00:00.000Z" }, /startTime/],
    ["a distance in words", { ...entry, distance: "far", distanceUnit: "Mile" }, /distance/],
  ] as const
) {
  Deno.test(`a list with ${name} is put aside`, () => {
    assert.throws(
      () => rowsOf("activities/list", documentOf(page(bad))),
      (error) => error instanceof DocumentError && message.test(error.message),
    );
  });
}
