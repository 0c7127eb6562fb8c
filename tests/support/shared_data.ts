/**
 * The genuine recorded files, which lie beside the repository and are not part of it. Tests that
 * need them are ignored where they are not.
 */

import { fileURLToPath } from "node:url";

const folder = new URL("../../../shared/data/", import.meta.url);

/** Whether the files are there. */
export const hasSharedData = isThere(folder);

/** A file's bytes; the path is relative to the folder of the files. */
export function sharedFile(path: string): Uint8Array {
  return Deno.readFileSync(new URL(path, folder));
}

/** Where a file or folder of them is, for what opens it by itself. */
export function sharedPath(path: string): string {
  return fileURLToPath(new URL(path, folder));
}

/** Registers a test that needs the files; its name says so where they are missing. */
export function testWithSharedData(name: string, test: () => void | Promise<void>): void {
  Deno.test({
    name: hasSharedData ? name : `${name} (ignored: no shared/data beside the repository)`,
    ignore: !hasSharedData,
    fn: test,
  });
}

function isThere(url: URL): boolean {
  try {
    return Deno.statSync(url).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
