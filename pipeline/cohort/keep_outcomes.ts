/** The outcomes of a cohort as a table beside the others. */

import type { Files } from "../effects.ts";
import { cohortTable } from "../layout.ts";
import { writeDurably } from "../raw/durable.ts";
import { ColumnsBuilder } from "../sources/records/columns_builder.ts";
import { csvOf } from "../transform/csv.ts";
import { writeParquet } from "../transform/parquet/write.ts";
import { type Outcome, outcomeTable } from "./outcome.ts";

/** Writes the table `cohort/outcomes`, and the same as CSV; one row a participant. */
export function keepOutcomes(root: string, outcomes: readonly Outcome[], files: Files): void {
  const rows = new ColumnsBuilder(outcomeTable);
  for (
    const { participant, source, ending, documents, rows: n, first, last, missing } of outcomes
  ) {
    rows.add({
      participant,
      from_source: source,
      ending,
      documents,
      rows: n,
      first: first ?? undefined,
      last: last ?? undefined,
      missing: missing.length === 0 ? undefined : missing.join("; "),
    });
  }
  const columns = rows.columns();
  const folder = `${root}/${cohortTable(outcomeTable.name)}`;
  files.makeFolder(folder);
  writeDurably(files, `${folder}/part.parquet`, writeParquet(outcomeTable, columns));
  writeDurably(files, `${root}/cohort/outcomes.csv`, csvOf(outcomeTable, columns));
}
