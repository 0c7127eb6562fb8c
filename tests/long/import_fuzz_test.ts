/**
 * Archives that are bent in every way at once: an import never crashes, hangs, writes outside the
 * data root, or loses a member that is good; and the transform after it reads what there is.
 */

import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import { RawStore } from "../../pipeline/raw/store.ts";
import { compress } from "../../pipeline/raw/zstd.ts";
import { seeded } from "../../pipeline/sources/simulator/random.ts";
import { exportEntries, exportName, exportOf, tenDays } from "../generate/export/export_of.ts";
import { fixtureEntries } from "../generate/fixture_archive.ts";
import { generations } from "../generate/export/layouts.ts";
import { tarOf, tgzOf } from "../generate/tar_writer.ts";
import { type ZipEntry, zipOf } from "../generate/zip_writer.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { House } from "../support/house.ts";

const of = exportOf({ ...tenDays, everySample: 60 });
const name = exportName(of);
const utf8 = new TextEncoder();

type Random = (below: number) => number;

/** One way to bend a member; `undefined` of a kind that it is not for. */
type Bend = (entry: ZipEntry, random: Random) => ZipEntry | undefined;

/** Changes the text of a member. */
function text(change: (text: string, random: Random) => string | undefined): Bend {
  return (entry, random) => {
    const changed = change(new TextDecoder().decode(entry.bytes), random);
    return changed === undefined ? undefined : { ...entry, bytes: utf8.encode(changed) };
  };
}

/** Changes the lines of a CSV member, header first. */
function rows(change: (cells: string[][], random: Random) => string[][]): Bend {
  return (entry, random) => {
    if (!entry.path.endsWith(".csv")) return undefined;
    return text((all, random) =>
      change(all.split("\n").map((line) => line.split(",")), random)
        .map((cells) => cells.join(",")).join("\n")
    )(entry, random);
  };
}

/** Replaces some match of a pattern. */
function oneOf(pattern: RegExp, by: (random: Random) => string): Bend {
  return text((all, random) => {
    const found = Array.from(all.matchAll(pattern));
    const match = found[random(found.length)];
    if (match === undefined) return undefined;
    return all.slice(0, match.index) + by(random) + all.slice(match.index + match[0].length);
  });
}

const strange = [
  '"x"',
  "null",
  "true",
  "[]",
  "{}",
  "-1",
  "1e309",
  "-0",
  '"\\ud800"',
  "99999999999999999999",
  "NaN",
  "",
];

/** Bends that leave a member in the archive, good or not. */
const bends: Readonly<Record<string, Bend>> = {
  "cut": text((all, random) => all.slice(0, random(all.length))),
  "a byte changed": (entry, random) => {
    const bytes = entry.bytes.slice();
    if (bytes.length > 0) bytes[random(bytes.length)] = random(256);
    return { ...entry, bytes };
  },
  "empty": (entry) => ({ ...entry, bytes: new Uint8Array() }),
  "no data": (entry) => ({ ...entry, bytes: utf8.encode("no data") }),
  "a web page": (entry) => ({ ...entry, bytes: utf8.encode("<html>Sorry</html>") }),
  "not text": (entry) => ({ ...entry, bytes: Uint8Array.of(0xff, 0xfe, 0, 0xd8) }),
  "the header alone": rows(([header = []]) => [header]),
  "columns shuffled": rows((cells, random) => {
    const order = (cells[0] ?? []).map((_, n) => ({ n, key: random(1000) }))
      .sort((a, b) => a.key - b.key).map(({ n }) => n);
    return cells.map((row) => order.flatMap((n) => row[n] ?? []));
  }),
  "a column more": rows((cells) => cells.map((row, n) => [n === 0 ? "new" : "7", ...row])),
  "a column less": rows((cells) => cells.map((row) => row.slice(1))),
  "a column renamed": rows(([header = [], ...rest]) => [header.map((cell) => `${cell}2`), ...rest]),
  "a ragged row": rows((cells, random) => cells.toSpliced(random(cells.length), 0, ["1", "2"])),
  "a quote that never ends": rows((cells, random) =>
    cells.toSpliced(random(cells.length), 0, ['"'])
  ),
  "a value of another type": oneOf(
    /(?<=: )("[^"\n]*"|\d+(\.\d+)?)/g,
    (random) => strange[random(strange.length)] ?? "",
  ),
  "a cell of another type": oneOf(
    /(?<=,)[^,\n]+/g,
    (random) => strange[random(strange.length)] ?? "",
  ),
  "a huge number": oneOf(/\d+/g, () => "9".repeat(400)),
  "another date": oneOf(
    /\d\d\/\d\d\/\d\d|\d{4}-\d\d-\d\d/g,
    (random) => ["13/45/99", "0000-00-00", "9999-12-31", "1969-12-31", "00/00/00"][random(5)] ?? "",
  ),
  "a field more": oneOf(/(?<=\{)/g, () => '"unknown" : [1, {"a" : null}], '),
  "deeply nested": (entry) => ({ ...entry, bytes: utf8.encode("[".repeat(200_000)) }),
  "a wrong checksum": (entry) => ({ ...entry, crc: crc32(entry.bytes) ^ 1 }),
  "encrypted": (entry) => ({ ...entry, encrypted: true }),
  "an unknown packing": (entry) => ({ ...entry, method: 99 }),
  "packed bytes cut": (entry) => ({ ...entry, packedKept: 3 }),
  "a size too small": (entry) => ({ ...entry, size: 1 }),
  "a size too large": (entry) => ({ ...entry, size: entry.bytes.length + 1 }),
  "a size beyond all": (entry) => ({ ...entry, size: 2 ** 32 - 2 }),
  "a bomb": (entry) => ({ ...entry, bytes: new Uint8Array(30_000_000).fill(0x20), size: 1000 }),
  "a bomb that says so": (entry) => ({ ...entry, bytes: new Uint8Array(30_000_000).fill(0x20) }),
  "a path that leads out": (entry) => ({
    ...entry,
    path: `../../../../../../outside/${entry.path}`,
  }),
  "an absolute path": (entry) => ({ ...entry, path: `/${entry.path}` }),
  "a path of Windows": (entry) => ({ ...entry, path: `C:\\${entry.path}` }),
  "a path of dots": (entry) => ({ ...entry, path: `./.././${entry.path}` }),
  "a very long path": (entry) => ({ ...entry, path: `${"long/".repeat(300)}${entry.path}` }),
  "a NUL in the path": (entry) => ({ ...entry, path: `a\0b/${entry.path}` }),
};

/** What is put into the archive beside its members. */
const extras: readonly ZipEntry[] = [
  {
    path: "inner/takeout-20200101T000000Z-001.zip",
    bytes: zipOf([{ path: "x", bytes: new Uint8Array(5) }]),
  },
  { path: "inner/other.tgz", bytes: tgzOf([{ path: "x", bytes: new Uint8Array(5) }]) },
  {
    path: "Takeout/Fitbit/x/heart_rate-2026-01-01.json/steps-2026-01-01.json",
    bytes: utf8.encode("[]"),
  },
  { path: "__proto__/constructor/steps-2026-01-01.json", bytes: utf8.encode("[]") },
  { path: "frame/steps-2026-02-02.json", bytes: compress(utf8.encode("[]")) },
];

/** Nothing but the data root and what was handed in may be there. */
function assertNothingOutside(folder: string): void {
  const there = Array.from(Deno.readDirSync(folder), (entry) => entry.name).sort();
  assert.deepEqual(there, ["data", "in"]);
}

/** Bytes of every document, by its path in the archive. */
function documents(house: House): Map<string, Uint8Array> {
  const store = new RawStore(house.root, house.files);
  return new Map(
    Array.from(
      store.paths("raw"),
      (path) => [path, Uint8Array.from(store.document(path))] as const,
    ),
  );
}

for (const [what, bend] of Object.entries(bends)) {
  Deno.test(`import survives members with ${what}, and takes all others`, () =>
    inTemporaryFolder(async (folder) => {
      const seed = crc32(utf8.encode(what));
      const random = seeded(seed);
      const below: Random = (most) => Math.floor(random() * most);
      const generation = generations[below(generations.length)] ?? "G6";
      // Every family takes part, whatever the generation has.
      const entries = [...exportEntries(generation, of), ...fixtureEntries()];
      const options = ["--timezone", "Europe/Berlin", "--with-location"];
      const bent = entries.map((entry) => below(4) === 0 ? bend(entry, below) : undefined);
      const members = [
        ...entries.map((entry, n) => bent[n] ?? entry),
        // The same names again, others first.
        ...entries.slice(0, 3),
        ...extras,
      ];
      const isTar = below(3) === 0 && members.every(({ path }) => !path.includes("\0"));
      const path = `${folder}/in/${isTar ? name.replace(/zip$/, "tgz") : name}`;
      await Deno.mkdir(`${folder}/in`);
      await Deno.writeFile(path, isTar ? tgzOf(members) : zipOf(members));
      const house = new House(`${folder}/data`, { person: tenDays.person, now: tenDays.made });
      const ran = await house.run("import", path, ...options);
      assert.ok(ran.code === 0 || ran.code === 3, `${ran.code}: ${ran.said}`);
      assertNothingOutside(folder);

      const kept = documents(house);
      const clean = new House(`${folder}/data/clean`, {
        person: tenDays.person,
        now: tenDays.made,
      });
      const good = entries.filter((_, n) => bent[n] === undefined);
      await Deno.writeFile(`${folder}/in/clean.zip`, zipOf(good));
      await Deno.rename(`${folder}/in/clean.zip`, `${folder}/in/${name}`);
      await clean.must("import", `${folder}/in/${name}`, ...options);
      for (const [place, bytes] of documents(clean)) {
        assert.ok(kept.has(place), `${what}: ${place} is lost`);
        assert.deepEqual(kept.get(place), bytes, place);
      }
      const transformed = await house.run("transform");
      assert.ok([0, 3].includes(transformed.code), `${transformed.code}: ${transformed.said}`);
      const again = await house.run("import", path, ...options);
      assert.ok([0, 3].includes(again.code), again.said);
    }));
}

Deno.test("import survives archives that are cut or altered anywhere", () =>
  inTemporaryFolder(async (folder) => {
    const random = seeded(7);
    const below: Random = (most) => Math.floor(random() * most);
    const entries = exportEntries("G4", of).slice(0, 30);
    await Deno.mkdir(`${folder}/in`);
    const originals = [
      { ending: "zip", original: zipOf(entries, { zip64: true }) },
      { ending: "zip", original: zipOf(entries) },
      { ending: "tgz", original: tgzOf(entries) },
      { ending: "tar", original: tarOf(entries) },
    ];
    for (let run = 0; run < 60; run++) {
      const { ending, original } = originals[run % originals.length] ?? assert.fail();
      const bytes = below(3) === 0 ? original.slice(0, below(original.length)) : original;
      for (let n = below(20); n >= 0 && bytes.length > 0; n--) {
        const from = below(2) === 0 ? 0 : Math.max(0, bytes.length - 4000);
        bytes[from + below(bytes.length - from)] = below(256);
      }
      const path = `${folder}/in/export.${ending}`;
      await Deno.writeFile(path, bytes);
      const house = new House(`${folder}/data`, { person: tenDays.person, now: tenDays.made });
      const ran = await house.run("import", path);
      assert.ok([0, 3].includes(ran.code), `run ${run}: ${ran.code}: ${ran.said}`);
      assertNothingOutside(folder);
      await Deno.remove(`${folder}/data`, { recursive: true });
    }
  }));
