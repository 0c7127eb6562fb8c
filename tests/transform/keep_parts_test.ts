import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { daysBetween } from "../../pipeline/day.ts";
import { diskFiles, type Files } from "../../pipeline/effects.ts";
import { ledgerFile } from "../../pipeline/layout.ts";
import { Ledger } from "../../pipeline/raw/ledger.ts";
import { runTransform } from "../../pipeline/transform/run.ts";
import { inTemporaryFolder, KeptTalk, treeOf, unsyncedFiles } from "../support/effects.ts";
import { stock } from "../support/stock.ts";

Deno.test("PartKeeper is done with the disk and the ledger before a run that fails has ended", () =>
  inTemporaryFolder(async (root) => {
    const days = daysBetween("2025-11-01", "2026-01-09");
    stock(root, "Takeout CSV", days);
    const failed = Promise.withResolvers<void>();
    const files: Files = {
      ...unsyncedFiles,
      read(path) {
        if (!path.includes(days.at(-1) ?? "")) return diskFiles.read(path);
        failed.resolve();
        throw new Error("A bug");
      },
      async writeAllSynced(contents) {
        // A disk that is still at it when the run has failed.
        await failed.promise;
        await setImmediate();
        for (const { path, bytes } of contents) unsyncedFiles.writeSynced(path, bytes);
      },
    };
    using ledger = new Ledger(`${root}/${ledgerFile}`);
    await assert.rejects(
      runTransform({ only: [], force: false, csv: false, threads: 1 }, {
        root,
        files,
        ledger,
        talk: new KeptTalk(),
        signal: new AbortController().signal,
      }),
      /A bug/,
    );
    const { length } = ledger.parts();
    assert.ok(length > 0);
    assert.equal((await treeOf(`${root}/tables`)).size, length);
  }));
