import assert from "node:assert/strict";
import { exitCode, UserError } from "../../pipeline/errors.ts";
import {
  aggregateFile,
  choicesFile,
  cohortMember,
  csvFile,
  importReportFile,
  partFile,
  reportFile,
  reportFolder,
  webDocument,
} from "../../pipeline/layout.ts";
import { temporaryOf } from "../../pipeline/raw/durable.ts";
import { holdRoot, rootHolder } from "../../pipeline/raw/lock.ts";
import { inTemporaryFolder, WatchedFiles } from "../support/effects.ts";

const now = Date.UTC(2026, 10, 22, 12);

Deno.test("holdRoot() lets one run in and names it to the next", () =>
  inTemporaryFolder((folder) => {
    const root = `${folder}/data`;
    const files = new WatchedFiles();
    {
      using _held = holdRoot(root, "fetch", now, files);
      assert.throws(() => holdRoot(root, "transform", now, files), (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.exitCode, exitCode.locked);
        assert.match(error.message, new RegExp(`fetch, process ${Deno.pid}, since 2026-11-22T12`));
        return true;
      });
    }
    using _again = holdRoot(root, "transform", now, files);
  }));

Deno.test("holdRoot() keeps the data root to its owner", {
  ignore: Deno.build.os === "windows",
}, () =>
  inTemporaryFolder((folder) => {
    using _held = holdRoot(`${folder}/data`, "fetch", now, new WatchedFiles());
    assert.equal((Deno.statSync(`${folder}/data`).mode ?? 0) & 0o777, 0o700);
  }));

Deno.test("holdRoot() closes a folder that was there to others, once", {
  ignore: Deno.build.os === "windows",
}, () =>
  inTemporaryFolder((root) => {
    const mode = () => (Deno.statSync(root).mode ?? 0) & 0o777;
    Deno.chmodSync(root, 0o755);
    holdRoot(root, "fetch", now, new WatchedFiles())[Symbol.dispose]();
    assert.equal(mode(), 0o700);
    Deno.chmodSync(root, 0o750);
    holdRoot(root, "fetch", now, new WatchedFiles())[Symbol.dispose]();
    assert.equal(mode(), 0o750);
  }));

Deno.test("rootHolder() names who holds a data root, and takes nothing", () =>
  inTemporaryFolder((root) => {
    assert.equal(rootHolder(root), undefined);
    {
      using _held = holdRoot(root, "fetch", now, new WatchedFiles());
      assert.match(rootHolder(root) ?? "", new RegExp(`: fetch, process ${Deno.pid}`));
    }
    assert.equal(rootHolder(root), undefined);
    using _again = holdRoot(root, "transform", now, new WatchedFiles());
  }));

Deno.test("holdRoot() sweeps what a killed run left, and only then", () =>
  inTemporaryFolder((root) => {
    const files = new WatchedFiles();
    files.makeFolder(`${root}/raw/me`);
    const left = `${root}/raw/me/2026-10-25.json.zst.tmp-everysecond`;
    files.writeSynced(left, new Uint8Array(3));
    {
      using held = holdRoot(root, "fetch", now, files);
      assert.equal(held.swept, 0);
    }
    Deno.writeTextFileSync(`${root}/.lock`, `{"pid":123,"command":"fetch","since":"2026"}\n`);
    using held = holdRoot(root, "fetch", now, files);
    assert.equal(held.swept, 1);
    assert.equal(files.size(left), undefined);
  }));

Deno.test("holdRoot() sweeps all folders that a participant of a cohort is written to, and no others", () =>
  inTemporaryFolder((root) => {
    const files = new WatchedFiles();
    const left = (participant: string) =>
      [
        choicesFile(participant, "chosen", "csv"),
        importReportFile(participant, "made-up", "json"),
        webDocument(participant, "fitbit-web", "hrv", "2026-10-25"),
        aggregateFile("day", participant, "year=2026"),
        csvFile("steps", participant, "date=2026-10-25"),
        partFile("steps", participant, "date=2026-10-25"),
        reportFile(participant),
        `${reportFolder(participant)}/2026-10-25.json`,
      ].map((path) => temporaryOf(`${root}/${path}`));
    for (const path of [...left("p01"), ...left("p02")]) {
      files.makeFolder(path.slice(0, path.lastIndexOf("/")));
      files.writeSynced(path, new Uint8Array());
    }
    const { lock } = cohortMember("p01");
    Deno.writeTextFileSync(`${root}/${lock}`, "killed");
    using held = holdRoot(root, "cohort", now, files, cohortMember("p01"));
    assert.equal(held.swept, left("p01").length);
    assert.deepEqual(left("p01").filter((path) => files.size(path) !== undefined), []);
    assert.deepEqual(left("p02").filter((path) => files.size(path) === undefined), []);
  }));
