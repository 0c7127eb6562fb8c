/** A frame as a small table with readable times, numbers and gaps. */

import { type Frame, pl } from "../frames.ts";
import { counted } from "../terminal/counted.ts";
import { textTable } from "../terminal/table.ts";
import { escaped } from "../markup.ts";

type Cell = string | number | undefined;

/** Times and names stay on one line; sentences may take several. */
const longestOnOneLine = 32;

interface ViewColumn {
  readonly name: string;
  readonly cells: readonly string[];
  readonly align: "left" | "right";
}

/** Rows to look at. */
export class TableView {
  readonly #columns: readonly ViewColumn[];
  readonly #below: readonly string[];

  /** `below` are lines under the table. */
  constructor(
    names: readonly string[],
    rows: readonly (readonly Cell[])[],
    below: readonly string[] = [],
  ) {
    this.#columns = names.map((name, i) => viewColumn(name, rows.map((row) => row[i])));
    this.#below = below;
  }

  /** As lines of text. */
  get text(): string {
    const columns = this.#columns.map(({ name, cells, align }) => {
      const width = Math.max(name.length, ...cells.map((cell) => cell.length));
      const aligned = (cell: string) => align === "right" ? cell.padStart(width) : cell;
      return { name: aligned(name), cells: cells.map(aligned) };
    });
    const rows = rowsOf(columns.map(({ cells }) => cells));
    return [...textTable(columns.map(({ name }) => name), rows), ...this.#below].join("\n");
  }

  /** As an HTML table. */
  get html(): string {
    const tagged = (tag: string, text: string, align: string) => {
      const wrap = text.length > longestOnOneLine ? "; white-space: normal" : "";
      return `<${tag} style="text-align: ${align}${wrap}">${escaped(text)}</${tag}>`;
    };
    const row = (cells: readonly string[]) => `<tr>${cells.join("")}</tr>`;
    const head = row(this.#columns.map(({ name, align }) => tagged("th", name, align)));
    const body = rowsOf(
      this.#columns.map(({ cells, align }) => cells.map((cell) => tagged("td", cell, align))),
    ).map(row).join("\n");
    return `<table style="white-space: nowrap">\n<thead>${head}</thead>\n<tbody>\n${body}\n</tbody>\n</table>` +
      this.#below.map((line) => `\n<p>${escaped(line)}</p>`).join("");
  }

  /** What Jupyter shows, by media type. */
  get bundle(): Record<string, string> {
    return { "text/html": this.html, "text/plain": this.text };
  }
}

/**
 * A frame to look at: its first and last rows, times as a person reads them.
 *
 * Polars' own display shows instants as text of the host's zone, and breaks on unsigned 64-bit
 * columns; this one does neither.
 */
export function tableView(frame: Frame, rows: number): TableView {
  const names = frame.columns;
  if (frame.height === 0) return new TableView(names, [], ["no rows"]);
  if (frame.height <= rows) return new TableView(names, cellsOf(frame));
  const head = Math.ceil(rows / 2);
  const cells = [
    ...cellsOf(frame.head(head)),
    names.map(() => "…"),
    ...cellsOf(frame.tail(rows - head)),
  ];
  return new TableView(names, cells, [
    `${counted(frame.height, "row")} × ${counted(names.length, "column")}`,
  ]);
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
  return rowsOf(
    readable.getColumns().map((column) => Array.from(column, (value: unknown) => cellOf(value))),
  );
}

/** Polars writes a type as `DataType(Datetime(ms,UTC))`, without a zone `DataType(Datetime(ms,))`. */
function hasZone(dtype: string): boolean {
  return !dtype.includes(",)");
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Numbers stand right, with thousands apart, and with as many digits as the others below them. */
function viewColumn(name: string, cells: readonly Cell[]): ViewColumn {
  const numbers = cells.filter((cell) => typeof cell === "number");
  const digits = numbers.every(Number.isInteger) ? 0 : 1;
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return {
    name,
    cells: cells.map((cell) =>
      typeof cell === "number" ? cell.toLocaleString("en-GB", format) : cell ?? ""
    ),
    align: numbers.length > 0 ? "right" : "left",
  };
}

/** Columns laid down as rows. */
function rowsOf<T>(columns: readonly (readonly T[])[]): T[][] {
  const height = columns[0]?.length ?? 0;
  return Array.from(
    { length: height },
    (_, row) => columns.flatMap((cells) => cells.slice(row, row + 1)),
  );
}
