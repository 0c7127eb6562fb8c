/** Paths as people give them to a question. */

/**
 * A path as it is typed, pasted or dropped into a terminal: without the quotes or backslashes that
 * terminals put around blanks, `~` being the home.
 *
 * @example
 * ```ts
 * import { droppedPath } from "./dropped_path.ts";
 * import assert from "node:assert/strict";
 * assert.equal(droppedPath("'~/my files/takeout.zip' ", "/home/me"), "/home/me/my files/takeout.zip");
 * ```
 */
export function droppedPath(
  text: string,
  home: string | undefined,
  os: typeof Deno.build.os = Deno.build.os,
): string {
  const typed = text.trim();
  const quoted = /^(["'])(.*)\1$/.exec(typed)?.[2];
  const path = quoted ?? (os === "windows" ? typed : typed.replace(/\\(.)/g, "$1"));
  return home !== undefined && path.startsWith("~/") ? home + path.slice(1) : path;
}
