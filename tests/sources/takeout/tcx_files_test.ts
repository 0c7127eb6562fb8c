/** The tracks in an archive: whose they are, at which offset, and what is refused. */

import assert from "node:assert/strict";
import { exerciseTrack } from "../../../pipeline/catalog/exercise.ts";
import { DocumentError } from "../../../pipeline/errors.ts";
import { tcxFamily, tcxStream } from "../../../pipeline/sources/takeout/tcx_files.ts";
import { manifestOf } from "../../generate/documents.ts";
import { plainRows } from "../../support/rows.ts";

const utf8 = new TextEncoder();

const point = (time: string) => `<Trackpoint><Time>${time}</Time></Trackpoint>`;
const activity = (id: string, ...times: string[]) =>
  `<Activity Sport="Other">${id}<Lap>${times.map(point).join("")}</Lap></Activity>`;
const file = (...activities: string[]) =>
  utf8.encode(`<TrainingCenterDatabase>${activities.join("\n")}</TrainingCenterDatabase>\n`);

const offsets = [{ from: null, offset_s: 7200, evidence: "test" }];

function rows(document: Uint8Array, member: string): string[] {
  const manifest = {
    ...manifestOf("takeout", tcxStream.name, "2026-10-05", { kind: "utc" as const, offsets }),
    member,
  };
  return plainRows(exerciseTrack, tcxStream.flatten(document, manifest).columns)
    .map(({ time, utc_offset_s, date, exercise_id }) =>
      `${time} ${utc_offset_s} ${date} ${exercise_id}`
    );
}

const late = "2026-10-05T23:30:00Z";
const later = "2026-10-06T00:30:00Z";

const cases: readonly (readonly [string, Uint8Array, string, readonly string[]])[] = [
  [
    "the id in the file's name, and the day it began on for all points",
    file(activity(`<Id>${late}</Id>`, late, later)),
    "Takeout/Fitbit/Activities/61234567890.tcx",
    [
      "2026-10-05T23:30:00.000Z 7200 2026-10-06 61234567890",
      "2026-10-06T00:30:00.000Z 7200 2026-10-06 61234567890",
    ],
  ],
  [
    "when it began, where the name is no id",
    file(activity(`<Id>${late}</Id>`, late)),
    "Activities/2026-10-05 run.tcx",
    ["2026-10-05T23:30:00.000Z 7200 2026-10-06 2026-10-05T23:30:00Z"],
  ],
  [
    "its own offset before that of the archive",
    file(activity("<Id>2026-10-05T16:30:00.000-07:00</Id>", "2026-10-05T16:30:00-07:00")),
    "Activities/61234567890.tcx",
    ["2026-10-05T23:30:00.000Z -25200 2026-10-05 61234567890"],
  ],
  [
    "each of two exercises",
    file(activity(`<Id>${late}</Id>`, late), activity("", later)),
    "Activities/61234567890.tcx",
    [
      "2026-10-05T23:30:00.000Z 7200 2026-10-06 2026-10-05T23:30:00Z",
      "2026-10-06T00:30:00.000Z 7200 2026-10-06 2026-10-06T00:30:00.000Z",
    ],
  ],
  [
    "points without an exercise around them",
    file(point(late)),
    "Activities/course.tcx",
    ["2026-10-05T23:30:00.000Z 7200 2026-10-06 2026-10-05T23:30:00.000Z"],
  ],
];

for (const [what, document, member, expected] of cases) {
  Deno.test(`a TCX file of an archive has ${what}`, () => {
    assert.deepEqual(rows(document, member), expected);
    const summary = tcxFamily.summarise(document, member);
    assert.equal(summary?.samples, expected.length);
  });
}

Deno.test("a TCX file without a point is nothing, and one that was cut is refused", () => {
  assert.equal(tcxFamily.summarise(file(activity("")), "1.tcx"), undefined);
  const cut = file(activity("", late)).slice(0, -40);
  assert.throws(() => tcxFamily.summarise(cut, "1.tcx"), DocumentError);
  const local = file(activity("", "2026-10-05T23:30:00"));
  assert.throws(() => tcxFamily.summarise(local, "1.tcx"), /expected an instant/);
});
