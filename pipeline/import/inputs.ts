/**
 * From the paths a person gave to archives with members: ZIP and tar files, folders (with the ZIP and
 * tar files that lie in them), and single files, which together make one archive.
 */

import { DocumentError, reasonOf, UsageError } from "../errors.ts";
import {
  type Archive,
  largestMember,
  type Member,
  type RandomAccess,
  tooLarge,
} from "../sources/takeout/archive.ts";
import { archiveName } from "../sources/takeout/member_path.ts";
import { openTar } from "../sources/takeout/tar_archive.ts";
import { openZip } from "../sources/takeout/zip_archive.ts";
import type { InputKind, InputReader } from "./input_reader.ts";
import { expandedPaths, nothingAt } from "./path_pattern.ts";
import type { ImportLine } from "./report.ts";

/** What single files are called in the raw store, as an archive. */
export const looseFiles = "files";

/** How deep below a given folder files are looked for. */
const deepest = 32;

/** Enough of a file to see what it is. */
const headLength = 4096;

export interface OpenInputs {
  /** By name, the parts of an export by their number; the same whatever order the paths came in. */
  readonly archives: readonly Archive[];
  /** Inputs and files that are no part of an archive, and why. */
  readonly lines: readonly ImportLine[];
  close(): void;
}

/**
 * Opens everything. Throws a UsageError when there is nothing at a path; whatever else is wrong with
 * an input becomes a line of the report.
 */
export async function openInputs(
  given: readonly string[],
  reader: InputReader,
): Promise<OpenInputs> {
  const paths = expandedPaths(given, reader);
  const missing = paths.find((path) => kindAt(path, reader) === undefined);
  if (missing !== undefined) throw nothingAt(missing);
  const lines: ImportLine[] = [];
  const zips = new Set<string>();
  const tars = new Set<string>();
  const files = new Set<string>();
  const archives: Archive[] = [];
  for (const path of new Set(paths)) {
    const kind = kindAt(path, reader);
    if (kind === "folder") archives.push(openFolder(path, reader, { zips, tars, lines }));
    else if (kind === "other") lines.push(skipped(path, "neither a file nor a folder"));
    else if (isTar(path)) tars.add(path);
    else if (isZip(path) || beginsAsZip(path, reader)) zips.add(path);
    else files.add(path);
  }
  if (files.size > 0) archives.push(looseArchive(Array.from(files), reader, lines));
  for (const path of zips) {
    try {
      archives.push(await openZip(opened(path, reader), path));
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      lines.push({ input: path, outcome: "failed", reason: error.message });
    }
  }
  for (const path of tars) {
    try {
      archives.push(openTar(opened(path, reader), path));
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      lines.push({ input: path, outcome: "failed", reason: error.message });
    }
  }
  archives.sort((a, b) => compare(a.name, b.name) || compare(a.input, b.input));
  return { archives, lines, close: () => archives.forEach((archive) => archive.close()) };
}

function kindAt(path: string, reader: InputReader): InputKind | undefined {
  try {
    return reader.kind(path);
  } catch (error) {
    throw new UsageError(`Cannot look at "${path}": ${reasonOf(error)}`);
  }
}

/** What is found in a folder beside its files. */
interface Found {
  readonly zips: Set<string>;
  readonly tars: Set<string>;
  readonly lines: ImportLine[];
}

/** All files below a folder, by path; archives among them are told of instead. */
function openFolder(root: string, reader: InputReader, { zips, tars, lines }: Found): Archive {
  const members: Member[] = [];
  const walk = (folder: string, within: string, depth: number) => {
    for (const { name, kind } of entriesOf(folder, reader, lines)) {
      const path = `${folder}/${name}`;
      const member = `${within}${name}`;
      if (kind === "folder" && depth < deepest) walk(path, `${member}/`, depth + 1);
      else if (kind === "folder") lines.push(skipped(path, `more than ${deepest} folders deep`));
      else if (kind === "other") lines.push(skipped(path, "a link, not followed"));
      else if (isTar(name)) tars.add(path);
      else if (isZip(name)) zips.add(path);
      else members.push(...orTold(path, lines, () => fileMember(path, member, reader)));
    }
  };
  walk(root.replace(/(?<=.)\/+$/, ""), "", 1);
  return archiveOf(archiveName(reader.baseName(root)), root, members);
}

function archiveOf(name: string, input: string, members: readonly Member[]): Archive {
  const size = members.reduce((sum, { packedSize }) => sum + packedSize, 0);
  return { name, input, listed: members, size, members: () => members, close: () => {} };
}

function entriesOf(folder: string, reader: InputReader, lines: ImportLine[]) {
  try {
    return reader.entries(folder);
  } catch (error) {
    const reason = `its files cannot be listed: ${reasonOf(error)}`;
    lines.push({ input: folder, outcome: "failed", reason });
    return [];
  }
}

function looseArchive(
  paths: readonly string[],
  reader: InputReader,
  lines: ImportLine[],
): Archive {
  const members = paths.toSorted(compare).flatMap((path) =>
    orTold(
      path,
      lines,
      () => ({ ...fileMember(path, readable(() => reader.baseName(path)), reader), file: path }),
    )
  );
  return archiveOf(looseFiles, "", members);
}

/** What was made of a file, or nothing, and a line that says why. */
function orTold<T>(path: string, lines: ImportLine[], make: () => T): T[] {
  try {
    return [make()];
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    lines.push({ input: path, outcome: "failed", reason: error.message });
    return [];
  }
}

/** Throws a DocumentError when there is no such file any more. */
function fileMember(path: string, member: string, reader: InputReader): Member {
  const size = readable(() => reader.size(path));
  return {
    path: member,
    size,
    packedSize: size,
    packed: () =>
      Promise.resolve().then(() => ({
        bytes: beginning(path, reader, largestMember),
        isDeflated: false,
      })),
    head: () => beginning(path, reader, headLength, false),
  };
}

/** The file as far as it goes; throws a DocumentError when it goes further and should not. */
function beginning(path: string, reader: InputReader, length: number, whole = true): Uint8Array {
  const file = opened(path, reader);
  try {
    if (whole && file.size > length) throw tooLarge(file.size, length);
    return file.read(0, Math.min(length, file.size));
  } finally {
    file.close();
  }
}

/** The file; it throws DocumentErrors alone. */
function opened(path: string, reader: InputReader): RandomAccess {
  let file: RandomAccess;
  try {
    file = reader.open(path);
  } catch (error) {
    throw new DocumentError(`It cannot be opened: ${reasonOf(error)}`);
  }
  return { ...file, read: (position, length) => readable(() => file.read(position, length)) };
}

/** What the disk refuses is that file's trouble, not the others'. */
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new DocumentError(`It cannot be read: ${reasonOf(error)}`);
  }
}

function isZip(name: string): boolean {
  return /\.zip$/i.test(name);
}

function isTar(name: string): boolean {
  return /\.(tgz|tar|tar\.gz)$/i.test(name);
}

function beginsAsZip(path: string, reader: InputReader): boolean {
  try {
    const head = beginning(path, reader, 4, false);
    return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
  } catch (error) {
    // A file that cannot be opened is reported when it is read.
    if (error instanceof DocumentError) return false;
    throw error;
  }
}

function skipped(input: string, reason: string): ImportLine {
  return { input, outcome: "skipped", reason };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
