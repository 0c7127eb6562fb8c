import assert from "node:assert/strict";
import { newNotebookFile } from "../../pipeline/commands/new_notebook.ts";
import { UsageError } from "../../pipeline/errors.ts";
import { notebookTemplate } from "../../pipeline/notebook/template.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { codeCells } from "../support/notebooks.ts";

Deno.test("newNotebookFile() takes the next number", () => {
  assert.equal(newNotebookFile("coffee", []), "00-coffee.ipynb");
  assert.equal(newNotebookFile("my-2nd", ["00-a.ipynb", "11-b.ipynb", "x"]), "12-my-2nd.ipynb");
});

Deno.test("newNotebookFile() refuses what is no simple name", () => {
  for (const name of ["", "../x", "Coffee", "a b", "a-", "a.ipynb"]) {
    assert.throws(() => newNotebookFile(name, []), UsageError, name);
  }
});

Deno.test("notebookTemplate() is a notebook of code cells that import and show", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = `${folder}/07-coffee.ipynb`;
    await Deno.writeTextFile(path, notebookTemplate("Coffee"));
    const [first, ...others] = codeCells(path);
    assert.match(first?.source ?? "", /^import \{\n(.*\n)+\} from "..\/pipeline\/notebook.ts";\n/);
    assert.ok(others.length > 0);
    for (const { source } of others) assert.match(source, /await show\(/);
  });
});
