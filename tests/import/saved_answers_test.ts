import assert from "node:assert/strict";
import { UsageError } from "../../pipeline/errors.ts";
import { importExitCode } from "../../pipeline/import/report.ts";
import { archiveEntries } from "../generate/takeout_archive.ts";
import { doublyEncoded, savedAnswer, times } from "../generate/saved_answers.ts";
import { worn } from "../generate/wearer.ts";
import { zipOf } from "../generate/zip_writer.ts";
import { counts, Harness, outcomes } from "./harness.ts";

const day = "2016-06-16";
const morning = savedAnswer({ day, times: times(6, 8) });
const evening = savedAnswer({ day, times: times(18, 20) });
const whole = savedAnswer({ day, times: times(0, 24) });
const document = `raw/me/fitbit-web/activities/heart/1sec/${day}.json.zst`;
const timeZone = "America/Los_Angeles";

function text(harness: Harness, path = document): string {
  return new TextDecoder().decode(harness.store.document(path));
}

Deno.test("runImport() keeps a saved day as if it had been fetched", async () => {
  using harness = new Harness();
  const path = harness.file("HR2016-06-16.json", doublyEncoded(whole));
  const report = await harness.import([path], { timeZone });
  assert.equal(text(harness), `[${whole}]`);
  assert.deepEqual(harness.store.manifest(document), {
    format: 1,
    participant: "me",
    source: "fitbit-web",
    stream: "activities/heart/1sec",
    first_day: day,
    last_day: day,
    sha256: harness.store.manifest(document)?.sha256,
    bytes: whole.length + 2,
    received_at: "2026-11-22T12:00:01.000Z",
    asked_at: "2026-11-22T12:00:01.000Z",
    synced_to: null,
    empty: false,
    origin: ["HR2016-06-16.json"],
    clock: { kind: "local", time_zone: timeZone, evidence: "--timezone" },
  });
  assert.equal(report.lines[0]?.document?.samples, 1440);
  assert.equal(importExitCode(report), 0);
  harness.written.length = 0;
  const again = await harness.import([path], { timeZone });
  assert.deepEqual(outcomes(again.lines), ["unchanged HR2016-06-16.json"]);
  assert.deepEqual(harness.written, []);
});

Deno.test("runImport() asks for the zone, with this computer's as an example, and keeps nothing", async () => {
  using harness = new Harness();
  const entries = archiveEntries({
    generation: "G3",
    times: worn("2026-01-01T23:00:00Z", "2026-01-02T23:00:00Z"),
    lived: [{ from: null, zone: "Europe/Berlin" }],
  });
  const paths = [
    harness.file("HR2016-06-16.json", whole),
    harness.file("export.zip", zipOf(entries)),
  ];
  await assert.rejects(
    harness.import(paths),
    (error) =>
      error instanceof UsageError && error.exitCode === 2 &&
      error.message.includes("1 saved day") &&
      error.hint?.includes("--timezone Europe/Berlin (this computer's)") === true,
  );
  assert.deepEqual(harness.written, []);
});

Deno.test("runImport() puts the parts of a day together, from one file or several", async () => {
  const expected = `[${morning},\n${evening}]`;
  using one = new Harness();
  await one.import([one.file("data_file.json", evening + morning + evening)], { timeZone });
  assert.equal(text(one), expected);
  using two = new Harness();
  const report = await two.import([
    two.file("b/evening.json", doublyEncoded(evening)),
    two.file("a/morning.json", morning),
  ], { timeZone });
  assert.equal(text(two), expected);
  assert.deepEqual(outcomes(report.lines), ["taken morning.json", "taken evening.json"]);
});

Deno.test("runImport() lets the fuller of two answers count, whichever comes first", async () => {
  for (const order of [[morning, whole], [whole, morning]]) {
    using harness = new Harness();
    for (const answer of order) {
      await harness.import([harness.file("HR.json", answer ?? "")], { timeZone });
    }
    assert.equal(text(harness), `[${whole}]`);
    const beside = harness.documents().find((path) => path.includes("~"));
    assert.equal(text(harness, beside), `[${morning}]`);
    harness.written.length = 0;
    await harness.import([`${harness.folder}/HR.json`], { timeZone });
    assert.deepEqual(harness.written, []);
  }
});

Deno.test("runImport() keeps a day without samples as an empty one", async () => {
  using harness = new Harness();
  await harness.import([harness.file("HR2016-06-16.json", savedAnswer({ day, times: [] }))], {
    timeZone,
  });
  assert.equal(harness.store.manifest(document)?.empty, true);
});

Deno.test("runImport() lists what it finds in a folder of saved files", async () => {
  using harness = new Harness();
  const error = `{"errors":[{"errorType":"system","message":"Too Many Requests"}],"success":false}`;
  harness.file("saved/HR2016-06-16.json", doublyEncoded(whole));
  harness.file("saved/HR2016-06-17.json", doublyEncoded(error));
  harness.file("saved/HR2016-06-18.json", doublyEncoded("<html>"));
  harness.file("saved/HR2016-06-19.json", "");
  harness.file(
    "saved/2016-06-20-heart.json",
    savedAnswer({ day: "2016-06-20", times: times(0, 1) }),
  );
  harness.file("saved/steps.json", `{"activities-steps":[]}`);
  harness.file("saved/hr.py", "import json");
  const report = await harness.import([`${harness.folder}/saved`], { timeZone });
  assert.deepEqual(outcomes(report.lines), [
    "taken 2016-06-20-heart.json",
    "taken HR2016-06-16.json",
    "failed HR2016-06-17.json: It holds an error that the service answered: system",
    "failed HR2016-06-18.json: It holds a text that holds no answer",
    "failed HR2016-06-19.json: It is empty",
    "skipped hr.py: no table takes this kind of file yet",
    "skipped steps.json: an answer without a day in it",
  ]);
});

Deno.test("runImport() names a saved day that is missing beside good ones, and says so", async () => {
  const bad: readonly (readonly [name: string, content: string, reason: string])[] = [
    ["HR2016-06-17.json", whole.slice(0, -30), "an answer that was cut short"],
    ["HR2016-06-17.json", `${morning}${evening.slice(0, 300)}`, "an answer that was cut short"],
    ["data_file.json", `${morning}\n${evening.slice(0, 300)}`, "an answer that was cut short"],
    ["HR2016-06-17.json", "<!doctype html><html>", "a web page instead of an answer"],
    ["HR2016-06-17.json", "Traceback", "something that is no JSON"],
    [
      "HR2016-06-17.json",
      morning.replace("dataset", "data"),
      "an answer without a list of samples",
    ],
  ];
  for (const [name, content, reason] of bad) {
    using harness = new Harness();
    const paths = [harness.file("HR2016-06-16.json", whole), harness.file(name, content)];
    const report = await harness.import(paths, { timeZone });
    const failed = report.lines.filter(({ outcome }) => outcome === "failed");
    assert.deepEqual(outcomes(failed), [`failed ${name}: It holds ${reason}`]);
    assert.equal(importExitCode(report), 3);
  }
});

Deno.test("runImport() misses nothing of a file that was not meant to hold answers", async () => {
  using harness = new Harness();
  const paths = [harness.file("HR2016-06-16.json", whole), harness.file("notes.txt", "Wash it")];
  const report = await harness.import(paths, { timeZone });
  assert.deepEqual(counts(report.lines), { taken: 1, skipped: 1 });
  assert.equal(importExitCode(report), 0);
});

Deno.test("runImport() reads saved days from a ZIP of them", async () => {
  using harness = new Harness();
  const days = ["2016-06-16", "2016-06-17", "2016-06-18"];
  const path = harness.file(
    "saved.zip",
    zipOf(days.map((day) => ({
      path: `heart/HR${day}.json`,
      bytes: new TextEncoder().encode(doublyEncoded(savedAnswer({ day, times: times(0, 1) }))),
    }))),
  );
  const report = await harness.import([path], { timeZone });
  assert.deepEqual(counts(report.lines), { taken: 3 });
});
