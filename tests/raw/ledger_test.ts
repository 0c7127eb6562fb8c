import assert from "node:assert/strict";
import { UserError } from "../../pipeline/errors.ts";
import { Ledger } from "../../pipeline/raw/ledger.ts";
import type { Manifest } from "../../pipeline/raw/manifest.ts";
import { rebuildLedger } from "../../pipeline/raw/rebuild.ts";
import { RawStore } from "../../pipeline/raw/store.ts";
import { createHash } from "node:crypto";
import { inTemporaryFolder, WatchedFiles } from "../support/effects.ts";

function manifestFor(day: string, text: string): Manifest {
  return {
    format: 1,
    participant: "me",
    source: "google-health",
    stream: "heart-rate",
    account: "0123456789abcdef",
    first_day: day,
    last_day: day,
    sha256: createHash("sha256").update(text).digest("hex"),
    bytes: text.length,
    received_at: "2026-11-20T08:00:00.000Z",
    asked_at: "2026-11-20T08:00:00.000Z",
    synced_to: "2026-11-19T21:00:00.000Z",
    empty: text === "[{}]",
    origin: [],
    clock: { kind: "explicit" },
  };
}

Deno.test("a failure is over when its window is answered, and others stay", () =>
  inTemporaryFolder((root) => {
    using ledger = new Ledger(`${root}/ledger.sqlite`);
    const failure = {
      participant: "me",
      source: "google-health" as const,
      stream: "heart-rate",
      at: "2026-11-20T07:00:00.000Z",
      reason: "503 twice",
      pending: 0,
    };
    for (const day of ["2026-10-01", "2026-10-02"]) {
      ledger.recordFailure({ ...failure, first_day: day, last_day: day });
    }
    ledger.recordDocument("raw/a.json.zst", manifestFor("2026-10-01", "[]"));
    assert.deepEqual(ledger.failures().map((row) => row.first_day), ["2026-10-02"]);
    assert.equal(ledger.documents({ source: "takeout" }).length, 0);
    assert.equal(ledger.documents({ participant: "me", stream: "heart-rate" }).length, 1);
  }));

Deno.test("forgetFailures() forgets those of one stream", () =>
  inTemporaryFolder((root) => {
    using ledger = new Ledger(`${root}/ledger.sqlite`);
    const failure = {
      ...{ participant: "me", source: "google-health" as const, reason: "503 twice", pending: 0 },
      ...{ first_day: "2026-10-01", last_day: "2026-10-01", at: "2026-11-20T07:00:00.000Z" },
    };
    for (const stream of ["pairedDevices", "steps"]) ledger.recordFailure({ ...failure, stream });
    ledger.forgetFailures({ ...failure, stream: "pairedDevices" });
    assert.deepEqual(ledger.failures().map(({ stream }) => stream), ["steps"]);
  }));

Deno.test("transaction() is all or nothing", () =>
  inTemporaryFolder((root) => {
    using ledger = new Ledger(`${root}/ledger.sqlite`);
    assert.throws(() =>
      ledger.transaction(() => {
        ledger.recordDocument("raw/a.json.zst", manifestFor("2026-10-01", "[]"));
        throw new Error("stop");
      }), /stop/);
    assert.equal(ledger.documents().length, 0);
  }));

Deno.test("a file that is no ledger, or of another version, is named", () =>
  inTemporaryFolder((root) => {
    const path = `${root}/ledger.sqlite`;
    Deno.writeTextFileSync(path, "this is not a database, and long enough to be read as a header");
    assert.throws(
      () => new Ledger(path),
      (error) => error instanceof UserError && error.message.includes(path),
    );
  }));

Deno.test("rows come whole and in order, however many there are", () =>
  inTemporaryFolder((root) => {
    using ledger = new Ledger(`${root}/ledger.sqlite`);
    const periods = Array.from({ length: 20_001 }, (_, row) => String(100_000 + row));
    ledger.transaction(() => {
      for (const period of periods) ledger.recordAggregate("me", period, "digest");
    });
    assert.deepEqual(Array.from(ledger.aggregates("me").keys()), periods);
  }));

Deno.test("whatever page of the ledger is damaged, it is named: no row is silently missing", () =>
  inTemporaryFolder((root) => {
    const path = `${root}/ledger.sqlite`;
    const failure = {
      ...{ participant: "me", source: "google-health" as const, stream: "steps", pending: 0 },
      ...{ last_day: "2026-10-01", at: "2026-11-20T07:00:00.000Z", reason: "503 twice" },
    };
    const part = {
      ...{ table_name: "steps", participant: "me", digest: "d", csv_digest: null, rows: 1 },
      ...{ first_time: 0, last_time: 0, bytes: 1, sha256: "s", series: "[]" },
      report: `{"put_aside":[],"notes":["${"n".repeat(500)}"]}`,
    };
    {
      using ledger = new Ledger(path);
      ledger.transaction(() => {
        for (let row = 0; row < 60; row++) {
          const day = `2026-10-01 ${row}`;
          ledger.recordDocument(`raw/${day}.json.zst`, manifestFor(day, "[]"));
          ledger.recordFailure({ ...failure, first_day: day });
          ledger.recordPart({ ...part, partition: day });
          ledger.recordAggregate("me", day, "d".repeat(200));
        }
      });
    }
    const whole = Deno.readFileSync(path);
    const pageLength = 4096;
    assert.ok(whole.length > 12 * pageLength);
    for (let at = pageLength; at < whole.length; at += pageLength) {
      for (const filling of [0, 13, 255]) {
        Deno.writeFileSync(path, whole.slice().fill(filling, at, at + pageLength));
        using ledger = new Ledger(path, { readOnly: true });
        assert.throws(
          () => [
            ledger.documents(),
            ledger.failures(),
            Array.from(ledger.partsWithRows("me")),
            ledger.aggregates("me"),
          ],
          (error) =>
            error instanceof UserError && error.message.includes(path) &&
            error.hint?.includes("verify --rebuild") === true,
          `filled with ${filling} from ${at} of ${whole.length}`,
        );
      }
    }
  }));

Deno.test("rebuildLedger() gives the same documents as the ledger that was lost", () =>
  inTemporaryFolder((root) => {
    const files = new WatchedFiles();
    const store = new RawStore(root, files);
    const expected = (() => {
      using ledger = new Ledger(`${root}/ledger.sqlite`);
      for (const [day, text] of [["2026-10-01", "[1]"], ["2026-10-02", "[{}]"]] as const) {
        const path = `raw/me/google-health/heart-rate/${day}.json.zst`;
        const manifest = manifestFor(day, text);
        store.put(path, new TextEncoder().encode(text), manifest);
        ledger.recordDocument(path, manifest);
      }
      return ledger.documents();
    })();
    const extra = `${root}/raw/me/google-health/heart-rate/2026-10-03.json.zst`;
    files.writeSynced(extra, new Uint8Array([1]));
    files.remove(`${root}/ledger.sqlite`);
    const { documents, unreadable } = rebuildLedger(root, store, files);
    assert.equal(documents, 2);
    assert.deepEqual(unreadable.map(({ reason }) => reason), ["it has no manifest"]);
    using ledger = new Ledger(`${root}/ledger.sqlite`);
    assert.deepEqual(ledger.documents(), expected);
  }));
