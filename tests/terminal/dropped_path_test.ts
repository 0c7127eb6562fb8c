import assert from "node:assert/strict";
import { droppedPath } from "../../pipeline/terminal/dropped_path.ts";

/** What terminals hand over on Linux and macOS, and the path that is meant. */
const cases: readonly (readonly [dropped: string, path: string])[] = [
  ["/a/b.zip", "/a/b.zip"],
  ["  /a/b.zip \n", "/a/b.zip"],
  ["'/a b/c.zip' ", "/a b/c.zip"],
  ['"/a b/c.zip"', "/a b/c.zip"],
  ["/a\\ b/it\\'s\\ \\(1\\).zip", "/a b/it's (1).zip"],
  ["~/c.json", "/home/x/c.json"],
  ["'~/my files/c.json'", "/home/x/my files/c.json"],
];

Deno.test("droppedPath() undoes what terminals do to a path", () => {
  for (const [dropped, path] of cases) {
    assert.equal(droppedPath(dropped, "/home/x", "linux"), path);
  }
  assert.equal(droppedPath("~/c.json", undefined, "linux"), "~/c.json");
  assert.equal(droppedPath('"C:\\My files\\a.zip"', undefined, "windows"), "C:\\My files\\a.zip");
  assert.equal(droppedPath("C:\\Users\\me\\a.zip", undefined, "windows"), "C:\\Users\\me\\a.zip");
});
