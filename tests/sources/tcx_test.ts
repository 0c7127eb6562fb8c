/** TCX files that are whole, and those that are not. */

import assert from "node:assert/strict";
import { trackPointsOf } from "../../pipeline/sources/tcx.ts";

const file = (points: string) =>
  `<?xml version="1.0"?><TrainingCenterDatabase><Track>${points}</Track></TrainingCenterDatabase>\n`;

Deno.test("trackPointsOf() of a file without points is none", () => {
  assert.deepEqual(trackPointsOf(file(""), "answers[1]"), []);
});

const bad: readonly (readonly [text: string, message: RegExp])[] = [
  ["", /answers\[1\]: expected a whole TCX file/],
  ["<html><body>Sign in</body></html>", /expected a whole TCX file/],
  [file("").slice(0, -12), /expected a whole TCX file/],
  [file("<Trackpoint></Trackpoint>"), /Trackpoint\[0\]\.Time: expected an instant/],
  [file("<Trackpoint><Time>noon</Time></Trackpoint>"), /Time: expected an instant/],
  [
    file(
      "<Trackpoint><Time>2026-10-05T16:00:00Z</Time><AltitudeMeters>x</AltitudeMeters></Trackpoint>",
    ),
    /Trackpoint\[0\]\.AltitudeMeters: expected a number/,
  ],
];

for (const [text, message] of bad) {
  Deno.test(`trackPointsOf() refuses ${text.slice(0, 200)}`, () => {
    assert.throws(() => trackPointsOf(text, "answers[1]"), message);
  });
}
