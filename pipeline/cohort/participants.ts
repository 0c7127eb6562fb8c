/** The list of a cohort: a CSV file, a row a participant. Pure. */

import { z } from "zod";
import { parse } from "../csv.ts";
import { reasonOf, UsageError } from "../errors.ts";
import { checkedParticipant } from "../layout.ts";
import { nearest } from "../terminal/arguments.ts";
import { dayChoice, zoneChoice } from "../terminal/dates.ts";

/** A participant, and where their data come from. */
export interface Participant {
  readonly id: string;
  readonly source: "google-health" | "fitbit-web" | "takeout";
  /** Of archives and saved files: a file or a folder. */
  readonly path?: string;
  /** A file that holds an access token; without one the login stored for the participant is used. */
  readonly token_file?: string;
  /** Where the watch was worn; overrules what the data say. */
  readonly timezone?: string;
  /** The first and the last day to fetch, as the command line takes them. */
  readonly from?: string;
  readonly to?: string;
}

const row = z.object({
  id: z.string().transform(checkedParticipant),
  source: z.enum(["google-health", "fitbit-web", "takeout"], {
    error: "expected google-health, fitbit-web or takeout",
  }),
  path: z.string().optional(),
  token_file: z.string().optional(),
  timezone: z.string().transform(zoneChoice).optional(),
  from: z.string().refine(isDayChoice, "expected a day: 2026-10-25 or 30d").optional(),
  to: z.string().refine(isDayChoice, "expected a day: 2026-10-25 or 30d").optional(),
});

const columns = Object.keys(row.shape);

/**
 * The participants of a list, in its order. Empty cells are as good as none; paths stay as they are
 * written. Throws a UsageError that names the line and what was expected.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { participantsOf } from "./participants.ts";
 *
 * assert.deepEqual(participantsOf("id,source,path\np01,takeout,p01.zip\n", "study.csv"), [
 *   { id: "p01", source: "takeout", path: "p01.zip" },
 * ]);
 * ```
 */
export function participantsOf(csv: string, file: string): Participant[] {
  const [head, ...rows] = recordsOf(csv, file);
  if (head === undefined || rows.length === 0) {
    throw new UsageError(
      `There is no participant in "${file}"`,
      `Give it a first line ${columns.join(",")} and a line for each participant`,
    );
  }
  const unknown = head.find((name) => !columns.includes(name));
  if (unknown !== undefined) {
    const near = nearest(unknown, columns);
    throw new UsageError(
      `There is no column "${unknown}" in a list of participants${
        near === undefined ? "" : `: did you mean ${near}?`
      }`,
      `"${file}" may have ${columns.join(", ")}`,
    );
  }
  const lineOf = new Map<string, number>();
  return rows.map((cells, index) => {
    const line = index + 2;
    const participant = participantOf(head, cells, `"${file}", line ${line}`);
    const before = lineOf.get(participant.id);
    if (before !== undefined) {
      throw new UsageError(
        `"${file}" has ${participant.id} in line ${before} and in line ${line}`,
        "A participant has one line",
      );
    }
    lineOf.set(participant.id, line);
    return participant;
  });
}

function participantOf(
  head: readonly string[],
  cells: readonly string[],
  where: string,
): Participant {
  const filled = head.flatMap((name, i) => {
    const cell = cells[i]?.trim() ?? "";
    return cell === "" ? [] : [[name, cell]];
  });
  const { data, error } = row.safeParse(Object.fromEntries(filled));
  if (data === undefined) {
    const [issue] = error.issues;
    const column = String(issue?.path[0] ?? "");
    const absent = !filled.some(([name]) => name === column);
    const what = absent ? "is missing" : issue?.message;
    throw new UsageError(`Cannot use ${where}: ${column} ${what}`);
  }
  if (data.source === "takeout" && data.path === undefined) {
    throw new UsageError(
      `Cannot use ${where}: path is missing`,
      "Of takeout, path names the archive, or the folder with its parts",
    );
  }
  const { id, source, ...rest } = data;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return { id, source, ...Object.fromEntries(given) };
}

function recordsOf(csv: string, file: string): string[][] {
  try {
    return parse(csv.replace(/^\uFEFF/, ""), { fieldsPerRecord: 0 });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`Cannot read "${file}" as CSV: ${reasonOf(error)}`);
  }
}

function isDayChoice(text: string): boolean {
  try {
    dayChoice("from", text);
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}
