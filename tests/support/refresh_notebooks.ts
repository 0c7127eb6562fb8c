/**
 * Runs every notebook on fresh demo data and writes it back with its outputs, and the picture that the
 * README shows: `deno run -A tests/support/refresh_notebooks.ts`.
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { makeDemo } from "./demo.ts";
import { inTemporaryFolder } from "./effects.ts";
import { executeNotebook, findPython, howToGetPython } from "./jupyter.ts";
import {
  codeCells,
  notebookNames,
  notebooksFolder,
  shownAs,
  withoutHtmlPictures,
} from "./notebooks.ts";

const python = findPython();
assert.ok(python !== undefined, howToGetPython);
await inTemporaryFolder(async (root) => {
  await makeDemo(root);
  for (const name of notebookNames()) {
    const path = `${notebooksFolder}/${name}`;
    await executeNotebook(python, path, path, { EVERYSECOND_DATA: root });
    await Deno.writeTextFile(path, withoutHtmlPictures(await Deno.readTextFile(path)));
  }
});

const cells = codeCells(`${notebooksFolder}/01-one-day.ipynb`);
const picture = cells.find(({ id }) => id === "day");
assert.ok(picture !== undefined);
const docs = fileURLToPath(new URL("../../docs", import.meta.url));
await Deno.mkdir(docs, { recursive: true });
await Deno.writeTextFile(`${docs}/one-day.svg`, `${shownAs(picture, "image/svg+xml")}\n`);
