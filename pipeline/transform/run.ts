/**
 * The transform stage: rebuilds the parts whose documents or code changed, and leaves the rest
 * alone. Each part is whole or absent at every moment; the ledger follows, some parts at a time.
 */

import { tableNamed, tables } from "../catalog.ts";
import type { Files, Talk } from "../effects.ts";
import { csvFile, partFile } from "../layout.ts";
import type { Ledger } from "../raw/ledger.ts";
import { streamsOf } from "../sources/load.ts";
import { Crew } from "./crew.ts";
import { notAllBuilt, PartKeeper } from "./keep_parts.ts";
import type { BuiltPart, PartReport } from "./messages.ts";
import { planTransform } from "./plan.ts";
import { buildOnThreads, poolSize } from "./pool.ts";
import { dropChoices, lacksChoices, writeChoices } from "./write_choices.ts";

export interface TransformRequest {
  /** Tables to look at; all when empty. */
  readonly only: readonly string[];
  readonly force: boolean;
  readonly csv: boolean;
  /** Threads, this one among them; by default as many as cores and parts make worth it. */
  readonly threads?: number;
}

export interface TransformEffects {
  readonly root: string;
  readonly files: Files;
  readonly ledger: Ledger;
  readonly talk: Talk;
  readonly signal: AbortSignal;
}

/** What a transform did. */
export interface TransformSummary {
  /** Parts that were built, by the reason why. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly built: number;
  /** Of the built parts, those whose file came out different and was written. */
  readonly written: number;
  readonly upToDate: number;
  readonly removed: number;
  readonly rows: number;
  /** What was noticed, of parts of which there is anything to tell. */
  readonly reports: readonly { part: string; report: PartReport }[];
}

/** Brings the tables in step with the raw documents. Throws a UserError when stopped or when a part cannot be written. */
export async function runTransform(
  request: TransformRequest,
  effects: TransformEffects,
): Promise<TransformSummary> {
  const { root, files, ledger, talk, signal } = effects;
  using crew = new Crew(root);
  const { plan, streams, lacking } = await planned(request, effects, crew);
  const reasons = new Map<string, number>();
  for (const { reason } of plan.build) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  let built = 0;
  let written = 0;
  let rows = 0;
  const reports: { part: string; report: PartReport }[] = [];
  await using keeper = new PartKeeper(files, ledger);
  let failure: string | undefined;
  const threads = request.threads ?? poolSize(plan.build.length);
  for await (
    const { parts, error } of buildOnThreads(
      { root, files, streams, threads, crew, signal },
      plan.build,
    )
  ) {
    dropChoices(parts.filter((part) => saysElse(part, ledger)), root, files);
    await keeper.add(parts);
    failure ??= error;
    for (const { table, participant, partition, report, ...part } of parts) {
      built++;
      rows += part.rows;
      if (part.changes.length > 0) written++;
      if (!tells(report)) continue;
      reports.push({ part: `${table} ${participant} ${partition}`, report });
    }
    talk.progress({ what: "Transforming", done: built, total: plan.build.length, unit: "parts" });
  }
  await keeper.finish();
  if (failure !== undefined) throw notAllBuilt(failure);
  if (signal.aborted) throw signal.reason;
  dropChoices(plan.remove, root, files);
  for (const { table, participant, partition } of plan.remove) {
    for (
      const path of [partFile, csvFile].map((of) => `${root}/${of(table, participant, partition)}`)
    ) {
      if (files.size(path) !== undefined) files.remove(path);
    }
  }
  // All at once: a disk takes nearly as long for one as for thousands.
  if (plan.remove.length > 0) {
    ledger.transaction(() =>
      plan.remove.forEach(({ table, participant, partition }) =>
        ledger.forgetPart(table, participant, partition)
      )
    );
  }
  if (built + plan.remove.length > 0 || lacking) {
    await writeChoices(ledger.participantsWithRows(), ledger, root, files);
  }
  return {
    reasons,
    built,
    written,
    upToDate: plan.upToDate,
    removed: plan.remove.length,
    rows,
    reports,
  };
}

/**
 * What is to be done, by which streams, and whether files that tell of choices are missing. Calls the
 * crew, where it is likely to be needed.
 */
async function planned(
  request: TransformRequest,
  { root, files, ledger }: TransformEffects,
  crew: Crew,
) {
  const documents = ledger.documents();
  const parts = ledger.partStates();
  const sources = new Set(documents.map(({ source }) => source));
  // With nothing built yet there is work for every thread: they start while it is planned.
  if (parts.length === 0 || request.force) {
    crew.call((request.threads ?? poolSize(documents.length)) - 1, sources);
  }
  const streams = await streamsOf(sources);
  const isThere =
    (of: typeof partFile) => (table: string, participant: string, partition: string) =>
      files.size(`${root}/${of(table, participant, partition)}`) !== undefined;
  const plan = planTransform({
    tables: request.only.length === 0 ? tables : request.only.map(tableNamed),
    streams,
    documents,
    parts,
    force: request.force,
    csv: request.csv,
    isThere: isThere(partFile),
    isThereAsCsv: isThere(csvFile),
  });
  return { plan, streams, lacking: lacksChoices(ledger.participantsWithRows(), root, files) };
}

/** Whether what is noted of a part is other than it was; of one the ledger forgot, its file tells. */
function saysElse(
  { table, participant, partition, report, changes }: BuiltPart,
  ledger: Ledger,
): boolean {
  const noted = ledger.reportOf(table, participant, partition);
  return noted === undefined ? changes.length > 0 : noted !== JSON.stringify(report);
}

/** Whether a report has anything for a person: most have not, and there are tens of thousands. */
function tells({ shares, put_aside, unknown, notes, left_out }: PartReport): boolean {
  return shares.filter(({ rows }) => rows > 0).length > 1 || Object.keys(unknown).length > 0 ||
    put_aside.length + notes.length + left_out.length > 0;
}
