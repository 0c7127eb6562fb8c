import assert from "node:assert/strict";
import { UsageError } from "../../pipeline/errors.ts";
import { expandedPaths } from "../../pipeline/import/path_pattern.ts";

const folders: Readonly<Record<string, readonly string[]>> = {
  ".": ["HR2016-06-16.json", "HR2016-06-17.json", "takeout-1-001.zip", "Takeout-1-002.ZIP", "a.b"],
  "C:\\Users\\me\\": ["takeout-1.zip", "notes.txt"],
  "saved/": ["HR*.json", "HR2016-06-16.json", "(1).zip"],
};

const reader = {
  entries(folder: string) {
    const names = folders[folder];
    if (folder === "a.zip/") throw new Deno.errors.NotADirectory(folder);
    if (names === undefined) throw new Deno.errors.NotFound(folder);
    return names.map((name) => ({ name, kind: "file" as const }));
  },
};

/** What is typed, and which paths are meant. */
const cases: readonly (readonly [typed: string, meant: readonly string[]])[] = [
  ["takeout-1-001.zip", ["takeout-1-001.zip"]],
  ["takeout-*.zip", ["takeout-1-001.zip", "Takeout-1-002.ZIP"]],
  ["HR*.json", ["HR2016-06-16.json", "HR2016-06-17.json"]],
  ["C:\\Users\\me\\takeout-*.zip", ["C:\\Users\\me\\takeout-1.zip"]],
  ["saved/HR*.json", ["saved/HR*.json"]],
  ["saved/(*).zip", ["saved/(1).zip"]],
  ["a.*", ["a.b"]],
  ["not/there.zip", ["not/there.zip"]],
];

Deno.test("expandedPaths() finds what a pattern names, as a shell does", () => {
  for (const [typed, meant] of cases) {
    assert.deepEqual(expandedPaths([typed], reader), meant, typed);
  }
});

Deno.test("expandedPaths() names a pattern that nothing fits", () => {
  for (const typed of ["*.tgz", "a?b*", "nowhere/*.zip", "a.zip/*.json"]) {
    assert.throws(
      () => expandedPaths([typed], reader),
      (error) => error instanceof UsageError && error.message.startsWith(`Cannot find "${typed}"`),
    );
  }
});
