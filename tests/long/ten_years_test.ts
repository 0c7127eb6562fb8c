/** Ten years of two dense streams, and nothing to do: nothing is written, no day is asked for. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { addDays, type Day, daysBetween } from "../../pipeline/day.ts";
import { ledgerFile, webDocument } from "../../pipeline/layout.ts";
import { Ledger } from "../../pipeline/raw/ledger.ts";
import type { Manifest } from "../../pipeline/raw/manifest.ts";
import { RawStore } from "../../pipeline/raw/store.ts";
import { terminalTalk } from "../../pipeline/terminal/talk.ts";
import { runTransform } from "../../pipeline/transform/run.ts";
import { fitbitDocument, googleDocument, manifestOf, type Sample } from "../generate/documents.ts";
import { inTemporaryFolder, KeptTalk, unsyncedFiles } from "../support/effects.ts";
import { House } from "../support/house.ts";
import { statusOf } from "../support/status.ts";

const count = 3650;
const last = "2026-10-20";
const days = daysBetween(addDays(last, 1 - count), last);
const first = days[0] ?? last;

/** The real figure is the benchmark's; this only notices that something went badly wrong. */
const most_s = 10;

/** Few samples: only the number of documents counts here. */
const samples: readonly Sample[] = Array.from(
  { length: 24 },
  (_, hour) => ({ second: hour * 3600, bpm: 60 + hour, confidence: 3 }),
);

function documentsOf(day: Day): (readonly [Manifest, Uint8Array])[] {
  const google = googleDocument(day, samples, 3600, "reconcile");
  const fitbit = fitbitDocument(day, samples);
  const local = { kind: "local", time_zone: "Africa/Lagos", evidence: "profile" } as const;
  const documents: (readonly [Manifest, Uint8Array])[] = [
    [manifestOf("google-health", "heart-rate", day, { kind: "explicit" }), google],
    [manifestOf("fitbit-web", "activities/heart/1sec", day, local), fitbit],
  ];
  if (day.endsWith("-01") || day === first) documents.push(restingOf(day));
  return documents;
}

/** A month of resting heart rates, as it is asked for. */
function restingOf(day: Day): readonly [Manifest, Uint8Array] {
  const start = `${day.slice(0, 7)}-01`;
  const next = Temporal.PlainDate.from(start).add({ months: 1 }).toString();
  const end = addDays(next, -1);
  const manifest = manifestOf("google-health", "daily-resting-heart-rate", start, {
    kind: "explicit",
  });
  return [
    { ...manifest, last_day: end < last ? end : last },
    new TextEncoder().encode(
      `[{"dataPoints":[{"dailyRestingHeartRate":{"date":{"year":${Number(day.slice(0, 4))},` +
        `"month":${Number(day.slice(5, 7))},"day":${
          Number(day.slice(8))
        }},"beatsPerMinute":"58"}}]}]`,
    ),
  ];
}

async function build(house: House): Promise<void> {
  const { root } = house;
  const store = new RawStore(root, unsyncedFiles);
  Deno.mkdirSync(root);
  {
    using ledger = new Ledger(`${root}/${ledgerFile}`);
    ledger.transaction(() => {
      for (const [manifest, document] of days.flatMap(documentsOf)) {
        const { source, stream, first_day } = manifest;
        const path = webDocument("me", source, stream, first_day);
        const sha256 = createHash("sha256").update(document).digest("hex");
        const whole = { ...manifest, sha256, bytes: document.length };
        store.put(path, document, whole);
        ledger.recordDocument(path, whole);
      }
    });
    await runTransform({ only: [], force: false, csv: false, threads: 1 }, {
      root,
      files: unsyncedFiles,
      ledger,
      talk: new KeptTalk(),
      signal: new AbortController().signal,
    });
  }
  const { code, said } = await house.runWith({ files: unsyncedFiles }, "aggregate");
  assert.equal(code, 0, said);
}

const commands: readonly (readonly string[])[] = [
  ["status"],
  ["status", "--json"],
  ["transform"],
  ["aggregate"],
  ["fetch", "--from", first, "--to", last, "--only", "heart_rate,resting_heart_rate"],
  ["fetch", "--source", "fitbit-web", "--from", first, "--to", last, "--only", "heart_rate"],
  ["pipeline", "--from", first, "--to", last, "--only", "heart_rate,resting_heart_rate"],
];

Deno.test("ten years with nothing to do: no write, no request for a day", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = new House(`${folder}/data`, {
      person: { memberSince: first, zones: [{ from: null, timeZone: "Africa/Lagos" }] },
    });
    await build(house);
    const { streams, tables } = await statusOf(house);
    assert.deepEqual(
      streams.map(({ stream, days }) => [stream, days.settled]),
      [
        ["activities/heart/1sec", count],
        // The first month's document begins before the first day.
        ["daily-resting-heart-rate", count + Number(first.slice(8)) - 1],
        ["heart-rate", count],
      ],
    );
    assert.equal(tables[0]?.parts, count);

    const talk = terminalTalk();
    for (const argv of commands) {
      const [command = "", ...rest] = argv;
      const begun = performance.now();
      await house.must(command, ...rest);
      const took_s = (performance.now() - begun) / 1000;
      talk.say(`${count} days, nothing to do: ${argv.join(" ")}: ${took_s.toFixed(2)} s`);
      assert.deepEqual(house.files.calls, [], `${command} changed the disk`);
      assert.equal(house.dataRequests, 0, `${command} asked for a day`);
      assert.ok(took_s < most_s, `${command} took ${took_s} s`);
    }
  });
});
