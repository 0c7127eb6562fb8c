/**
 * A disk that refuses the Nth change, or everything from then on: a clear error, nothing lost, and the
 * next run comes to the same bytes as if nothing had been.
 */

import assert from "node:assert/strict";
import type { Clock } from "../../pipeline/effects.ts";
import { inTemporaryFolder, treeOf, WatchedFiles } from "../support/effects.ts";
import { copyFolder } from "../support/folders.ts";
import { contentOf, House, present, type Ran } from "../support/house.ts";
import { savedAnswer, writeArchive } from "../support/takeout_of.ts";

/** Stands still, so that what is written does not depend on how often it was tried. */
const clock: Clock = { now: () => Date.parse(present), sleep: () => Promise.resolve() };

/** What the system throws, and what must be said. */
const refusals: readonly (readonly [error: (path: string) => Error, said: RegExp])[] = [
  [
    (path) =>
      ofSystem(new Error(`No space left on device (os error 28): write '${path}'`), "ENOSPC"),
    /disk is full\n.*Free some space|No space left on device.*\n.*same command again/,
  ],
  [
    (path) =>
      ofSystem(
        new Deno.errors.PermissionDenied(`Permission denied (os error 13): open '${path}'`),
        "EACCES",
      ),
    /Permission denied.*\n.*same command again/,
  ],
  [
    (path) => ofSystem(new Error(`Input/output error (os error 5): write '${path}'`), "EIO"),
    /Input\/output error.*\n.*same command again/,
  ],
  // As when somebody takes the data root away meanwhile.
  [
    (path) =>
      ofSystem(
        new Deno.errors.NotFound(`No such file or directory (os error 2): open '${path}'`),
        "ENOENT",
      ),
    /No such file or directory.*\n.*same command again/,
  ],
  // As when a network drive is gone.
  [
    (path) => ofSystem(new Error(`Stale file handle (os error 116): write '${path}'`), "ESTALE"),
    /Stale file handle.*\n.*same command again/,
  ],
];

function ofSystem(error: Error, code: string): Error {
  return Object.assign(error, { code });
}

interface Stage {
  readonly name: string;
  run(house: House, files?: WatchedFiles): Promise<Ran>;
}

function stage(command: string, ...argv: string[]): Stage {
  const name = [command, ...argv].join(" ");
  return {
    name,
    run: (house, files) => {
      const placed = argv.map((word) => word.replace("ROOT", house.root.replace(/\/[^/]+$/, "")));
      return house.runWith({ clock, ...files === undefined ? {} : { files } }, command, ...placed);
    },
  };
}

/** In the order of the house; each begins where the ones before it ended. */
const stages: readonly Stage[] = [
  stage(
    "fetch",
    "--from",
    "2026-10-24",
    "--to",
    "2026-10-25",
    "--only",
    "heart_rate,resting_heart_rate",
  ),
  stage("import", "ROOT/takeout.zip", "ROOT/HR2026-10-05.json", "--timezone", "Europe/Berlin"),
  stage("transform", "--csv"),
  stage("aggregate"),
];

for (const [index, each] of stages.entries()) {
  Deno.test(`${each.name} survives a disk that refuses any one change, or all from then on`, async () => {
    await inTemporaryFolder(async (folder) => {
      const begin = new House(`${folder}/begin`);
      await writeArchive(`${folder}/takeout.zip`, begin.simulator, ["2026-10-20", "2026-10-24"]);
      await Deno.writeTextFile(
        `${folder}/HR2026-10-05.json`,
        JSON.stringify(await savedAnswer(begin.simulator, "2026-10-05")),
      );
      await Deno.mkdir(begin.root);
      for (const before of stages.slice(0, index)) {
        assert.equal((await before.run(begin)).code, 0);
      }
      const calm = new House(`${folder}/calm`);
      await copyFolder(begin.root, calm.root);
      assert.equal((await each.run(calm)).code, 0);
      const changes = calm.files.calls.length;
      assert.ok(changes > 10);
      const expected = await contentOf(calm.root);
      const { files: kept } = index === 0
        ? { files: new Map<string, string>() }
        : await contentOf(begin.root);

      for (let number = 1; number <= changes; number++) {
        for (const lasting of [false, true]) {
          const when = `change ${number} of ${changes}${lasting ? " and all after it" : ""}`;
          const [error, said] = refusals[number % refusals.length] ?? assert.fail();
          const house = new House(`${folder}/data`);
          await copyFolder(begin.root, house.root);

          const files = new WatchedFiles();
          files.failAt = (call, _, path) =>
            call === number || (lasting && call > number) ? error(path) : undefined;
          const failed = await each.run(house, files);
          assert.equal(failed.code, 3, `${when}: ${failed.said}`);
          assert.match(failed.said, said, when);
          const left = await treeOf(house.root);
          for (const [path, digest] of kept) {
            assert.equal(left.get(path), digest, `${when}: ${path}`);
          }

          const again = await each.run(house);
          assert.equal(again.code, 0, `${when}: ${again.said}`);
          assert.deepEqual(await contentOf(house.root), expected, when);
          await Deno.remove(house.root, { recursive: true });
        }
      }
    });
  });
}
