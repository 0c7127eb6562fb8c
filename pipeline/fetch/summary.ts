/** What a fetch came to: what was got, what is missing and why. */

import { type ExitCode, exitCode, type UserError } from "../errors.ts";
import type { Day } from "../day.ts";
import type { Window } from "../sources/source.ts";

/** A window without an answer, and why. */
export interface MissedWindow {
  readonly stream: string;
  readonly window: Window;
  readonly reason: string;
}

/** What a fetch did, and what is still missing. */
export interface FetchSummary {
  readonly source: string;
  readonly from: Day;
  readonly to: Day;
  readonly memberSince: Day | undefined;
  /** Documents by what became of them; `asked` is their sum. */
  readonly asked: number;
  readonly fresh: number;
  readonly unchanged: number;
  readonly replaced: number;
  /** Windows that could not be had. */
  readonly failed: readonly MissedWindow[];
  /** Windows that the source still works on; they stay young. */
  readonly pending: readonly MissedWindow[];
  /** Streams that could not be had at all. */
  readonly refused: readonly { stream: string; reason: string }[];
  /** Due windows that were not asked because the run ended early. */
  readonly left: number;
  /** Why the run ended early. */
  readonly stopped: UserError | undefined;
}

/** The exit code that a fetch deserves. */
export function fetchExitCode(summary: FetchSummary): ExitCode {
  if (summary.stopped !== undefined) return summary.stopped.exitCode;
  const missing = summary.failed.length + summary.refused.length + summary.left;
  return missing > 0 ? exitCode.incomplete : exitCode.done;
}

/** `2026-10-01`, or `2026-10-01 to 2026-10-31`. */
export function spanned(window: Window): string {
  return window.first === window.last ? window.first : `${window.first} to ${window.last}`;
}
