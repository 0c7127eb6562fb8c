import assert from "node:assert/strict";
import { DocumentError } from "../../../pipeline/errors.ts";
import type { Archive, RandomAccess } from "../../../pipeline/sources/takeout/archive.ts";
import { readMember } from "../../../pipeline/sources/takeout/unpack.ts";
import { openZip } from "../../../pipeline/sources/takeout/zip_archive.ts";
import { joined, type ZipEntry, zipOf } from "../../generate/zip_writer.ts";

const utf8 = new TextEncoder();
const text = "heart rates, ".repeat(200);

function inMemory(bytes: Uint8Array): RandomAccess & { closed: number } {
  return {
    size: bytes.length,
    read: (position, length) => bytes.slice(position, position + length),
    close() {
      this.closed++;
    },
    closed: 0,
  };
}

function entry(path: string, more: Partial<ZipEntry> = {}): ZipEntry {
  return { path, bytes: utf8.encode(`${path} ${text}`), ...more };
}

function paths({ listed }: Archive): string[] {
  return listed?.map(({ path }) => path) ?? [];
}

/** What each member gives: its text, or what is wrong with it. */
async function contents(archive: Archive): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const member of archive.members()) {
    if ("reason" in member) {
      found[member.path] = member.reason;
      continue;
    }
    try {
      found[member.path] = new TextDecoder().decode(await readMember(member));
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      found[member.path] = error.message;
    }
  }
  return found;
}

const whole: readonly (readonly [string, Uint8Array])[] = [
  ["deflated, sizes after the data", zipOf([entry("a/one"), entry("two")])],
  ["stored", zipOf([entry("a/one", { method: 0 }), entry("two", { method: 0 })])],
  ["sizes before the data", zipOf([entry("a/one", { descriptor: false }), entry("two")])],
  ["Zip64 members", zipOf([entry("a/one", { zip64: true }), entry("two", { zip64: true })])],
  ["a Zip64 directory", zipOf([entry("a/one"), entry("two")], { zip64: true })],
  ["names in Unicode-path fields", zipOf([entry("a/one", { plainName: "a/_" }), entry("two")])],
  ["folders listed", zipOf([{ path: "a/", bytes: utf8.encode("") }, entry("a/one"), entry("two")])],
];

for (const [name, bytes] of whole) {
  Deno.test(`openZip() reads a ZIP with ${name}`, async () => {
    const file = inMemory(bytes);
    const archive = await openZip(file, "some/where/takeout-20260402T101112Z-1-001.zip");
    assert.deepEqual(await contents(archive), {
      "a/one": `a/one ${text}`,
      "two": `two ${text}`,
    });
    assert.equal(archive.name, "takeout-20260402T101112Z-1");
    archive.close();
    assert.equal(file.closed, 1);
  });
}

const spoilt: readonly (readonly [string, Partial<ZipEntry>, RegExp])[] = [
  ["a wrong checksum", { crc: 1 }, /^It is damaged: its checksum/],
  ["a cut deflate stream", { packedKept: 20 }, /^It cannot be unpacked: /],
  ["an encrypted member", { encrypted: true }, /^It is encrypted$/],
  ["a method nobody knows", { method: 14 }, /^It is packed with method 14/],
  ["a smaller size than it has", { size: 10 }, /^It (cannot be unpacked|unpacks to)/],
  ["a larger size than it has", { size: 9_999 }, /^It unpacks to \d+ bytes/],
  ["a size beyond the limit", { size: 2 ** 31 }, /^It has 2048 MB/],
];

for (const [name, more, message] of spoilt) {
  Deno.test(`openZip() reports ${name} and reads the rest`, async () => {
    const archive = await openZip(
      inMemory(zipOf([entry("good"), entry("bad", more), entry("last")])),
      "a.zip",
    );
    const found = await contents(archive);
    assert.match(found["bad"] ?? "", message);
    assert.equal(found["good"], `good ${text}`);
    assert.equal(found["last"], `last ${text}`);
  });
}

Deno.test("openZip() does not unpack more than the limit, whatever the directory says", async () => {
  const bomb = { path: "bomb", bytes: new Uint8Array(50_000_000), size: 1_000 };
  const archive = await openZip(inMemory(zipOf([bomb])), "a.zip");
  assert.match((await contents(archive))["bomb"] ?? "", /^It cannot be unpacked: /);
});

Deno.test("openZip() lists members whose path leads out, and does not give them out", async () => {
  const archive = await openZip(
    inMemory(zipOf([entry("../x"), entry("/abs"), entry("C:/x"), entry("a\\b"), entry("good")])),
    "a.zip",
  );
  assert.deepEqual(paths(archive), ["good"]);
  const bad = await Array.fromAsync(archive.members());
  assert.deepEqual(bad.filter((member) => "reason" in member), [
    { path: "../x", reason: "its path leads out of the archive" },
    { path: "/abs", reason: "its path is absolute" },
    { path: "C:/x", reason: "its path begins with a drive letter" },
    {
      path: "a\\b",
      reason: "its path holds a backslash: unpack the archive, and import its folder",
    },
  ]);
});

const noZip: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ["an empty file", new Uint8Array(), /it is empty$/],
  ["a web page", utf8.encode("<!doctype html><title>Log in</title>"), /it is a web page/],
  ["something else", utf8.encode("timestamp,beats per minute"), /does not begin as a ZIP/],
  ["a ZIP cut short", zipOf([entry("one"), entry("two")]).slice(0, -30), /it was cut short/],
];

for (const [name, bytes, message] of noZip) {
  Deno.test(`openZip() refuses ${name}, and closes it`, async () => {
    const file = inMemory(bytes);
    await assert.rejects(
      openZip(file, "a.zip"),
      (error) => error instanceof DocumentError && message.test(error.message),
    );
    assert.equal(file.closed, 1);
  });
}

Deno.test("openZip() takes what comes before a damaged place in the directory", async () => {
  const bytes = zipOf([entry("one"), entry("two"), entry("three")]);
  const signature = [0x50, 0x4b, 0x01, 0x02];
  const starts = Array.from(bytes.keys()).filter((at) =>
    signature.every((byte, n) => bytes[at + n] === byte)
  );
  bytes[starts[1] ?? 0] = 0;
  const archive = await openZip(inMemory(bytes), "a.zip");
  assert.deepEqual(paths(archive), ["one"]);
  const [bad] = await Array.fromAsync(archive.members());
  assert.match(
    bad !== undefined && "reason" in bad ? bad.reason : "",
    /damaged after 1 of 3 members/,
  );
});

Deno.test("openZip() lists both of two members of one name", async () => {
  const archive = await openZip(inMemory(zipOf([entry("one"), entry("one")])), "a.zip");
  assert.deepEqual(paths(archive), ["one", "one"]);
});

Deno.test("openZip() never crashes on a cut or altered ZIP, nor gives out a bad path", async () => {
  const original = zipOf([
    entry("a/one"),
    entry("two", { method: 0 }),
    entry("three", { zip64: true }),
    entry("four", { plainName: "4" }),
  ], { zip64: true });
  let state = 42;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
  for (let run = 0; run < 400; run++) {
    const mutated = original.slice();
    // Most of the interest is in the directory at the end.
    const from = random(3) === 0 ? 0 : original.length - 700;
    for (let n = random(6); n >= 0; n--) {
      mutated[from + random(original.length - from)] = random(256);
    }
    const bytes = random(4) === 0
      ? mutated.slice(0, random(mutated.length))
      : random(8) === 0
      ? joined([mutated.slice(random(60)), mutated.slice(-random(200))])
      : mutated;
    const file = inMemory(bytes);
    try {
      const archive = await openZip(file, "a.zip");
      await contents(archive);
      for (const path of paths(archive)) assert.doesNotMatch(path, /^\/|(^|\/)\.\.(\/|$)|\\/);
      archive.close();
    } catch (error) {
      assert.ok(error instanceof DocumentError, `run ${run}: ${error}`);
    }
    assert.equal(file.closed, 1);
  }
});
