/** What sleep and exercise refuse, and what they make of what is not there; the rest is in fixtures. */

import assert from "node:assert/strict";
import { DocumentError } from "../../../pipeline/errors.ts";
import { jsonArray } from "../../../pipeline/fetch/bodies.ts";
import type { Manifest } from "../../../pipeline/raw/manifest.ts";
import { exerciseStreams } from "../../../pipeline/sources/google_health/exercise_streams.ts";
import { sleepStreams } from "../../../pipeline/sources/google_health/sleep_streams.ts";
import type { Stream } from "../../../pipeline/sources/source.ts";

const manifest: Manifest = {
  ...{ format: 1, participant: "me", source: "google-health", stream: "sleep" },
  ...{ first_day: "2026-10-01", last_day: "2026-10-31", sha256: "", bytes: 0, origin: [] },
  ...{ received_at: "", asked_at: "", synced_to: null, empty: false, clock: { kind: "explicit" } },
};

const interval = {
  startTime: "2026-10-24T22:00:00Z",
  startUtcOffset: "7200s",
  endTime: "2026-10-25T05:00:00Z",
  endUtcOffset: "3600s",
};
const part = {
  type: "LIGHT",
  startTime: "2026-10-24T22:00:00Z",
  startUtcOffset: "7200s",
  endTime: "2026-10-25T05:00:00Z",
  endUtcOffset: "3600s",
};
const { startUtcOffset: _start, ...withoutStartOffset } = interval;
const { endUtcOffset: _end, ...withoutEndOffset } = interval;
const { startUtcOffset: _part, ...partWithoutOffset } = part;

const dataPointName = "users/me/dataTypes/x/dataPoints/1";
const sleepPoint = (sleep: object) => ({ dataPointName, sleep: { interval, ...sleep } });
const exercisePoint = (exercise: object) => ({
  dataPointName,
  exercise: { interval, ...exercise },
});

function flatten(stream: Stream, ...points: readonly object[]) {
  const body = new TextEncoder().encode(JSON.stringify({ dataPoints: points }));
  return stream.flatten(jsonArray([body]), manifest);
}

const place = String.raw`pages\[0\]\.dataPoints\[0\]`;
const refused = [
  { streams: sleepStreams, point: { sleep: { interval } }, says: `${place}.*sleep_id` },
  {
    streams: sleepStreams,
    point: sleepPoint({ interval: withoutStartOffset }),
    says: `${place}\\.sleep\\.interval\\.startUtcOffset`,
  },
  {
    streams: sleepStreams,
    point: sleepPoint({ interval: withoutEndOffset }),
    says: `${place}\\.sleep\\.interval\\.endUtcOffset`,
  },
  {
    streams: sleepStreams,
    point: sleepPoint({ interval: { ...interval, endTime: "2026-10-24T21:00:00Z" } }),
    says: "ends before it starts",
  },
  {
    streams: sleepStreams,
    point: sleepPoint({ summary: { stagesSummary: [{ type: "DEEP", minutes: "many" }] } }),
    says: `${place}\\.sleep\\.summary\\.stagesSummary\\[0\\]\\.minutes`,
  },
  {
    streams: sleepStreams,
    point: sleepPoint({ metadata: { nap: "no" } }),
    says: `${place}\\.sleep\\.metadata\\.nap`,
  },
  // The clocks changed during the night: nobody can say on which side the stage lies.
  {
    streams: sleepStreams.slice(1),
    point: sleepPoint({ stages: [part, partWithoutOffset] }),
    says: `${place}\\.sleep\\.stages\\[1\\]\\.startUtcOffset`,
  },
  {
    streams: sleepStreams.slice(1),
    point: sleepPoint({ stages: "none" }),
    says: `${place}\\.sleep\\.stages: expected an array`,
  },
  {
    streams: sleepStreams.slice(1),
    point: sleepPoint({ outOfBedSegments: [{ ...part, endTime: undefined }] }),
    says: `${place}\\.sleep\\.outOfBedSegments\\[0\\]\\.endTime`,
  },
  { streams: exerciseStreams, point: { exercise: { interval } }, says: `${place}.*exercise_id` },
  {
    streams: exerciseStreams,
    point: exercisePoint({ interval: withoutStartOffset }),
    says: `${place}\\.exercise\\.interval\\.startUtcOffset`,
  },
  {
    streams: exerciseStreams,
    point: exercisePoint({ activeDuration: "35 min" }),
    says: `${place}\\.exercise\\.activeDuration`,
  },
  {
    streams: exerciseStreams.slice(1, 2),
    point: exercisePoint({ splits: [part, { ...part, startTime: "soon" }] }),
    says: `${place}\\.exercise\\.splits\\[1\\]\\.startTime`,
  },
  {
    streams: exerciseStreams.slice(2),
    point: exercisePoint({ exerciseEvents: [{ exerciseEventType: "PAUSE" }] }),
    says: `${place}\\.exercise\\.exerciseEvents\\[0\\]\\.eventTime`,
  },
];

for (const { streams, point, says } of refused) {
  for (const stream of streams) {
    Deno.test(`${stream.table} refuses a document and says ${says}`, () => {
      assert.throws(
        () => flatten(stream, point),
        (error) => error instanceof DocumentError && new RegExp(says).test(error.message),
      );
    });
  }
}

Deno.test("sleep_stage counts unknown fields of a stage by their path", () => {
  const [, stages] = sleepStreams;
  assert.ok(stages);
  const { columns, unknown } = flatten(
    stages,
    sleepPoint({ stages: [{ ...part, depth: 3 }], shortAwakenings: [{ ...part, depth: 3 }] }),
  );
  assert.equal(columns.rows, 2);
  assert.deepEqual(Object.fromEntries(unknown), {
    "dataPoints[].sleep.stages[].depth": 1,
    "dataPoints[].sleep.shortAwakenings[].depth": 1,
  });
});

Deno.test("an empty answer makes no rows, an error no empty one", () => {
  for (const stream of [...sleepStreams, ...exerciseStreams]) {
    const bodies = ["{}", '{"nextPageToken":"more"}'].map((text) => new TextEncoder().encode(text));
    assert.equal(stream.flatten(jsonArray(bodies), manifest).columns.rows, 0);
    const error = new TextEncoder().encode('{"error":{"code":500}}');
    assert.throws(() => stream.flatten(jsonArray([error]), manifest), DocumentError);
  }
});
