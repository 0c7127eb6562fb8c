import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import type { Files } from "../../pipeline/effects.ts";
import { FrameWriter } from "../../pipeline/import/frame_writer.ts";
import { RawStore } from "../../pipeline/raw/store.ts";
import { inTemporaryFolder, unsyncedFiles } from "../support/effects.ts";

/** As many as are written together. */
const frames = Array.from({ length: 64 }, (_, i) => ({
  path: `raw/me/takeout/made-up/${i}.json.zst`,
  frame: Uint8Array.of(i),
}));

/** A disk that takes its time, or refuses what it is given at last. */
function slowFiles(refusal?: Error): Files {
  return {
    ...unsyncedFiles,
    async writeAllSynced(contents) {
      await setImmediate();
      if (refusal !== undefined) throw refusal;
      for (const { path, bytes } of contents) unsyncedFiles.writeSynced(path, bytes);
    },
  };
}

/** An import that fails while the disk is at work. */
async function failingImport(store: RawStore): Promise<void> {
  await using writer = new FrameWriter(store);
  for (const { path, frame } of frames) await writer.put({ path, frame: frame.slice() });
  throw new Error("A bug");
}

Deno.test("FrameWriter is done with the disk before an import that fails has ended", () =>
  inTemporaryFolder(async (root) => {
    const store = new RawStore(root, slowFiles());
    await assert.rejects(failingImport(store), /A bug/);
    for (const { path, frame } of frames) assert.deepEqual(store.frame(path), frame);
  }));

Deno.test("FrameWriter leaves the reason of a failure alone, whatever the disk says meanwhile", () =>
  inTemporaryFolder(async (root) => {
    const store = new RawStore(root, slowFiles(new Error("No space left on device")));
    await assert.rejects(failingImport(store), /A bug/);
  }));
