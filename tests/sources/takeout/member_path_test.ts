import assert from "node:assert/strict";
import fc from "fast-check";
import {
  archiveName,
  pathProblem,
  storableName,
  storablePath,
} from "../../../pipeline/sources/takeout/member_path.ts";

const paths: readonly (readonly [string, string | undefined])[] = [
  ["Takeout/Fitbit/Global Export Data/heart_rate-2024-05-01.json", undefined],
  ["Takeout/Google Fotos/Übersicht.html", undefined],
  ["..data/file", undefined],
  ["../outside", "leads out of the archive"],
  ["a/../../outside", "leads out of the archive"],
  ["/etc/passwd", "is absolute"],
  ["C:/Windows/system.ini", "begins with a drive letter"],
  ["c:file", "begins with a drive letter"],
  ["..\\outside", "holds a backslash: unpack the archive, and import its folder"],
  ["a\0b", "holds a NUL character"],
  ["a//b", "has an empty segment"],
  ["a/./b", "has an empty segment"],
  ["", "is empty"],
];

for (const [path, problem] of paths) {
  Deno.test(`pathProblem() says of ${JSON.stringify(path)}: ${problem ?? "nothing"}`, () => {
    assert.equal(pathProblem(path), problem);
  });
}

const names: readonly (readonly [string, string])[] = [
  ["takeout-20260402T101112Z-1-001.zip", "takeout-20260402T101112Z-1"],
  ["takeout-20260402T101112Z-1-002.zip", "takeout-20260402T101112Z-1"],
  ["takeout-20260402T101112Z-3-001 (1).zip", "takeout-20260402T101112Z-3"],
  ["takeout-20230919T101112Z-001.zip", "takeout-20230919T101112Z"],
  ["MyFitbitData.zip", "MyFitbitData"],
  ["MyFitbitData (2).ZIP", "MyFitbitData"],
  ["Takeout", "Takeout"],
  ["Ada's export 2024-001", "Ada's export 2024-001"],
];

for (const [baseName, name] of names) {
  Deno.test(`archiveName() of ${baseName} is ${name}`, () => {
    assert.equal(archiveName(baseName), name);
  });
}

Deno.test("storableName() leaves names alone that every file system takes", () => {
  for (const name of ["heart_rate-2024-05-01.json", "Global Export Data", "Übersicht", ".hidden"]) {
    assert.equal(storableName(name), name);
  }
});

Deno.test("storableName() makes every name storable, and never one of two", () => {
  const name = fc.string({ unit: "binary", minLength: 1, maxLength: 250 });
  fc.assert(
    fc.property(fc.array(name, { maxLength: 5 }), (names) => {
      const distinct = new Set(names.filter((name) => !/^con$/i.test(name)));
      const stored = Array.from(distinct, storableName);
      for (const name of stored) {
        assert.match(name, /^[^\p{Cc}"*:<>?|\\/]+$/u);
        assert.ok(!/[. ]$/.test(name), name);
        assert.ok(new TextEncoder().encode(name).length < 200);
      }
      assert.equal(new Set(stored).size, distinct.size);
    }),
    { seed: 7, numRuns: 100 },
  );
  assert.notEqual(storableName("CON"), "CON");
  assert.notEqual(storableName("nul.txt"), "nul.txt");
  assert.notEqual(storableName(".."), "..");
});

Deno.test("storablePath() changes segments, not folders", () => {
  assert.match(storablePath("a b/what?/c.json"), /^a b\/what_-[0-9a-f]{8}\/c\.json$/);
});
