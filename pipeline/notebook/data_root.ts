/** Where a notebook finds its data: the person's own, else those of the demo. */

import { fileURLToPath } from "node:url";
import { diskFiles } from "../effects.ts";

/** The setting that names another data root. */
export const dataVariable = "EVERYSECOND_DATA";

/** Data roots that are looked for beside the program, in this order. */
const usual = ["../../data", "../../data/demo"].map((path) =>
  fileURLToPath(new URL(path, import.meta.url))
);

/**
 * The data root: what the environment variable `EVERYSECOND_DATA` says, else `data` when it has
 * tables, else `data/demo`. Throws an Error that says what to run when there are no tables anywhere.
 */
export function dataRoot(
  set: string | undefined = Deno.env.get(dataVariable),
  candidates: readonly string[] = usual,
): string {
  if (set !== undefined && set !== "") {
    if (hasTables(set)) return set;
    throw new Error(
      `Cannot find tables in ${set}, which ${dataVariable} names: expected ${set}/tables`,
    );
  }
  const found = candidates.find(hasTables);
  if (found !== undefined) return found;
  throw new Error(
    "There are no tables yet: run deno task demo for a made-up person's, or deno task fetch or " +
      `import for your own; ${dataVariable} names another data root`,
  );
}

function hasTables(root: string): boolean {
  return diskFiles.list(`${root}/tables`).length > 0;
}
