import assert from "node:assert/strict";
import { Line } from "../../../../pipeline/sources/takeout/csv/line.ts";
import { leaveCopies } from "../../../../pipeline/sources/takeout/csv/night_copies.ts";
import { oneVersion } from "../../../../pipeline/sources/takeout/csv/night_versions.ts";

const places = new Map(
  ["sleep_id", "algorithm_version", "from", "to"].map((name, place) => [name, place]),
);
const columns = { start: "from", end: "to" };

/** The ids that are kept of lines given as id, version and two hours of 2026-04-02. */
function kept(...lines: readonly (readonly [string, string, number, number])[]) {
  const hour = (hours: number) => `2026-04-02T${String(hours).padStart(2, "0")}:00`;
  const notes: string[] = [];
  const found = oneVersion(
    lines.map(([id, version, from, to], index) =>
      new Line(index, places, [id, version, hour(from), hour(to)])
    ),
    columns,
    (time) => ({ time, utc_offset_s: 0 }),
    notes,
  );
  return [found.map((line) => line.text("sleep_id")).join(), notes.length];
}

Deno.test("oneVersion() keeps the older of two versions of a sleep, and every sleep", () => {
  assert.deepEqual(kept(["a", "", 0, 6], ["b", "", 8, 9]), ["a,b", 0]);
  assert.deepEqual(kept(["b", "v2", 0, 7], ["a", "v1", 1, 6]), ["a", 1]);
  assert.deepEqual(kept(["a", "v1", 1, 6], ["b", "v2", 8, 9]), ["a,b", 0]);
  // Stages: of a sleep all lines, or none.
  assert.deepEqual(
    kept(["a", "v1", 1, 2], ["b", "v2", 1, 3], ["a", "v1", 2, 6], ["b", "v2", 5, 7]),
    ["a,a", 1],
  );
  // Sleeps of one version may overlap: that is none of ours.
  assert.deepEqual(kept(["a", "v1", 1, 6], ["b", "v1", 5, 9]), ["a,b", 0]);
});

Deno.test("leaveCopies() leaves out rows of the wall clock where the night is there in UTC", () => {
  const hour = 3_600_000;
  const notes: string[] = [];
  const times = Float64Array.of(0, 24 * hour, 25 * hour, 26 * hour, NaN);
  leaveCopies(times, [[0, 1]], notes);
  assert.deepEqual([...times], [0, -Infinity, 25 * hour, 26 * hour, NaN]);
  assert.equal(notes.length, 1);
  leaveCopies(Float64Array.of(1, 2), [[0, 1]], notes);
  assert.equal(notes.length, 1);
});
