import assert from "node:assert/strict";
import { DocumentError } from "../../../pipeline/errors.ts";
import type { RandomAccess } from "../../../pipeline/sources/takeout/archive.ts";
import { openTar } from "../../../pipeline/sources/takeout/tar_archive.ts";
import { readMember } from "../../../pipeline/sources/takeout/unpack.ts";
import { type TarEntry, tarOf, tgzOf } from "../../generate/tar_writer.ts";

const utf8 = new TextEncoder();
const text = "heart rates, ".repeat(2_000);

function entry(path: string, more: Partial<TarEntry> = {}): TarEntry {
  return { path, bytes: utf8.encode(`${path} ${text}`), ...more };
}

function inMemory(bytes: Uint8Array): RandomAccess & { most: number } {
  return {
    most: 0,
    size: bytes.length,
    read(position, length) {
      this.most = Math.max(this.most, length);
      return bytes.slice(position, position + length);
    },
    close() {},
  };
}

/** What each member gives: its text, or what is wrong with it; `-` for those that were not read. */
async function contents(
  bytes: Uint8Array,
  wanted = (_: string) => true,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const member of openTar(inMemory(bytes), "a.tgz").members()) {
    if ("reason" in member) found[member.path] = member.reason;
    else if (!wanted(member.path)) found[member.path] = "-";
    else {
      try {
        found[member.path] = new TextDecoder().decode(await readMember(member));
      } catch (error) {
        if (!(error instanceof DocumentError)) throw error;
        found[member.path] = error.message;
      }
    }
  }
  return found;
}

const deep = `${"folder/".repeat(20)}heart_rate-2020-01-01.json`;

const whole: readonly (readonly [string, Uint8Array])[] = [
  ["packed", tgzOf([entry("a/one"), entry(deep)])],
  ["not packed", tarOf([entry("a/one"), entry(deep)])],
  ["GNU's long names", tgzOf([entry("a/one"), entry(deep, { long: "gnu" })])],
  ["a prefix", tgzOf([entry("a/one"), entry(deep, { long: "prefix" })])],
  ["names that begin ./", tgzOf([entry("./a/one"), entry(`./${deep}`)])],
  ["a size in binary", tgzOf([entry("a/one", { binarySize: true }), entry(deep)])],
  [
    "folders",
    tgzOf([{ path: "a/", bytes: new Uint8Array(), type: "5" }, entry("a/one"), entry(deep)]),
  ],
  ["a global header", tgzOf([entry("g", { type: "g" }), entry("a/one"), entry(deep)])],
  ["no end", tarOf([entry("a/one"), entry(deep)]).slice(0, -1024)],
];

for (const [name, bytes] of whole) {
  Deno.test(`openTar() reads a tar file with ${name}`, async () => {
    const found = await contents(bytes);
    const ends = Object.entries(found).map(([path, text]) => [path, text.replace(/^(\.\/)?/, "")]);
    assert.deepEqual(Object.fromEntries(ends), {
      "a/one": `a/one ${text}`,
      [deep]: `${deep} ${text}`,
    });
  });
}

Deno.test("openTar() passes over what is not asked for, in small pieces", async () => {
  const large = { path: "large", bytes: new Uint8Array(20_000_000) };
  const file = inMemory(tarOf([entry("one"), large, entry("three")]));
  const found: string[] = [];
  for await (const member of openTar(file, "a.tar").members()) {
    if (!("packed" in member) || member.path === "large") continue;
    found.push(new TextDecoder().decode(await readMember(member)).slice(0, 5));
  }
  assert.deepEqual(found, ["one h", "three"]);
  assert.ok(file.most <= 2 ** 18);
});

Deno.test("openTar() gives out no bad path and follows no link", async () => {
  const found = await contents(tarOf([
    entry("../x"),
    entry("/abs"),
    entry("C:/x"),
    entry("a\\b"),
    { path: "link", bytes: new Uint8Array(), type: "2" },
    entry("good"),
  ]));
  assert.deepEqual(Object.keys(found).sort(), ["../x", "/abs", "C:/x", "a\\b", "good", "link"]);
  assert.equal(found["good"], `good ${text}`);
  for (const path of ["../x", "/abs", "C:/x", "a\\b"]) assert.match(found[path] ?? "", /^its path/);
  assert.equal(found["link"], "it is a link, not followed");
});

const spoilt: readonly (readonly [string, Uint8Array, readonly string[]])[] = [
  ["a wrong checksum", tarOf([entry("one"), entry("two", { checksum: 1 }), entry("three")]), [
    "one",
  ]],
  ["a cut member", tarOf([entry("one"), entry("two")]).slice(0, -10_000), ["one"]],
  ["a cut packing", tgzOf([entry("one"), entry("two")]).slice(0, -40), []],
  ["a web page for a body", utf8.encode(`<html>${text}`), []],
  ["nothing in it", new Uint8Array(), []],
];

for (const [name, bytes, good] of spoilt) {
  Deno.test(`openTar() of a file with ${name} gives what comes before it`, async () => {
    const found = await contents(bytes);
    for (const path of good) assert.equal(found[path], `${path} ${text}`);
    const ends = found[""];
    if (bytes.length > 0) assert.match(ends ?? "", /^the archive is damaged, what comes after it/);
  });
}

for (const  of of[tarOf, tgzOf]) {
  Deno.test(`openTar() of a file that becomes shorter while it is read says so (${of.name})`, async () => {
    const bytes = of([entry("one"), entry("two")]);
    const archive = openTar({
      ...inMemory(bytes.slice(0, bytes.length / 2)),
      size: bytes.length,
    }, "a");
    const reasons: string[] = [];
    for await (const member of archive.members()) {
      if ("reason" in member) reasons.push(member.reason);
    }
    assert.match(reasons.join(), /cut short while it was read/);
  });
}

Deno.test("openTar() does not unpack more than the limit", async () => {
  const archive = openTar(
    inMemory(tgzOf([{ path: "bomb", bytes: new Uint8Array(3e6) }])),
    "a",
    1e6,
  );
  for await (const member of archive.members()) {
    assert.ok(!("reason" in member));
    await assert.rejects(member.packed(), DocumentError);
  }
});

Deno.test("openTar() never crashes on a cut or altered file, nor gives out a bad path", async () => {
  const originals = [tarOf, tgzOf].map((of) =>
    of([entry("a/one"), entry(deep), entry("three", { long: "gnu" })])
  );
  let state = 42;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
  for (let run = 0; run < 300; run++) {
    const mutated = (originals[run % 2] ?? assert.fail()).slice();
    for (let n = random(8); n >= 0; n--) mutated[random(mutated.length)] = random(256);
    const bytes = random(3) === 0 ? mutated.slice(0, random(mutated.length)) : mutated;
    const found = await contents(bytes, () => random(2) === 0);
    for (const [path, content] of Object.entries(found)) {
      if (/^\/|(^|\/)\.\.(\/|$)|\\/.test(path)) assert.match(content, /^its path /);
    }
  }
});
