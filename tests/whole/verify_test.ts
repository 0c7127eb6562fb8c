/**
 * What can happen to files on a disk: `verify` names it, what it says is done about it, and then
 * everything is as it was.
 */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { diskFiles } from "../../pipeline/effects.ts";
import { ledgerFile, manifestOf } from "../../pipeline/layout.ts";
import { treeOf, WatchedFiles } from "../support/effects.ts";
import { type House, inHouse, ledgerContent } from "../support/house.ts";
import { writeArchive } from "../support/takeout_of.ts";

const verifiedSchema = z.strictObject({
  format: z.literal(1),
  documents: z.int(),
  parts: z.int(),
  rows: z.int(),
  differences: z.array(z.strictObject({ path: z.string(), what: z.string(), cure: z.string() })),
});

async function verified(house: House) {
  const { code, results } = await house.run("verify", "--json");
  const found = verifiedSchema.parse(JSON.parse(results));
  assert.equal(code, found.differences.length === 0 ? 0 : 3);
  return found;
}

/** One dense stream and one of daily values: enough to damage. */
const fetched = [
  "--from",
  "2026-10-24",
  "--to",
  "2026-10-25",
  "--only",
  "heart_rate,resting_heart_rate",
];
const document = "raw/me/google-health/heart-rate/2026-10-25.json.zst";
const member =
  "raw/me/takeout/data/Takeout/Fitbit/Global Export Data/heart_rate-2026-10-20.json.zst";
const part = "tables/heart_rate/participant=me/date=2026-10-25/part.parquet";

/** A data root with fetched and imported days, all of it built. */
async function inBuiltHouse(work: (house: House) => Promise<void>): Promise<void> {
  await inHouse(async (house) => {
    await writeArchive(`${house.root}.zip`, house.simulator, ["2026-10-20", "2026-10-21"]);
    await everything(house);
    await work(house);
  });
}

/** Every stage, as a person runs them again after a cure. */
async function everything(house: House): Promise<void> {
  await house.must("fetch", ...fetched);
  await house.must("import", `${house.root}.zip`);
  await house.must("transform");
  await house.must("aggregate");
}

/** Changes one bit in the middle of a file. */
async function flipBit(path: string): Promise<void> {
  const bytes = await Deno.readFile(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await Deno.writeFile(path, bytes);
}

/** A row in the middle of a part written over, the file whole and readable all the same. */
async function otherPart(house: House): Promise<void> {
  const other = part.replace("2026-10-25", "2026-10-24");
  await Deno.copyFile(`${house.root}/${other}`, `${house.root}/${part}`);
}

interface Mishap {
  readonly name: string;
  happen(house: House): Promise<void>;
  /** What verify must name: paths and words. */
  readonly found: readonly (readonly [path: string, what: RegExp])[];
}

const mishaps: readonly Mishap[] = [
  {
    name: "a flipped bit in a fetched document",
    happen: ({ root }) => flipBit(`${root}/${document}`),
    found: [[document, /Cannot decompress|has the hash/]],
  },
  {
    name: "a flipped bit in an archive's member",
    happen: ({ root }) => flipBit(`${root}/${member}`),
    found: [[member, /Cannot decompress|has the hash/]],
  },
  {
    name: "a document cut short",
    happen: ({ root }) => Deno.truncate(`${root}/${document}`, 1000),
    found: [[document, /Cannot decompress .*cut/]],
  },
  {
    name: "a deleted document",
    happen: ({ root }) => Deno.remove(`${root}/${document}`),
    found: [[document, /the file is gone/]],
  },
  {
    name: "a deleted member",
    happen: ({ root }) => Deno.remove(`${root}/${member}`),
    found: [[member, /the file is gone/]],
  },
  {
    name: "a deleted manifest",
    happen: ({ root }) => Deno.remove(`${root}/${manifestOf(document)}`),
    found: [[document, /has no manifest/]],
  },
  {
    name: "a manifest that is none",
    happen: ({ root }) => Deno.writeTextFile(`${root}/${manifestOf(member)}`, "{}"),
    found: [[member, /Cannot read the manifest/]],
  },
  {
    name: "a document put there by hand",
    happen: async ({ root }) => {
      const there = document.replace("10-25", "10-23");
      await Deno.copyFile(`${root}/${document}`, `${root}/${there}`);
    },
    found: [[document.replace("10-25", "10-23"), /has no manifest/]],
  },
  {
    name: "a deleted part",
    happen: ({ root }) => Deno.remove(`${root}/${part}`),
    found: [[part, /the file is gone/]],
  },
  {
    name: "a flipped bit in a part",
    happen: ({ root }) => flipBit(`${root}/${part}`),
    found: [[part, /its hash is/]],
  },
  { name: "a part that holds another day", happen: otherPart, found: [[part, /its hash is/]] },
  {
    name: "a part that nothing built",
    happen: async ({ root }) => {
      const there = part.replace("2026-10-25", "2031-01-01");
      await Deno.mkdir(`${root}/${there.slice(0, there.lastIndexOf("/"))}`);
      await Deno.copyFile(`${root}/${part}`, `${root}/${there}`);
    },
    found: [[part.replace("2026-10-25", "2031-01-01"), /nothing in the ledger built it/]],
  },
];

/** Does what a cure says, word for word. */
async function follow(house: House, path: string, cure: string): Promise<void> {
  const [first = "", otherwise] = cure.split("; ");
  for (const step of first.split(/, then |, /)) {
    if (step === "delete it") await Deno.remove(`${house.root}/${path}`);
    else if (step === "deno task verify --rebuild") await house.run("verify", "--rebuild");
    else if (step === "deno task transform") await house.must("transform");
    else if (step === "fetch or import it again") await everything(house);
    else assert.fail(`nobody can follow "${cure}"`);
  }
  if (otherwise === undefined) return;
  assert.equal(otherwise, "if it is named again, delete it");
  const { differences } = await verified(house);
  if (differences.some((each) => each.path === path)) await Deno.remove(`${house.root}/${path}`);
}

for (const { name, happen, found } of mishaps) {
  Deno.test(`verify finds ${name}, and its cure cures it`, async () => {
    await inBuiltHouse(async (house) => {
      const whole = await treeOf(house.root, notCompared);
      const before = await verified(house);
      assert.deepEqual(before.differences, []);
      assert.deepEqual([before.documents, before.parts], [5, 5]);

      await happen(house);
      const { differences } = await verified(house);
      assert.deepEqual(differences.map(({ path }) => path), found.map(([path]) => path));
      differences.forEach(({ what }, index) => assert.match(what, found[index]?.[1] ?? /^$/));

      for (const { path, cure } of differences) await follow(house, path, cure);
      assert.deepEqual((await verified(house)).differences, []);
      const healed = await treeOf(house.root, notCompared);
      for (const [path, digest] of whole) {
        // The manifest of what was fetched again says when that was.
        const isNew = found.some(([of]) => of !== path && path === manifestOf(of));
        if (!isNew) assert.equal(healed.get(path), digest, path);
      }
    });
  });
}

Deno.test("verify has nothing deleted that the disk only refuses to read", async () => {
  await inBuiltHouse(async (house) => {
    class Refusing extends WatchedFiles {
      override read = (path: string): Uint8Array => {
        if (!path.endsWith(document)) return diskFiles.read(path);
        const refused = new Error("Input/output error (os error 5)");
        throw Object.assign(refused, { code: "EIO" });
      };
    }
    const files = new Refusing();
    const { code, results } = await house.runWith({ files }, "verify");
    assert.equal(code, 3);
    assert.match(results, /Input\/output error.*mend the cause, then deno task verify/);
    assert.doesNotMatch(results, /delete/);
  });
});

/** The ledger's bytes depend on its history. */
function notCompared(path: string): boolean {
  return path === ledgerFile || path === ".lock";
}

Deno.test("verify --rebuild makes the same ledger again, and a transform then writes no file", async () => {
  await inBuiltHouse(async (house) => {
    const before = ledgerContent(house.root);
    const asked = house.dataRequests;
    const tree = await treeOf(house.root, notCompared);
    const { said } = await house.must("verify", "--rebuild");
    assert.match(said, /Made the ledger again from 5 raw documents/);
    assert.deepEqual(ledgerContent(house.root)["document"], before["document"]);

    const transformed = await house.must("transform");
    assert.match(transformed.said, /5 parts built .* 0 files written/);
    assert.equal(house.files.writes, 0);
    await house.must("aggregate");
    assert.equal(house.files.writes, 0);
    assert.deepEqual(ledgerContent(house.root), before);
    assert.deepEqual(await treeOf(house.root, notCompared), tree);
    await everything(house);
    assert.equal(house.dataRequests, asked);
  });
});

Deno.test("a deleted ledger costs no request", async () => {
  await inBuiltHouse(async (house) => {
    const before = ledgerContent(house.root);
    const asked = house.dataRequests;
    await Deno.remove(`${house.root}/${ledgerFile}`);
    assert.match((await house.run("status")).said, /deno task verify --rebuild/);
    const { said } = await house.must("fetch", ...fetched);
    assert.match(said, /The ledger was missing: made it again from 5 raw documents/);
    assert.match(said, /nothing is due/);
    await everything(house);
    assert.equal(house.dataRequests, asked);
    assert.deepEqual(ledgerContent(house.root), before);
  });
});

Deno.test("a ledger that is none is named, with how to make it again", async () => {
  await inBuiltHouse(async (house) => {
    const before = ledgerContent(house.root);
    await Deno.writeTextFile(`${house.root}/${ledgerFile}`, "This is no database. ".repeat(100));
    for (const command of ["transform", "status", "verify"]) {
      const { code, said } = await house.run(command);
      assert.equal(code, 3, said);
      assert.match(said, /Cannot read the ledger ".*ledger\.sqlite".*\n.*verify --rebuild/);
    }
    await house.must("verify", "--rebuild");
    await everything(house);
    assert.deepEqual(ledgerContent(house.root), before);
  });
});

Deno.test("the journal of a killed run is not played back into a ledger made again", async () => {
  await inBuiltHouse(async (house) => {
    const path = `${house.root}/${ledgerFile}`;
    const before = ledgerContent(house.root);
    // As after a kill in the middle of a large commit: a journal that is due to be played back.
    const journal = hotJournal(path);
    await Deno.writeFile(`${path}-journal`, journal);
    await Deno.remove(path);
    await everything(house);
    assert.deepEqual(ledgerContent(house.root), before);

    await Deno.writeFile(`${path}-journal`, journal);
    await Deno.writeTextFile(path, "");
    await house.must("verify", "--rebuild");
    await everything(house);
    assert.deepEqual(ledgerContent(house.root), before);
    assert.deepEqual((await verified(house)).differences, []);
  });
});

/** The journal of a transaction on an older state of the ledger, while it is being committed. */
function hotJournal(path: string): Uint8Array {
  const copy = `${path}-copy`;
  Deno.copyFileSync(path, copy);
  try {
    using db = new DatabaseSync(copy);
    db.exec("update document set sha256 = 'wrong', empty = 1; delete from part");
    // A cache this small makes pages, and so the journal, go to the disk before the commit.
    db.exec("pragma cache_size = 2; begin immediate; create table filler (text)");
    db.exec("update document set sha256 = 'right', empty = 0");
    const insert = db.prepare("insert into filler values (?)");
    for (let row = 0; row < 300; row++) insert.run("x".repeat(500));
    const journal = Deno.readFileSync(`${copy}-journal`);
    db.exec("rollback");
    assert.ok(journal.length > 4096, "nothing was spilled to the journal");
    return journal;
  } finally {
    Deno.removeSync(copy);
  }
}
