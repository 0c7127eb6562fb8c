/**
 * Paths of archive members: whether one stays inside the archive's root, and what it is called in
 * the raw store. Pure.
 */

import { createHash } from "node:crypto";

/**
 * What is wrong with a member's path, in words that complete "its path ..."; undefined when it stays
 * inside the root whatever the system. Nothing is repaired: a repaired path could be another member's.
 *
 * @example
 * ```ts
 * import { pathProblem } from "./member_path.ts";
 * import assert from "node:assert/strict";
 * assert.equal(pathProblem("Takeout/Fitbit/steps-2020-01-01.json"), undefined);
 * assert.equal(pathProblem("../../.ssh/config"), "leads out of the archive");
 * ```
 */
export function pathProblem(path: string): string | undefined {
  if (path === "") return "is empty";
  if (path.includes("\0")) return "holds a NUL character";
  if (path.includes("\\")) return "holds a backslash: unpack the archive, and import its folder";
  if (path.startsWith("/")) return "is absolute";
  if (/^[A-Za-z]:/.test(path)) return "begins with a drive letter";
  const segments = path.split("/");
  if (segments.includes("..")) return "leads out of the archive";
  if (segments.includes("") || segments.includes(".")) return "has an empty segment";
  return undefined;
}

/** Characters that some file system refuses, and the names that Windows keeps for devices. */
const refusedCharacters = /[\p{Cc}"*:<>?|\\/\ufffd]/gu;
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** File systems take 255 bytes; the store adds a hash and endings of its own. */
const longestName = 160;

/**
 * A name for one folder or file that every file system takes. A name that had to change gets a hash
 * of what it was, so that no two names become one.
 */
export function storableName(name: string): string {
  const allowed = name.replace(refusedCharacters, "_").replace(/[. ]+$/, "").replace(/^ +/, "");
  const safe = deviceName.test(allowed) ? `_${allowed}` : allowed;
  const fitting = new TextEncoder().encodeInto(safe, new Uint8Array(longestName)).read;
  if (safe === name && name !== "" && fitting === name.length) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${safe.slice(0, fitting)}-${hash}`;
}

/** A checked member path, as the raw store spells it. */
export function storablePath(path: string): string {
  return path.split("/").map(storableName).join("/");
}

const exportName = /^(takeout-\d{8}T\d{6}Z(?:-\d+)?)-\d{3}$/;
const stamp = /^takeout-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/;

/** When an archive of that name was made (ms since 1970); undefined where the name does not say. */
export function exportedAt(archive: string): number | undefined {
  const [, year, month, day, hour, minute, second] = stamp.exec(archive) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/**
 * What an archive is called in the raw store: its file or folder name without `.zip` or `.tgz`, without a
 * browser's ` (1)`, and without the number of its part, so that all parts of an export are one
 * archive.
 *
 * @example
 * ```ts
 * import { archiveName } from "./member_path.ts";
 * import assert from "node:assert/strict";
 * assert.equal(archiveName("takeout-20260402T101112Z-1-002.zip"), "takeout-20260402T101112Z-1");
 * ```
 */
export function archiveName(baseName: string): string {
  const stem = baseName.replace(/\.(zip|tgz|tar|tar\.gz)$/i, "").replace(/ \(\d+\)$/, "");
  return storableName(exportName.exec(stem)?.[1] ?? stem);
}
