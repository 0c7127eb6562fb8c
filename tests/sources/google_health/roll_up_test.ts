/** Roll-ups and activity points that must not be read: an error is never an empty day. */

import assert from "node:assert/strict";
import { DocumentError } from "../../../pipeline/errors.ts";
import type { DocumentClock, Manifest } from "../../../pipeline/raw/manifest.ts";
import { activityStreams } from "../../../pipeline/sources/google_health/activity_streams.ts";

const utc: DocumentClock = {
  kind: "utc",
  offsets: [{ from: "2026-10-06T00:00:00.000Z", offset_s: 7200, evidence: "account settings" }],
};

function flatten(name: string, document: unknown, clock: DocumentClock = { kind: "explicit" }) {
  const stream = activityStreams.find((stream) => stream.name === name);
  assert.ok(stream);
  const manifest: Manifest = {
    ...{ format: 1, participant: "me", source: "google-health", stream: name },
    ...{ first_day: "2026-10-06", last_day: "2026-10-06", sha256: "", bytes: 0, origin: [] },
    ...{ received_at: "", asked_at: "", synced_to: null, empty: false, clock },
  };
  return stream.flatten(new TextEncoder().encode(JSON.stringify(document)), manifest);
}

const window = { startTime: "2026-10-06T08:00:00Z", endTime: "2026-10-06T08:01:00Z" };
const interval = { ...window, startUtcOffset: "7200s", endUtcOffset: "7200s" };
const page = (point: unknown) => [{ rollupDataPoints: [point] }];
const points = (point: unknown) => [{ dataPoints: [point] }];

const unreadable: readonly {
  name: string;
  document: unknown;
  clock?: DocumentClock;
  message: RegExp;
}[] = [
  {
    name: "total-calories",
    document: page({ ...window, totalCalories: { kcalSum: 1 } }),
    message: /expected the manifest's clock to be "utc", found "explicit"/,
  },
  {
    name: "total-calories",
    document: page({ ...window, startTime: "2026-10-05T08:00:00Z", totalCalories: {} }),
    clock: utc,
    message: /the offset from UTC at 2026-10-05T08:00:00/,
  },
  {
    name: "total-calories",
    document: page({ ...window, totalKcal: { kcalSum: 1 } }),
    clock: utc,
    message: /rollupDataPoints\[0\]\.totalCalories: expected a value, found nothing/,
  },
  {
    name: "total-calories",
    document: page({ ...window, totalCalories: { kcalSum: "many" } }),
    clock: utc,
    message: /totalCalories\.kcalSum: expected a number, found "many"/,
  },
  {
    name: "total-calories",
    document: page({ ...window, endTime: window.startTime.replace("08", "07"), totalCalories: {} }),
    clock: utc,
    message: /rollupDataPoints\[0\]: it ends before it starts/,
  },
  {
    name: "total-calories",
    document: points({ totalCalories: {} }),
    clock: utc,
    message: /expected a page of rollupDataPoints/,
  },
  {
    name: "steps",
    document: points({ steps: { interval: window, count: "1" } }),
    message: /steps\.interval\.startUtcOffset: expected a value for steps.utc_offset_s/,
  },
  {
    name: "steps",
    document: points({ steps: { interval, count: "1.5" } }),
    message: /steps\.count: expected a whole number/,
  },
  {
    name: "steps",
    document: points({ step: { interval } }),
    message: /steps\.interval\.startTime: expected a value for steps.time/,
  },
  {
    name: "active-minutes",
    document: points({ activeMinutes: { interval, activeMinutesByActivityLevel: {} } }),
    message: /activeMinutesByActivityLevel: expected an array/,
  },
  {
    name: "activity-level",
    document: points({ activityLevel: { interval, activityLevelType: 3 } }),
    message: /activityLevelType: expected a word, found 3/,
  },
  {
    name: "steps",
    document: points({ steps: { interval, count: "3000000000" } }),
    message: /steps\.count: expected a whole number from -2147483648 to 2147483647, found "3000/,
  },
  {
    name: "activity-level",
    document: points({ activityLevel: { interval, activityLevelType: "\ud800" } }),
    message: /activityLevelType: expected well-formed Unicode/,
  },
  { name: "steps", document: [{ error: { code: 500 } }], message: /expected a page of dataPoints/ },
];

for (const { name, document, clock, message } of unreadable) {
  Deno.test(`${name} cannot read ${JSON.stringify(document)}: ${message.source}`, () => {
    assert.throws(() => flatten(name, document, clock), (error) => {
      assert.ok(error instanceof DocumentError);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("an empty page, and one with only a token, have no rows", () => {
  const { columns } = flatten("total-calories", [{ nextPageToken: "a" }, {}], utc);
  assert.equal(columns.rows, 0);
});
