/** A new notebook, to begin a question of one's own with. */

/** The text of an `.ipynb` file: a title, the imports, a day of heart rate, and room. */
export function notebookTemplate(title: string): string {
  const cells = [
    markdown("title", [
      `# ${title}`,
      "",
      "What is in the tables: `docs/tables.md`. What a notebook can import: `pipeline/notebook.ts`.",
    ]),
    code("open", [
      "import {",
      "  addDays,",
      "  aggregate,",
      "  lastDay,",
      "  pl,",
      "  show,",
      "  table,",
      "  timeline,",
      '} from "../pipeline/notebook.ts";',
      "",
      "const last = lastDay();",
    ]),
    code("seconds", [
      'const samples = table("heart_rate", last);',
      'await show(timeline(samples, "bpm", {',
      "  title: `Every second of ${last}`,",
      '  label: "Heart rate (beats/min)",',
      "}));",
    ]),
    code("days", [
      'const days = aggregate("day", addDays(last, -29), last);',
      'await show(days.select("date", "steps", pl.col("sleep_asleep_min").div(60).alias("asleep_h")));',
    ]),
  ];
  const metadata = {
    kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
    language_info: { file_extension: ".ts", mimetype: "text/x.typescript", name: "typescript" },
  };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

function markdown(id: string, lines: readonly string[]) {
  return { cell_type: "markdown", id, metadata: {}, source: sourceOf(lines) };
}

function code(id: string, lines: readonly string[]) {
  const source = sourceOf(lines);
  return { cell_type: "code", execution_count: null, id, metadata: {}, outputs: [], source };
}

/** The format has every line but the last with its end. */
function sourceOf(lines: readonly string[]): string[] {
  return lines.map((line, i) => (i === lines.length - 1 ? line : `${line}\n`));
}
