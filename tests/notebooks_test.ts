/** The committed notebooks: their code holds to our rules, and their outputs are there. */

import assert from "node:assert/strict";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inTemporaryFolder } from "./support/effects.ts";
import { codeCells, notebookNames, notebooksFolder, shownAs } from "./support/notebooks.ts";
import { faultsOfSvg } from "./support/svg.ts";

const config = fileURLToPath(new URL("../deno.json", import.meta.url));

/** The cells of a notebook as one module that can lie anywhere. */
function asModule(name: string): string {
  const parent = new URL(".", pathToFileURL(notebooksFolder));
  return codeCells(`${notebooksFolder}/${name}`).map(({ id, source }) =>
    `// Cell "${id}"\n${source}\n`
  )
    .join("\n").replaceAll('from "../', `from "${parent}`);
}

for (const name of notebookNames()) {
  const cells = codeCells(`${notebooksFolder}/${name}`);

  // deno check and deno lint do not read notebooks themselves.
  for (const rule of ["check", "lint"]) {
    Deno.test(`deno ${rule} finds nothing in ${name}`, async () => {
      await inTemporaryFolder(async (folder) => {
        const module = `${folder}/notebook.ts`;
        await Deno.writeTextFile(module, asModule(name));
        const { success, stderr } = await new Deno.Command(Deno.execPath(), {
          args: [rule, "--quiet", "--config", config, module],
          env: { NO_COLOR: "1" },
        }).output();
        assert.ok(success, new TextDecoder().decode(stderr));
      });
    });
  }

  Deno.test(`${name} is committed with its outputs`, () => {
    assert.deepEqual(
      cells.map(({ execution_count }) => execution_count),
      cells.map((_, i) => i + 1),
      "cells ran once each, in order",
    );
    for (const { id, outputs } of cells) {
      assert.ok(!outputs.some(({ output_type }) => output_type === "error"), id);
    }
    const pictures = cells.flatMap((cell) => shownAs(cell, "image/svg+xml") ?? []);
    assert.ok(pictures.length > 0);
    for (const svg of pictures) assert.deepEqual(faultsOfSvg(svg), []);
  });

  Deno.test(`${name} is small enough to look at`, () => {
    assert.ok(Deno.statSync(`${notebooksFolder}/${name}`).size < 1_000_000);
  });
}
