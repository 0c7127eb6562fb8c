import assert from "node:assert/strict";
import { daysBetween } from "../../pipeline/day.ts";
import { diskFiles, type Talk } from "../../pipeline/effects.ts";
import { ledgerFile, manifestOf, webDocument } from "../../pipeline/layout.ts";
import { Ledger } from "../../pipeline/raw/ledger.ts";
import { runTransform } from "../../pipeline/transform/run.ts";
import { inTemporaryFolder, KeptTalk, treeOf, WatchedFiles } from "../support/effects.ts";
import { stock } from "../support/stock.ts";

const days = daysBetween("2025-11-01", "2025-11-20");
const utf8 = new TextEncoder();

async function transformed(
  root: string,
  threads: number,
  options: { signal?: AbortSignal; files?: WatchedFiles; talk?: Talk } = {},
) {
  using ledger = new Ledger(`${root}/${ledgerFile}`);
  const { signal = new AbortController().signal, files = new WatchedFiles() } = options;
  const { talk = new KeptTalk() } = options;
  let thrown: unknown;
  try {
    await runTransform({ only: [], force: false, csv: false, threads }, {
      root,
      files,
      ledger,
      talk,
      signal,
    });
  } catch (error) {
    thrown = error;
  }
  return { tables: await treeOf(`${root}/tables`), parts: ledger.parts(), thrown };
}

Deno.test("buildOnThreads() builds the same parts on one thread as on several", async () => {
  await inTemporaryFolder(async (folder) => {
    const found = [];
    for (const threads of [1, 2, 3]) {
      const root = `${folder}/${threads}`;
      stock(root, "Fitbit Web", days);
      found.push(await transformed(root, threads));
    }
    const [first, ...others] = found;
    assert.ok(first !== undefined && first.thrown === undefined);
    assert.ok(first.parts.length >= days.length);
    for (const other of others) assert.deepEqual(other, first);
  });
});

Deno.test("buildOnThreads() stops at a signal; what is built by then is whole and known", async () => {
  await inTemporaryFolder(async (root) => {
    stock(root, "Fitbit Web", days);
    const stop = new AbortController();
    const talk = new KeptTalk();
    talk.progress = () => stop.abort(new Error("Stopped"));
    const stopped = await transformed(root, 1, { signal: stop.signal, talk });
    assert.match(String(stopped.thrown), /Stopped/);
    assert.ok(stopped.parts.length > 0 && stopped.parts.length < days.length);
    assert.equal(stopped.tables.size, stopped.parts.length);

    const finished = await transformed(root, 2);
    assert.equal(finished.thrown, undefined);
    assert.ok(finished.parts.length >= days.length);
  });
});

Deno.test("PartKeeper says what the disk refused, leaves nothing half, and the next run finishes", async () => {
  await inTemporaryFolder(async (root) => {
    stock(root, "Fitbit Web", days);
    const files = new WatchedFiles();
    let renames = 0;
    files.failAt = (_, mutation) =>
      mutation === "rename" && ++renames === 8
        ? Object.assign(new Error("No space left on device"), { code: "ENOSPC" })
        : undefined;
    const failed = await transformed(root, 1, { files });
    assert.match(String(failed.thrown), /heart_rate from date=2025-11-\d\d on: No space left/);
    assert.deepEqual(failed.parts, []);
    assert.deepEqual(Array.from(failed.tables.keys()).filter((path) => /tmp/.test(path)), []);

    const finished = await transformed(root, 1);
    assert.equal(finished.thrown, undefined);
    assert.equal(finished.tables.size, finished.parts.length);
    assert.ok(finished.parts.length >= days.length);
  });
});

Deno.test("buildOnThreads() throws when other threads crash, however many they are", () =>
  inTemporaryFolder(async (root) => {
    stock(root, "Fitbit Web", days);
    const stream = "activities/heart/1sec";
    const replaced = (file: Uint8Array, from: string, to: string) =>
      utf8.encode(new TextDecoder().decode(file).replace(from, to));
    for (const day of days) {
      const manifest = `${root}/${manifestOf(webDocument("me", "fitbit-web", stream, day))}`;
      Deno.writeFileSync(manifest, replaced(Deno.readFileSync(manifest), stream, "unheard-of"));
    }
    // This thread reads what the others, which read the disk itself, do not find there.
    const files = new WatchedFiles();
    files.read = (path) =>
      path.endsWith(".meta.json")
        ? replaced(diskFiles.read(path), "unheard-of", stream)
        : diskFiles.read(path);
    for (const threads of [2, 3]) {
      const { thrown } = await transformed(root, threads, { files });
      assert.match(String(thrown), /A transform worker failed: .*"unheard-of"/);
    }
  }));
