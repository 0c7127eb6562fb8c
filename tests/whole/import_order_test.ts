/**
 * The parts of an archive in any order, at once or one by one, interrupted wherever it may be: the
 * raw store, the reports and the tables are the same to the last byte.
 */

import assert from "node:assert/strict";
import { seeded } from "../../pipeline/sources/simulator/random.ts";
import { ledgerFile, lockFile } from "../../pipeline/layout.ts";
import { exportEntries, exportName, exportOf, tenDays } from "../generate/export/export_of.ts";
import { tgzOf } from "../generate/tar_writer.ts";
import { type ZipEntry, zipOf } from "../generate/zip_writer.ts";
import { inTemporaryFolder, KeptTalk, treeOf } from "../support/effects.ts";
import { House } from "../support/house.ts";

const of = exportOf(tenDays);
const name = exportName(of).replace(/-001\.zip$/, "");
const partCount = 4;

/** The members dealt out to parts, so that the evidence for the clock lies in some of them. */
function dealt(seed: number): ZipEntry[][] {
  const random = seeded(seed);
  const parts: ZipEntry[][] = Array.from({ length: partCount }, () => []);
  for (const entry of exportEntries("G4", of)) parts[Math.floor(random() * partCount)]?.push(entry);
  return parts;
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values.map((value) => ({ value, key: random() })).sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

/** Talk that calls somebody when progress is told for the so manieth time. */
class CountedTalk extends KeptTalk {
  constructor(private left: number, private readonly then: () => void) {
    super();
  }
  override progress(): void {
    if (this.left-- === 0) this.then();
  }
}

/** All of a data root but the ledger and the lock. */
async function content(root: string): Promise<Record<string, string>> {
  return Object.fromEntries(
    await treeOf(root, (path) => path === ledgerFile || path === lockFile),
  );
}

Deno.test("import gives the same bytes whatever order the parts come in, and wherever it stops", () =>
  inTemporaryFolder(async (folder) => {
    const paths = dealt(1).map((entries, n) => {
      const path = `${folder}/${name}-00${n + 1}.zip`;
      Deno.writeFileSync(path, zipOf(entries));
      return path;
    });
    const options = { person: tenDays.person, now: tenDays.made };
    const calm = new House(`${folder}/calm`, options);
    await calm.must("import", ...paths);
    await calm.must("transform");
    const expected = await content(calm.root);
    assert.ok(Object.keys(expected).some((path) => path.startsWith("tables/steps/")));

    const random = seeded(2);
    for (let run = 0; run < 4; run++) {
      const house = new House(`${folder}/run-${run}`, options);
      for (const path of shuffled(paths, random)) {
        if (run % 2 === 1) {
          const stop = new AbortController();
          const talk = new CountedTalk(Math.floor(random() * 12), () => stop.abort());
          await house.runWith({ talk, signal: stop.signal }, "import", path);
        }
        await house.run("import", path);
      }
      await house.must("transform");
      assert.deepEqual(await content(house.root), expected, `run ${run}`);
      const again = await house.run("import", ...shuffled(paths, random));
      assert.equal(again.code, 0);
      assert.equal(house.files.writes, 0, "nothing is written for what is there");
    }
  }));

Deno.test("import gives the same tables from ZIP files, tar files and folders", () =>
  inTemporaryFolder(async (folder) => {
    const entries = exportEntries("G5", of);
    const unpacked = `${folder}/unpacked/${name}`;
    for (const { path, bytes } of entries) {
      await Deno.mkdir(`${unpacked}/${path.replace(/[^/]*$/, "")}`, { recursive: true });
      await Deno.writeFile(`${unpacked}/${path}`, bytes);
    }
    await Deno.writeFile(`${folder}/${name}-001.zip`, zipOf(entries));
    await Deno.writeFile(`${folder}/${name}-001.tgz`, tgzOf(entries));
    const inner = `${unpacked}/Takeout/Google Health`;
    const ways = [`${folder}/${name}-001.zip`, `${folder}/${name}-001.tgz`, unpacked, inner];
    const found: Record<string, string>[] = [];
    for (const [n, way] of ways.entries()) {
      const house = new House(`${folder}/way-${n}`, { person: tenDays.person, now: tenDays.made });
      await house.must("import", way);
      await house.must("transform");
      found.push(
        Object.fromEntries(
          Object.entries(await content(house.root)).filter(([path]) => path.startsWith("tables/")),
        ),
      );
    }
    const [first, ...others] = found;
    for (const other of others) assert.deepEqual(other, first);
  }));
