/** The notebooks by real Jupyter, on freshly made demo data; their outputs against the committed ones. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { exitCode } from "../../pipeline/errors.ts";
import { notebookTemplate } from "../../pipeline/notebook/template.ts";
import { makeDemo } from "../support/demo.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import {
  executeNotebook,
  findPython,
  howToGetPython,
  jupyterEnvironment,
} from "../support/jupyter.ts";
import {
  type CodeCell,
  codeCells,
  notebookNames,
  notebooksFolder,
  shownAs,
} from "../support/notebooks.ts";
import { faultsOfSvg } from "../support/svg.ts";
import { taskCommand } from "../support/task.ts";

const python = findPython();
const inCi = Deno.env.get("CI") === "true";
const howToRefresh = "Refresh it: deno run -A tests/support/refresh_notebooks.ts";

/** What a cell said in words: text and tables, without what a kernel says of itself on stderr. */
function words({ outputs }: CodeCell): unknown[] {
  return outputs.flatMap((output): unknown[] => {
    if (output.output_type === "stream") return output.name === "stdout" ? [output.text] : [];
    if (output.output_type === "error") return [output];
    // The HTML of a picture is not committed.
    const isPicture = output.data["image/svg+xml"] !== undefined;
    return [output.data["text/plain"], isPicture ? undefined : output.data["text/html"]];
  });
}

Deno.test({
  name: `Jupyter runs every notebook on the demo data${
    python === undefined ? `: ${howToGetPython}` : ""
  }`,
  ignore: python === undefined && !inCi,
  fn: (t) =>
    inTemporaryFolder(async (folder) => {
      assert.ok(python !== undefined, howToGetPython);
      const data = `${folder}/data`;
      await makeDemo(data);
      for (const name of notebookNames()) {
        await t.step(name, async () => {
          const committed = `${notebooksFolder}/${name}`;
          const executed = `${folder}/${name}`;
          await executeNotebook(python, committed, executed, { EVERYSECOND_DATA: data });
          compare(codeCells(executed), codeCells(committed));
        });
      }

      await t.step("a new one", async () => {
        const repository = fileURLToPath(new URL("../..", import.meta.url));
        for (const name of ["deno.json", "deno.lock", "pipeline"]) {
          await Deno.symlink(`${repository}${name}`, `${folder}/${name}`);
        }
        await Deno.mkdir(`${folder}/notebooks`);
        const path = `${folder}/notebooks/07-coffee.ipynb`;
        await Deno.writeTextFile(path, notebookTemplate("Coffee"));
        await executeNotebook(python, path, path, { EVERYSECOND_DATA: data });
        for (const cell of codeCells(path)) assertSound(cell);
      });

      await t.step("deno task notebook --execute writes pages", async () => {
        const environment = await jupyterEnvironment(python);
        const { code, stderr } = await taskCommand("notebook", ["--execute", "--data", data], {
          PATH: `${environment}/bin`,
          HOME: folder,
          XDG_DATA_HOME: `${folder}/share`,
          IPYTHONDIR: `${folder}/ipython`,
        }).output();
        assert.equal(code, exitCode.done, new TextDecoder().decode(stderr));
        for (const name of notebookNames()) {
          const page = await Deno.readTextFile(
            `${data}/notebooks/${name.replace("ipynb", "html")}`,
          );
          assert.ok(page.includes("</svg>"), name);
        }
      });
    }),
});

function compare(after: readonly CodeCell[], before: readonly CodeCell[]): void {
  assert.equal(after.length, before.length);
  for (const [i, cell] of after.entries()) {
    assertSound(cell);
    const old = before[i];
    assert.ok(old !== undefined);
    assert.deepEqual(words(cell), words(old), `cell "${cell.id}". ${howToRefresh}`);
  }
}

/** No error, and a picture with something in it where one is drawn. */
function assertSound(cell: CodeCell): void {
  // nbclient does not fail when a cell's value cannot be shown: the error is an output.
  const errors = cell.outputs.filter(({ output_type }) => output_type === "error");
  assert.deepEqual(errors, [], `cell "${cell.id}"`);
  if (!/await show\((calendar|chart|hypnogram|timeline|trend)\(/.test(cell.source)) return;
  const svg = shownAs(cell, "image/svg+xml");
  assert.ok(svg !== undefined, `cell "${cell.id}" shows no picture`);
  assert.deepEqual(faultsOfSvg(svg), [], `cell "${cell.id}"`);
}
