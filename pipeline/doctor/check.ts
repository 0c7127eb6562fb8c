/** What a check found, in the shape that `deno task doctor` shows to people and programs. */

import { type ExitCode, exitCode, type UserError } from "../errors.ts";

export type CheckState = "ok" | "warning" | "error";

/** One check. Its id stays the same from version to version; the words may change. */
export interface Check {
  readonly id: string;
  readonly state: CheckState;
  readonly says: string;
  /** What to do; absent when there is nothing to do. */
  readonly remedy?: string;
  /** What the program ends with because of it; for errors. */
  readonly exitCode?: ExitCode;
}

/** All is well. */
export function ok(id: string, says: string): Check {
  return { id, state: "ok", says };
}

/** It works today; look at it some day soon. */
export function warning(id: string, says: string, remedy: string): Check {
  return { id, state: "warning", says, remedy };
}

/** Something is missing or will not work. */
export function broken(
  id: string,
  says: string,
  remedy: string,
  code: ExitCode = exitCode.incomplete,
): Check {
  return { id, state: "error", says, remedy, exitCode: code };
}

/** The error a command would end with, as a check. */
export function ofError(id: string, error: UserError): Check {
  const { message, hint, exitCode } = error;
  return {
    id,
    state: "error",
    says: message,
    ...hint === undefined ? {} : { remedy: hint },
    exitCode,
  };
}

/** Done while nothing is broken, else what the first error deserves. */
export function doctorExitCode(checks: readonly Check[]): ExitCode {
  return checks.find(({ state }) => state === "error")?.exitCode ?? exitCode.done;
}
