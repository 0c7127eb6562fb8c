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

// deno check and deno lint do not read notebooks themselves.
for (const rule of ["check", "lint"]) {
  Deno.test(`deno ${rule} finds nothing in the notebooks`, async () => {
    await inTemporaryFolder(async (folder) => {
      const modules = notebookNames().map((name) => ({ name, path: `${folder}/${name}.ts` }));
      for (const { name, path } of modules) await Deno.writeTextFile(path, asModule(name));
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [rule, "--quiet", "--config", config, ...modules.map(({ path }) => path)],
        env: { NO_COLOR: "1" },
      }).output();
      assert.ok(success, new TextDecoder().decode(stderr));
    });
  });
}

for (const name of notebookNames()) {
  const cells = codeCells(`${notebooksFolder}/${name}`);

  // deno fmt writes notebooks well, but its --check is never content with them.
  Deno.test(`deno fmt would leave ${name} as it is`, async () => {
    await inTemporaryFolder(async (folder) => {
      const copy = `${folder}/${name}`;
      await Deno.copyFile(`${notebooksFolder}/${name}`, copy);
      const args = ["fmt", "--quiet", "--no-config", "--line-width", "100"];
      const { success, stderr } = await new Deno.Command(Deno.execPath(), { args: [...args, copy] })
        .output();
      assert.ok(success, new TextDecoder().decode(stderr));
      assert.equal(
        await Deno.readTextFile(copy),
        await Deno.readTextFile(`${notebooksFolder}/${name}`),
        `Format it: deno ${args.join(" ")} notebooks/${name}`,
      );
    });
  });

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

Deno.test("the README's picture is the notebook's", () => {
  const day = codeCells(`${notebooksFolder}/01-one-day.ipynb`).find(({ id }) => id === "day");
  assert.ok(day !== undefined);
  const picture = fileURLToPath(new URL("../docs/one-day.svg", import.meta.url));
  assert.equal(Deno.readTextFileSync(picture), `${shownAs(day, "image/svg+xml")}\n`);
});
