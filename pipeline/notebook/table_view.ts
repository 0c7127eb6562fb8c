/** A frame as a small table with readable times, numbers and gaps. */

import { type Frame, pl } from "../frames.ts";
import { grouped, textTable } from "../terminal/table.ts";

type Cell = string | number | undefined;

/** The first and last rows of a frame; displays itself in Jupyter. */
export class TableView {
  readonly #names: readonly string[];
  readonly #rows: readonly (readonly Cell[])[];
  readonly #below: readonly string[];

  /** `below` are lines under the table. */
  constructor(
    names: readonly string[],
    rows: readonly (readonly Cell[])[],
    below: readonly string[] = [],
  ) {
    this.#names = names;
    this.#rows = rows;
    this.#below = below;
  }

  /** As lines of text. */
  get text(): string {
    return [...textTable(this.#names, this.#rows), ...this.#below].join("\n");
  }

  /** As an HTML table. */
  get html(): string {
    const head = this.#names.map((name) => `<th>${escaped(name)}</th>`).join("");
    const body = this.#rows.map((row) => `<tr>${row.map(htmlCell).join("")}</tr>`).join("\n");
    return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>` +
      this.#below.map((line) => `\n<p>${escaped(line)}</p>`).join("");
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/html": this.html, "text/plain": this.text };
  }
}

/**
 * A frame to look at: its first and last rows, times as a person reads them.
 *
 * Polars' own display shows instants as text of the host's zone, and breaks on unsigned 64-bit
 * columns; this one does neither.
 */
export function show(frame: Frame, rows = 10): TableView {
  const columns = frame.getColumns();
  const size = [`${grouped(frame.height)} rows × ${columns.length} columns`];
  const names = columns.map(({ name }) => name);
  if (frame.height <= rows) return new TableView(names, cellsOf(frame), size);
  const head = Math.ceil(rows / 2);
  const cells = [
    ...cellsOf(frame.head(head)),
    names.map(() => "…"),
    ...cellsOf(frame.tail(rows - head)),
  ];
  return new TableView(names, cells, size);
}

function cellsOf(frame: Frame): Cell[][] {
  const readable = frame.select(
    ...frame.getColumns().map(({ name, dtype }) => {
      const column = pl.col(name);
      if (dtype.variant === "Date") return column.dt.strftime("%F");
      if (dtype.variant !== "Datetime") return column;
      // Only a time with a zone has a name of it to show.
      return column.dt.strftime(hasZone(String(dtype)) ? "%F %T%.f %Z" : "%F %T%.f");
    }),
  );
  const columns = readable.getColumns().map((column): unknown[] => column.toArray());
  return Array.from({ length: frame.height }, (_, row) => columns.map((cells) => cell(cells[row])));
}

/** Polars writes a type as `DataType(Datetime(ms,UTC))`, without a zone `DataType(Datetime(ms,))`. */
function hasZone(dtype: string): boolean {
  return !dtype.includes(",)");
}

function cell(value: unknown): Cell {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

function htmlCell(cell: Cell): string {
  return typeof cell === "number"
    ? `<td style="text-align: right">${grouped(cell)}</td>`
    : `<td>${escaped(cell ?? "")}</td>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
