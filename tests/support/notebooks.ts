/** Notebooks as files: what the tests read of them. */

import { fileURLToPath } from "node:url";
import { z } from "zod";
import { diskFiles } from "../../pipeline/effects.ts";

/** The folder that holds them. */
export const notebooksFolder = fileURLToPath(new URL("../../notebooks", import.meta.url));

/** Names of all notebooks, in order. */
export function notebookNames(): string[] {
  return diskFiles.list(notebooksFolder).map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb"));
}

// The format keeps a text as one string or as its lines.
const text = z.union([z.string(), z.array(z.string()).transform((lines) => lines.join(""))]);
const bundle = z.record(z.string(), z.union([text, z.unknown()]));

const output = z.discriminatedUnion("output_type", [
  z.object({ output_type: z.literal("stream"), name: z.enum(["stdout", "stderr"]), text }),
  z.object({ output_type: z.literal("display_data"), data: bundle }),
  z.object({ output_type: z.literal("execute_result"), data: bundle }),
  z.object({ output_type: z.literal("error"), ename: z.string(), evalue: z.string() }),
]);

const notebook = z.object({
  cells: z.array(z.discriminatedUnion("cell_type", [
    z.object({ cell_type: z.literal("markdown"), source: text }),
    z.object({
      cell_type: z.literal("code"),
      id: z.string(),
      source: text,
      execution_count: z.number().nullable(),
      outputs: z.array(output),
    }),
  ])),
  metadata: z.object({ kernelspec: z.object({ name: z.literal("deno") }) }),
  nbformat: z.literal(4),
});

export type Output = z.infer<typeof output>;

/** A code cell with what it showed. */
export type CodeCell = Extract<
  z.infer<typeof notebook>["cells"][number],
  { cell_type: "code" }
>;

/** The code cells of a notebook's file. */
export function codeCells(path: string): CodeCell[] {
  const { cells } = notebook.parse(JSON.parse(Deno.readTextFileSync(path)));
  return cells.flatMap((cell) => (cell.cell_type === "code" ? [cell] : []));
}

/** What a cell showed as that type, from its first output that has it. */
export function shownAs({ outputs }: CodeCell, type: string): string | undefined {
  return outputs.flatMap((output) => {
    const data = "data" in output ? output.data[type] : undefined;
    return typeof data === "string" ? [data] : [];
  })[0];
}

/**
 * The text of a notebook's file without the HTML of pictures: what is committed, since pages that host
 * code prefer HTML and then throw the picture out of it, but show the image.
 */
export function withoutHtmlPictures(text: string): string {
  const isPicture = z.object({ "image/svg+xml": z.unknown() });
  const drop = (key: string, value: unknown) => {
    if (key !== "data" || !isPicture.safeParse(value).success) return value;
    const { "text/html": _, ...rest } = bundle.parse(value);
    return rest;
  };
  return `${JSON.stringify(JSON.parse(text, drop), null, 1)}\n`;
}
