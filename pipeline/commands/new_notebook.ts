/** `deno task new-notebook NAME`: one more notebook, with a first picture in it. */

import { fileURLToPath } from "node:url";
import { exitCode, UsageError } from "../errors.ts";
import { notebookTemplate } from "../notebook/template.ts";
import type { Command } from "./command.ts";

const notebooks = fileURLToPath(new URL("../../notebooks", import.meta.url));

export const newNotebook: Command = {
  spec: {
    name: "new-notebook",
    operands: "NAME",
    about:
      "Writes notebooks/NN-NAME.ipynb, NN being the next free number: a notebook that opens\n" +
      "your last day and draws it, for a question of your own.",
    options: [],
  },
  withoutSettings: true,
  run({ given, effects }) {
    const [name, ...more] = given.operands;
    if (name === undefined || more.length > 0) {
      throw new UsageError("Cannot tell what to call the notebook", "Give one name: my-question");
    }
    const file = newNotebookFile(name, effects.files.list(notebooks).map((entry) => entry.name));
    const title = name.replaceAll("-", " ").replace(/^./, (letter) => letter.toUpperCase());
    Deno.writeTextFileSync(`${notebooks}/${file}`, notebookTemplate(title), { createNew: true });
    effects.talk.result(`notebooks/${file}`);
    effects.talk.say("Open it with deno task notebook");
    return Promise.resolve(exitCode.done);
  },
};

/**
 * The file of a new notebook beside the others. Throws a UsageError when the name is more than letters,
 * digits and hyphens.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { newNotebookFile } from "./new_notebook.ts";
 *
 * assert.equal(newNotebookFile("coffee", ["00-first.ipynb", "06-last.ipynb"]), "07-coffee.ipynb");
 * ```
 */
export function newNotebookFile(name: string, others: readonly string[]): string {
  if (!/^[\p{Ll}\d]+(-[\p{Ll}\d]+)*$/u.test(name)) {
    throw new UsageError(
      `Cannot call a notebook "${name}"`,
      "Use small letters, digits and hyphens: my-question",
    );
  }
  const numbers = others.map((other) => Number(/^(\d+)-/.exec(other)?.[1] ?? -1));
  return `${String(Math.max(-1, ...numbers) + 1).padStart(2, "0")}-${name}.ipynb`;
}
