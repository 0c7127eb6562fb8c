/** What came of one participant: a line of JSON from a worker, a row of a table in the end. */

import { z } from "zod";
import type { TableSpec } from "../catalog.ts";
import { type ExitCode, exitCode } from "../errors.ts";
import { counted } from "../terminal/counted.ts";
import { textTable } from "../terminal/table.ts";

/** The exit codes, in words. */
export const endings = ["done", "incomplete", "login needed", "failed"] as const;

export const outcomeSchema = z.object({
  participant: z.string(),
  source: z.string(),
  ending: z.enum(endings),
  /** Raw documents there are now, and rows of all tables. */
  documents: z.number(),
  rows: z.number(),
  /** The first and the last day with heart rate; null when there is none. */
  first: z.string().nullable(),
  last: z.string().nullable(),
  /** What is missing, and why; empty when nothing is. */
  missing: z.array(z.string()),
  /** How long it took, and the most memory the worker had used by then. */
  took_s: z.number(),
  peak_bytes: z.number(),
});

/** See {@link outcomeSchema}. */
export type Outcome = z.infer<typeof outcomeSchema>;

/** The table of the outcomes; not of the catalogue, since no source fills it. */
export const outcomeTable: TableSpec = {
  name: "outcomes",
  grain: "one participant",
  partition: "year",
  key: ["participant"],
  version: 1,
  columns: [
    { name: "participant", type: "string", nullable: false, about: "The study's id" },
    { name: "from_source", type: "string", nullable: false, about: "Where the data come from" },
    { name: "ending", type: "string", nullable: false, about: endings.join(", ") },
    { name: "documents", type: "int32", nullable: false, about: "Raw documents" },
    { name: "rows", type: "float64", nullable: false, about: "Rows of all tables" },
    { name: "first", type: "string", nullable: true, about: "First day with heart rate" },
    { name: "last", type: "string", nullable: true, about: "Last day with heart rate" },
    { name: "missing", type: "string", nullable: true, about: "What is missing, and why" },
  ],
};

/** The ending that an exit code stands for. */
export function endingOf(code: ExitCode): Outcome["ending"] {
  if (code === exitCode.done) return "done";
  if (code === exitCode.incomplete) return "incomplete";
  return code === exitCode.login ? "login needed" : "failed";
}

/** Of a participant on whom worker processes ended: nothing is known but that. */
export function lostOutcome(participant: string, source: string, reason: string): Outcome {
  const nothing = { documents: 0, rows: 0, first: null, last: null, took_s: 0, peak_bytes: 0 };
  return { participant, source, ending: "failed", ...nothing, missing: [reason] };
}

/** The outcomes as lines for a person: how many ended how, and who is missing what and why. */
export function outcomeLines(outcomes: readonly Outcome[]): string[] {
  const counts = endings.map((ending) =>
    [ending, outcomes.filter((outcome) => outcome.ending === ending).length] as const
  ).filter(([, count]) => count > 0);
  const wanting = outcomes.filter(({ ending }) => ending !== "done");
  return [
    `${counted(outcomes.length, "participant")}: ${
      counts.map(([ending, count]) => `${count} ${ending}`).join(", ")
    }`,
    ...wanting.length === 0 ? [] : [
      "",
      ...textTable(
        ["participant", "ending", "missing"],
        wanting.flatMap(({ participant, ending, missing }) =>
          (missing.length === 0 ? [""] : missing).map((reason, i) =>
            i === 0 ? [participant, ending, reason] : ["", "", reason]
          )
        ),
      ),
    ],
  ];
}
