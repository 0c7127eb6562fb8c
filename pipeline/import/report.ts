/** What an import did, file by file. Pure; `report_lines.ts` and `report_files.ts` tell of it. */

import { type ExitCode, exitCode } from "../errors.ts";
import type { Archive, Member } from "../sources/takeout/archive.ts";
import type { ClockSpan } from "../sources/takeout/clock_history.ts";

export type ImportOutcome =
  /** Kept, or its clock is known better than before. */
  | "taken"
  /** It was there already. */
  | "unchanged"
  /** Another document of the same name or day holds more; this one is kept beside it, not used. */
  | "kept beside"
  /** Byte for byte, but no table takes it; the reason says why. */
  | "kept, not tabulated"
  /** Not for us; the reason says why. */
  | "skipped"
  /** Something of it is missing now; the reason says what. */
  | "failed";

/** What became of one file. */
export interface ImportLine {
  /** The ZIP, folder or file that was given. */
  readonly input: string;
  /** What the archive it is part of is called; absent when the line is about the input. */
  readonly archive?: string;
  /** The member's path in it; absent when the line is about the input. */
  readonly member?: string;
  readonly outcome: ImportOutcome;
  /** Why, or what else to know. */
  readonly reason?: string;
  /** How large it is, unpacked. */
  readonly bytes?: number;
  readonly document?: DocumentLine;
}

/** The document a file became. */
export interface DocumentLine {
  /** In the raw store. */
  readonly path: string;
  readonly source: string;
  readonly stream: string;
  readonly samples: number;
  readonly first_day: string;
  readonly last_day: string;
  /** Instants of the first and last sample, ISO; absent where the document holds days. */
  readonly first?: string;
  readonly last?: string;
  /** The clock that was applied, and how it was decided. */
  readonly clock: string;
  /** What else to know of it. */
  readonly note?: string;
}

export interface ImportReport {
  readonly lines: readonly ImportLine[];
  /** The wearer's clock as it was worked out for the archives. */
  readonly clock: readonly ClockSpan[];
  /** Contradictions in the evidence, and what else to know. */
  readonly notes: readonly string[];
  /** Some documents can only be understood with `--timezone`. */
  readonly needsTimeZone: boolean;
  /** The report's files below the data root, without `.json` and `.csv`. */
  readonly reports: readonly string[];
  /** Stopped by Ctrl-C; the next import continues. */
  readonly interrupted: boolean;
}

/** A line of the report about a member. */
export function memberLine(
  archive: Archive,
  member: Member,
  line: Omit<ImportLine, "input" | "archive" | "member">,
): ImportLine {
  const { name, input } = archive;
  return member.file === undefined
    ? { input, archive: name, member: member.path, ...line }
    : { input: member.file, archive: name, ...line };
}

/** `done` when every file that was meant for us is in; else `incomplete`. */
export function importExitCode({ lines, interrupted }: ImportReport): ExitCode {
  const kept = lines.some(({ outcome }) => outcome !== "skipped" && outcome !== "failed");
  const failed = lines.some(({ outcome }) => outcome === "failed");
  return kept && !failed && !interrupted ? exitCode.done : exitCode.incomplete;
}
