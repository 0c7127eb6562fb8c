/** The list of a cohort as a file. */

import { dirname, resolve } from "node:path";
import type { Files } from "../effects.ts";
import { reasonOf, UsageError } from "../errors.ts";
import { type Participant, participantsOf } from "./participants.ts";

/**
 * The participants of a list; paths in it are relative to the folder it lies in. Throws a UsageError
 * when it cannot be read.
 */
export function readList(file: string, files: Pick<Files, "read">): Participant[] {
  const folder = dirname(resolve(file));
  return participantsOf(textOf(file, files), file).map(({ path, token_file, ...rest }) => ({
    ...rest,
    ...path === undefined ? {} : { path: resolve(folder, path) },
    ...token_file === undefined ? {} : { token_file: resolve(folder, token_file) },
  }));
}

function textOf(file: string, files: Pick<Files, "read">): string {
  try {
    return new TextDecoder().decode(files.read(file));
  } catch (error) {
    throw new UsageError(`Cannot read the list of participants "${file}": ${reasonOf(error)}`);
  }
}
