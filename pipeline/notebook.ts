/**
 * All that a notebook imports: open a table or an aggregate as a polars frame, draw it, show it.
 * Notebooks read tables, never raw files or the network.
 */

import { setTimeout } from "node:timers/promises";
import { Picture } from "./chart/picture.ts";
import type { Frame } from "./frames.ts";
import { TableView, tableView } from "./notebook/table_view.ts";

export * as Plot from "@observablehq/plot";
export { chart } from "./chart/picture.ts";
export { paint } from "./chart/theme.ts";
export { addDays } from "./day.ts";
export { pl, sql } from "./frames.ts";
export { dataRoot } from "./notebook/data_root.ts";
export { clockAxis, clockOfMinute, minuteOfDay, withLocalTime } from "./notebook/local_time.ts";
export { calendar, hypnogram, timeline } from "./notebook/pictures.ts";
export { aggregate, columns, inventory, lastDay, table, type Whose } from "./notebook/rows.ts";

/**
 * Shows a frame (its first and last rows, with readable times), a picture, or a table of columns
 * below the cell.
 *
 * Cells show things by this rather than by their last value: Deno's kernel (2.9) sends what a cell
 * shows by another thread than the word that the cell is done, and Jupyter drops what comes after it.
 *
 * ```ts ignore
 * await show(table("heart_rate", "2026-10-30"));
 * ```
 */
export async function show(what: Frame | Picture | TableView, rows = 10): Promise<void> {
  const view = what instanceof Picture || what instanceof TableView ? what : tableView(what, rows);
  await Deno.jupyter.display(view.bundle, { raw: true });
  // The cell is not done before this is: time for the other thread, which needs a few milliseconds.
  await setTimeout(100);
}
