/**
 * The few error classes that a caller catches, and the exit codes of the program.
 * Everything else is a bug: it reaches the top, shows its stack and exits with 1.
 */

import type { TroubleName } from "./troubles.ts";

/** What the program's exit code means; the README lists the same words. */
export const exitCode = {
  done: 0,
  bug: 1,
  usage: 2,
  incomplete: 3,
  login: 4,
  locked: 5,
} as const;

export type ExitCode = typeof exitCode[keyof typeof exitCode];

/** What an error a person can act on is made with besides its message. */
export interface UserErrorOptions {
  /** What to do next, one sentence. */
  readonly hint?: string;
  readonly exitCode?: ExitCode;
  readonly cause?: unknown;
  /** Which of the known troubles it stands for. */
  readonly trouble?: TroubleName;
}

/** An error a person can act on: shown without a stack, with what to do next. */
export class UserError extends Error {
  override readonly name: string = "UserError";
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;
  readonly trouble: TroubleName | undefined;

  constructor(message: string, options: UserErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode ?? exitCode.incomplete;
    this.hint = options.hint;
    this.trouble = options.trouble;
  }
}

/** The command line or a setting is wrong. */
export class UsageError extends UserError {
  override readonly name: string = "UsageError";

  constructor(message: string, hint?: string) {
    super(message, { exitCode: exitCode.usage, ...(hint === undefined ? {} : { hint }) });
  }
}

/** The access token is missing, expired beyond refresh, revoked, or of another account. */
export class LoginNeeded extends UserError {
  override readonly name: string = "LoginNeeded";

  constructor(message: string, hint?: string, trouble?: TroubleName) {
    super(message, {
      exitCode: exitCode.login,
      ...hint === undefined ? {} : { hint },
      ...trouble === undefined ? {} : { trouble },
    });
  }
}

/** The logins cannot be written: a home that is read-only, a folder of somebody else. */
export class LoginsUnwritable extends UserError {
  override readonly name: string = "LoginsUnwritable";
}

/** One stream cannot be had from this account (scope, unknown type, no such data); others can. */
export class StreamRefused extends Error {
  override readonly name: string = "StreamRefused";
}

/** The service still works on what was asked for: these days are young, and the next run asks again. */
export class NotReady extends UserError {
  override readonly name: string = "NotReady";
}

/** The whole service is gone for good (HTTP 410); what is on disk stays. */
export class SourceGone extends UserError {
  override readonly name: string = "SourceGone";
}

/**
 * A document that cannot be understood: a required field is missing or mistyped, or the bytes are
 * not what their name says. The document stays in the raw store, is put aside, and the run goes on.
 */
export class DocumentError extends Error {
  override readonly name: string = "DocumentError";
}

/** The text of whatever was thrown, for a message that goes on with other words. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The error and, on a line of its own, what to do next. */
export function inWords(error: UserError): string {
  return `${error.message}${error.hint === undefined ? "" : `\n  ${error.hint}`}`;
}

/** What the system says when there is no room left, for files and for the ledger. */
const fullDisk = /No space left|disk is full|quota exceeded/i;

/** What the ledger says when the system refuses it; of files the system's own code tells. */
const refusedLedger =
  /disk I\/O error|readonly database|unable to open database file|database is locked/;

/** Whether what was thrown means that the disk is full. */
export function isFull(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  // Windows says it in the user's language.
  return fullDisk.test(thrown.message) ||
    ("code" in thrown && (thrown.code === "ENOSPC" || thrown.code === "EDQUOT"));
}

/**
 * The error a person can act on when the system refused to read or write: a full disk, a missing
 * permission, a disk that fails. Undefined for everything else.
 */
export function diskError(thrown: unknown): UserError | undefined {
  if (!(thrown instanceof Error) || thrown instanceof UserError) return undefined;
  if (isFull(thrown)) {
    return new UserError("Cannot write: the disk is full", {
      hint: "Free some space and run the same command again: what is already here is whole",
      cause: thrown,
    });
  }
  const isOfTheSystem = "code" in thrown && typeof thrown.code === "string" &&
    refusingCodes.has(thrown.code);
  if (!isOfTheSystem && !refusedLedger.test(thrown.message)) return undefined;
  return new UserError(`Cannot read or write: ${thrown.message}`, {
    hint: "Mend the cause and run the same command again: what is already here is whole",
    cause: thrown,
  });
}

/** Of files, folders and disks: refused, failing, pulled out or gone over the network, or taken away. */
const refusingCodes: ReadonlySet<string> = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "EIO",
  "EMFILE",
  "ENFILE",
  "ENAMETOOLONG",
  "ENOTDIR",
  "EISDIR",
  "ENOENT",
  "ENOTEMPTY",
  "EEXIST",
  "EBUSY",
  "ELOOP",
  "EFBIG",
  "ESTALE",
  "ENXIO",
  "ENODEV",
]);
