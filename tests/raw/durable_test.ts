import assert from "node:assert/strict";
import { sweepTemporaries, temporaryOf, writeAllDurably } from "../../pipeline/raw/durable.ts";
import { inTemporaryFolder, WatchedFiles } from "../support/effects.ts";

const bytes = Uint8Array.of(1, 2, 3);

Deno.test("writeAllDurably() has all contents on the disk before the first name, and all names after", async () => {
  await inTemporaryFolder((root) => {
    const files = new WatchedFiles();
    const paths = [`${root}/a/1`, `${root}/b/2`];
    writeAllDurably(files, paths.map((path) => ({ path, bytes })));
    assert.deepEqual(files.calls, [
      { mutation: "makeFolder", path: `${root}/a` },
      { mutation: "makeFolder", path: `${root}/b` },
      { mutation: "writeSynced", path: temporaryOf(`${root}/a/1`) },
      { mutation: "writeSynced", path: temporaryOf(`${root}/b/2`) },
      { mutation: "rename", path: `${root}/a/1` },
      { mutation: "rename", path: `${root}/b/2` },
      { mutation: "syncFolder", path: `${root}/a` },
      { mutation: "syncFolder", path: `${root}/b` },
    ]);
    for (const path of paths) assert.deepEqual(files.read(path), bytes);
  });
});

Deno.test("writeAllDurably() leaves every file old or new, and nothing besides, when it fails", async () => {
  const steps = 8;
  for (let failing = 1; failing <= steps; failing++) {
    await inTemporaryFolder((root) => {
      const files = new WatchedFiles();
      files.failAt = (call) => call === failing ? new Error("No space left on device") : undefined;
      const paths = [`${root}/a/1`, `${root}/b/2`];
      assert.throws(
        () => writeAllDurably(files, paths.map((path) => ({ path, bytes }))),
        /No space/,
      );
      assert.equal(sweepTemporaries(files, root), 0, `step ${failing}`);
      for (const path of paths) {
        if (files.size(path) !== undefined) assert.deepEqual(files.read(path), bytes);
      }
    });
  }
});
