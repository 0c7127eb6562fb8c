/** The notebooks by real Jupyter, on freshly made demo data; their outputs against the committed ones. */

import assert from "node:assert/strict";
import { makeDemo } from "../support/demo.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { executeNotebook, findPython, howToGetPython } from "../support/jupyter.ts";
import {
  type CodeCell,
  codeCells,
  notebookNames,
  notebooksFolder,
  shownAs,
} from "../support/notebooks.ts";
import { faultsOfSvg } from "../support/svg.ts";

const python = findPython();
const inCi = Deno.env.get("CI") === "true";
const howToRefresh = "Refresh it: deno run -A tests/support/refresh_notebooks.ts";

/** What a cell said in words: text and tables, without what a kernel says of itself on stderr. */
function words({ outputs }: CodeCell): unknown[] {
  return outputs.flatMap((output): unknown[] => {
    if (output.output_type === "stream") return output.name === "stdout" ? [output.text] : [];
    if (output.output_type === "error") return [output];
    return [output.data["text/plain"], output.data["text/html"]];
  });
}

for (const name of notebookNames()) {
  Deno.test({
    name: `Jupyter runs ${name} on the demo data${
      python === undefined ? `: ${howToGetPython}` : ""
    }`,
    ignore: python === undefined && !inCi,
    fn: async () => {
      assert.ok(python !== undefined, howToGetPython);
      await inTemporaryFolder(async (folder) => {
        await makeDemo(`${folder}/data`);
        const committed = `${notebooksFolder}/${name}`;
        const executed = `${folder}/${name}`;
        await executeNotebook(python, committed, executed, { EVERYSECOND_DATA: `${folder}/data` });

        const before = codeCells(committed);
        const after = codeCells(executed);
        assert.equal(after.length, before.length);
        for (const [i, cell] of after.entries()) {
          // nbclient does not fail when a cell's value cannot be shown: the error is an output.
          const errors = cell.outputs.filter(({ output_type }) => output_type === "error");
          assert.deepEqual(errors, [], `cell "${cell.id}"`);
          const old = before[i];
          assert.ok(old !== undefined);
          assert.deepEqual(words(cell), words(old), `cell "${cell.id}". ${howToRefresh}`);
          if (/\b(chart|timeline)\(/.test(cell.source)) {
            const svg = shownAs(cell, "image/svg+xml");
            assert.ok(svg !== undefined, `cell "${cell.id}" shows no picture`);
            assert.deepEqual(faultsOfSvg(svg), [], `cell "${cell.id}"`);
          }
        }
      });
    },
  });
}
