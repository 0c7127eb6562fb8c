import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { DocumentError } from "../../pipeline/errors.ts";
import type { Manifest } from "../../pipeline/raw/manifest.ts";
import { isBeside, RawStore } from "../../pipeline/raw/store.ts";
import { inTemporaryFolder, treeOf, WatchedFiles } from "../support/effects.ts";

const path = "raw/me/google-health/heart-rate/2026-10-25.json.zst";

function document(text: string): { bytes: Uint8Array; manifest: Manifest } {
  const bytes = new TextEncoder().encode(text);
  return {
    bytes,
    manifest: {
      format: 1,
      participant: "me",
      source: "google-health",
      stream: "heart-rate",
      first_day: "2026-10-25",
      last_day: "2026-10-25",
      sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes: bytes.length,
      received_at: "2026-10-26T08:00:00.000Z",
      asked_at: "2026-10-26T08:00:00.000Z",
      synced_to: null,
      empty: false,
      origin: ["GET /v4/users/me"],
      clock: { kind: "explicit" },
    },
  };
}

Deno.test("put() keeps the bytes and gives them back", () =>
  inTemporaryFolder((root) => {
    const store = new RawStore(root, new WatchedFiles());
    const { bytes, manifest } = document(`[{"dataPoints":[]}]`);
    assert.equal(store.put(path, bytes, manifest), "new");
    assert.deepEqual(new Uint8Array(store.document(path)), bytes);
    assert.deepEqual(store.manifest(path), manifest);
    assert.deepEqual(Array.from(store.paths()), [path]);
  }));

Deno.test("put() of the same answer at the same moment writes nothing", () =>
  inTemporaryFolder((root) => {
    const files = new WatchedFiles();
    const store = new RawStore(root, files);
    const { bytes, manifest } = document("[1]");
    store.put(path, bytes, manifest);
    const before = files.calls.length;
    assert.equal(store.put(path, bytes, manifest), "same");
    assert.equal(files.calls.length, before);
  }));

Deno.test("put() of the same answer later moves only the manifest's asked_at", () =>
  inTemporaryFolder(async (root) => {
    const store = new RawStore(root, new WatchedFiles());
    const { bytes, manifest } = document("[1]");
    store.put(path, bytes, manifest);
    const before = await treeOf(root, (file) => file.endsWith(".meta.json"));
    const later = {
      ...manifest,
      received_at: "2026-11-02T08:00:00.000Z",
      asked_at: "2026-11-02T08:00:00.000Z",
    };
    assert.equal(store.put(path, bytes, later), "same");
    assert.deepEqual(await treeOf(root, (file) => file.endsWith(".meta.json")), before);
    assert.equal(store.manifest(path)?.asked_at, later.asked_at);
    assert.equal(store.manifest(path)?.received_at, manifest.received_at);
  }));

Deno.test("put() of another answer keeps the earlier one beside", () =>
  inTemporaryFolder((root) => {
    const store = new RawStore(root, new WatchedFiles());
    const first = document("[1]");
    const second = document("[2]");
    store.put(path, first.bytes, first.manifest);
    assert.equal(store.put(path, second.bytes, second.manifest), "replaced");
    assert.deepEqual(new Uint8Array(store.document(path)), second.bytes);
    const beside = Array.from(store.paths()).filter(isBeside);
    assert.equal(beside.length, 1);
    assert.deepEqual(new Uint8Array(store.document(beside[0] ?? "")), first.bytes);
    assert.equal(store.put(path, first.bytes, first.manifest), "replaced");
    assert.equal(Array.from(store.paths()).filter(isBeside).length, 2);
  }));

Deno.test("put() of the earlier answer, after its replacement failed, puts its bytes back", () =>
  inTemporaryFolder(async (folder) => {
    const first = document("[1]");
    const second = document("[2]");
    for (let failing = 1;; failing++) {
      const files = new WatchedFiles();
      const store = new RawStore(`${folder}/${failing}`, files);
      store.put(path, first.bytes, first.manifest);
      const before = files.calls.length;
      files.failAt = (call) => call === before + failing ? new Error("Cut short") : undefined;
      try {
        store.put(path, second.bytes, second.manifest);
        assert.ok(failing > 3, "no operation was cut short");
        break;
      } catch (error) {
        assert.match(String(error), /Cut short/);
      }
      files.failAt = () => undefined;
      store.put(path, first.bytes, first.manifest);
      const current = store.manifest(path);
      assert.deepEqual(new Uint8Array(store.document(path)), first.bytes, `operation ${failing}`);
      assert.equal(current?.sha256, first.manifest.sha256);
      const settled = await treeOf(`${folder}/${failing}`);
      store.put(path, first.bytes, first.manifest);
      assert.deepEqual(await treeOf(`${folder}/${failing}`), settled);
    }
  }));

Deno.test("put() that yields keeps the new one beside", () =>
  inTemporaryFolder((root) => {
    const store = new RawStore(root, new WatchedFiles());
    const first = document("[1]");
    const second = document("[2]");
    store.put(path, first.bytes, first.manifest);
    const options = { yieldToCurrent: true };
    assert.equal(store.put(path, second.bytes, second.manifest, options), "kept beside");
    assert.deepEqual(new Uint8Array(store.document(path)), first.bytes);
    assert.equal(Array.from(store.paths()).filter(isBeside).length, 1);
  }));

Deno.test("put() that fails at any operation loses nothing and can be repeated", () =>
  inTemporaryFolder(async (folder) => {
    const first = document("[1]");
    const second = document("[2]");
    const undisturbed = `${folder}/undisturbed`;
    const plain = new RawStore(undisturbed, new WatchedFiles());
    plain.put(path, first.bytes, first.manifest);
    plain.put(path, second.bytes, second.manifest);
    const expected = await treeOf(undisturbed);
    for (let failing = 1;; failing++) {
      const root = `${folder}/${failing}`;
      const files = new WatchedFiles();
      const store = new RawStore(root, files);
      files.failAt = (call) => call === failing ? new Error("No space left on device") : undefined;
      let failed = false;
      const attempt = (sent: { bytes: Uint8Array; manifest: Manifest }) => {
        try {
          store.put(path, sent.bytes, sent.manifest);
        } catch (error) {
          assert.match(String(error), /No space left/);
          failed = true;
          store.put(path, sent.bytes, sent.manifest);
        }
      };
      attempt(first);
      attempt(second);
      assert.deepEqual(await treeOf(root), expected, `after failure ${failing}`);
      if (!failed) break;
    }
  }));

Deno.test("document() and manifest() name what is damaged", () =>
  inTemporaryFolder((root) => {
    const files = new WatchedFiles();
    const store = new RawStore(root, files);
    const { bytes, manifest } = document(`[${"1,".repeat(1000)}1]`);
    store.put(path, bytes, manifest);
    const compressed = files.read(`${root}/${path}`);
    files.writeSynced(`${root}/${path}`, compressed.subarray(0, compressed.length - 5));
    assert.throws(() => store.document(path), (error) =>
      error instanceof DocumentError && error.message.includes("2026-10-25.json.zst"));
    files.writeSynced(
      `${root}/${path.replace(/\.zst$/, ".meta.json")}`,
      new TextEncoder().encode(`{"format":1}`),
    );
    assert.throws(() =>
      store.manifest(path), DocumentError);
  }));
