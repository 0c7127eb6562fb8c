import assert from "node:assert/strict";
import { diskError } from "../pipeline/errors.ts";

/** What systems say, and what is made of it; undefined where it is a bug. */
const cases: readonly (readonly [said: string, code: string | undefined, made?: RegExp])[] = [
  ["No space left on device (os error 28)", "ENOSPC", /the disk is full/],
  ["Es steht nicht genug Speicherplatz zur Verfügung. (os error 112)", "ENOSPC", /disk is full/],
  ["Disk quota exceeded (os error 122)", "EDQUOT", /the disk is full/],
  ["database or disk is full", undefined, /the disk is full/],
  ["Permission denied (os error 13)", "EACCES", /Cannot read or write: Permission denied/],
  ["disk I/O error", undefined, /Cannot read or write: disk I\/O error/],
  ["Cannot read properties of undefined", undefined],
];

Deno.test("diskError() tells what a system refuses from a bug, in any language", () => {
  for (const [said, code, made] of cases) {
    const error = diskError(Object.assign(new Error(said), code === undefined ? {} : { code }));
    if (made === undefined) assert.equal(error, undefined);
    else assert.match(error?.message ?? "", made);
  }
});
