import assert from "node:assert/strict";
import { exercise } from "../../../pipeline/catalog/exercise.ts";
import { takeoutExerciseStreams } from "../../../pipeline/sources/takeout/exercise_streams.ts";
import { manifestOf, utcClock } from "../../generate/documents.ts";
import { plainRows } from "../../support/rows.ts";

const manifest = manifestOf("takeout", "exercise-*.json", "2020-04-05", utcClock(0));

/** The heights of a page of walks and runs, in metres to the millimetre. */
function heightsOf(entries: readonly (readonly [elevationGain: number, distanceUnit?: string])[]) {
  const page = entries.map(([elevationGain, distanceUnit], index) => ({
    logId: index + 1,
    activityName: "Walk",
    startTime: `04/05/20 1${index}:00:00`,
    duration: 60_000,
    elevationGain,
    ...distanceUnit === undefined ? {} : { distance: 1, distanceUnit },
  }));
  const [stream] = takeoutExerciseStreams;
  const document = new TextEncoder().encode(JSON.stringify(page));
  assert.ok(stream !== undefined);
  return plainRows(exercise, stream.flatten(document, manifest).columns)
    .map((row) => Number(Number(row["elevation_gain_m"]).toFixed(3)));
}

Deno.test("flatten() takes heights for feet or metres by what their floors are", () => {
  // As in extracts of 2018 from an American account, and in an Australian export of 2020.
  assert.deepEqual(heightsOf([[30], [0], [17.998688, "Mile"]]), [9.144, 0, 5.486]);
  assert.deepEqual(heightsOf([[45.72], [0], [197.149, "Kilometer"]]), [45.72, 0, 197.149]);
  // Metres, though the distances are in miles.
  assert.deepEqual(heightsOf([[6.096], [197.149, "Mile"]]), [6.096, 197.149]);
  // Without a floor the distances decide.
  assert.deepEqual(heightsOf([[12.345, "Mile"]]), [3.763]);
  assert.deepEqual(heightsOf([[12.345, "Kilometer"]]), [12.345]);
  assert.deepEqual(heightsOf([[12.345]]), [12.345]);
});
