import assert from "node:assert/strict";
import { looksSaved, savedAnswers } from "../../../pipeline/sources/fitbit_web/saved_files.ts";

const bytes = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));

const minute = (minute: string) => ({ minute, value: 96 });

/** What is saved, as which file, and what becomes of it: stream, first day, last day, records. */
const taken: readonly (readonly [
  json: unknown,
  name: string,
  expected: readonly (readonly [string, string, string, number])[],
])[] = [
  [
    { sleep: [{ dateOfSleep: "2026-10-06", startTime: "2026-10-05T23:00:00.000", levels: {} }] },
    "x.json",
    [["sleep", "2026-10-06", "2026-10-06", 1]],
  ],
  [
    { sleep: [{ dateOfSleep: "2026-10-06", minuteData: [{ dateTime: "02:32:30", value: "3" }] }] },
    "x.json",
    [["sleep/minutes", "2026-10-06", "2026-10-06", 2]],
  ],
  [{ sleep: [] }, "sleep2026-10-06.json", [["sleep", "2026-10-06", "2026-10-06", 0]]],
  // A night that began in the evening is of two days.
  [
    { hrv: [{ minutes: [minute("2026-10-05T23:55:00.000")], dateTime: "2026-10-06" }] },
    "x.json",
    [["hrv/all", "2026-10-05", "2026-10-06", 2]],
  ],
  [
    [
      { dateTime: "2026-10-06", minutes: [minute("2026-10-06T01:02:17")] },
      { dateTime: "2026-10-07", minutes: [minute("2026-10-06T23:02:17")] },
    ],
    "x.json",
    [["spo2/all", "2026-10-06", "2026-10-06", 2], ["spo2/all", "2026-10-06", "2026-10-07", 2]],
  ],
  [
    { dateTime: "2026-10-06", value: { avg: 96, min: 94, max: 98 } },
    "x.json",
    [["spo2", "2026-10-06", "2026-10-06", 1]],
  ],
  [
    { alerts: [{ alertTime: "2026-10-06T03:00:00.000" }], pagination: {} },
    "x.json",
    [["irn/alerts/list", "2026-10-06", "2026-10-06", 1]],
  ],
  [
    { onboarded: true, enrolled: true, lastUpdated: "2022-09-28T17:12:30.000" },
    "irn-2026-10-08.json",
    [["irn/profile", "2026-10-08", "2026-10-08", 1]],
  ],
  [
    [{ battery: "High", deviceVersion: "Zip", id: "1", lastSyncTime: "2026-10-06T13:38:13.000" }],
    "devices-2026-10-08.json",
    [["devices", "2026-10-08", "2026-10-08", 1]],
  ],
];

for (const [json, name, expected] of taken) {
  Deno.test(`savedAnswers() takes ${JSON.stringify(json).slice(0, 60)} of ${name}`, () => {
    const { answers, skipped } = savedAnswers(bytes(json), name);
    assert.deepEqual(skipped, []);
    assert.deepEqual(
      answers.map(({ stream, day, lastDay, points }) => [stream, day, lastDay, points]),
      expected,
    );
    assert.ok(looksSaved(bytes(json)));
  });
}

const left: readonly (readonly [json: unknown, reason: RegExp])[] = [
  [{ meta: { retryDuration: 3000, state: "pending" } }, /still working on/],
  [{ "sleep-startTime": [{ dateTime: "2013-07-09", value: "" }] }, /less than the sleep logs/],
  [{ sleep: [] }, /does not tell its day/],
];

for (const [json, reason] of left) {
  Deno.test(`savedAnswers() leaves out ${JSON.stringify(json)}`, () => {
    const { answers, skipped } = savedAnswers(bytes(json), "x.json");
    assert.deepEqual(answers, []);
    assert.match(skipped.join(), reason);
  });
}

Deno.test("looksSaved() does not take a file of another archive for an answer", () => {
  assert.equal(looksSaved(bytes([{ dateTime: "10/05/26 00:00:00", value: { bpm: 60 } }])), false);
  assert.equal(looksSaved(bytes([{ logId: 1, dateOfSleep: "2026-10-06" }])), false);
});
