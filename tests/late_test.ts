import assert from "node:assert/strict";
import { late } from "../pipeline/late.ts";

const pipeline = new URL("../pipeline/", import.meta.url);

/** All TypeScript files below a folder. */
function* sourceFiles(folder: URL): Generator<URL> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* sourceFiles(new URL(`${name}/`, folder));
    else if (name.endsWith(".ts")) yield new URL(name, folder);
  }
}

Deno.test("what is loaded late is what its type says, and is there", () => {
  const call = /late<\s*typeof import\("([^"]+)"\)\s*>\(\s*"([^"]+)"/g;
  let calls = 0;
  for (const file of sourceFiles(pipeline)) {
    if (file.href === new URL("late.ts", pipeline).href) continue;
    const text = Deno.readTextFileSync(file);
    const found = Array.from(text.matchAll(call));
    assert.equal(found.length, text.split("late<").length - 1, `not all read in ${file.pathname}`);
    calls += found.length;
    for (const [, type, path = ""] of found) {
      assert.equal(type, path, file.pathname);
      assert.ok(Deno.statSync(new URL(path, file)).isFile);
    }
  }
  assert.ok(calls > 20);
});

Deno.test("late() gives the module that a literal import gives", async () => {
  const path = "../pipeline/late.ts";
  const module = await late<typeof import("../pipeline/late.ts")>(path, import.meta.url);
  assert.equal(module.late, late);
});
