/** The CSV files of an export: those by category, and those of Google's data. */

import type { Export } from "./export_of.ts";
import type { ExportFile, Generation } from "./layouts.ts";

/** Every CSV file there can be; the layout of the generation leaves out what it has not. */
export function csvTree(_of: Export, _generation: Generation): ExportFile[] {
  return [];
}
