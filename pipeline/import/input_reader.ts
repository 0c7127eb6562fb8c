/** The files a person hands in, read where they lie; handed in to the import like all effects. */

import type { RandomAccess } from "../sources/takeout/archive.ts";

export type InputKind = "file" | "folder" | "other";

export interface InputReader {
  /** What is there, links followed; undefined when there is nothing. */
  kind(path: string): InputKind | undefined;
  /** Entries of a folder sorted by name; a link is `other`. */
  entries(folder: string): { readonly name: string; readonly kind: InputKind }[];
  /** The last segment of the path, also of `.` and of `../`. */
  baseName(path: string): string;
  /** Of a file, without opening it. */
  size(path: string): number;
  open(path: string): RandomAccess;
}

/** The real one. */
export const diskReader: InputReader = {
  kind(path) {
    try {
      return kindOf(Deno.statSync(path));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  },
  entries(folder) {
    return Array.from(
      Deno.readDirSync(folder),
      (entry) => ({ name: entry.name, kind: kindOf(entry) }),
    ).sort((a, b) => (a.name < b.name ? -1 : 1));
  },
  baseName: (path) => Deno.realPathSync(path).split(/[/\\]/).at(-1) ?? "",
  size: (path) => Deno.statSync(path).size,
  open(path) {
    const file = Deno.openSync(path, { read: true });
    return {
      size: file.statSync().size,
      read(position, length) {
        const bytes = new Uint8Array(length);
        file.seekSync(position, Deno.SeekMode.Start);
        let filled = 0;
        while (filled < length) {
          const got = file.readSync(bytes.subarray(filled));
          if (got === null) return bytes.subarray(0, filled);
          filled += got;
        }
        return bytes;
      },
      close: () => file.close(),
    };
  },
};

function kindOf(entry: { isFile: boolean; isDirectory: boolean }): InputKind {
  return entry.isFile ? "file" : entry.isDirectory ? "folder" : "other";
}
