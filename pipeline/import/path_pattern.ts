/**
 * Paths with a `*` in their last segment, as a shell reads them: those of Windows hand them on as they
 * were typed.
 */

import { isAbsent } from "../effects.ts";
import { UsageError } from "../errors.ts";
import type { InputReader } from "./input_reader.ts";

/**
 * The paths, with a `takeout-*.zip` replaced by what is there of such a name; capital letters and small
 * ones are the same. Throws a UsageError where nothing is.
 */
export function expandedPaths(
  paths: readonly string[],
  reader: Pick<InputReader, "entries">,
): string[] {
  return paths.flatMap((path) => {
    const cut = path.search(/[^/\\]*$/);
    const [folder, name] = [path.slice(0, cut), path.slice(cut)];
    if (!name.includes("*")) return [path];
    const names = namesIn(folder === "" ? "." : folder, reader);
    if (names.includes(name)) return [path];
    const pattern = new RegExp(`^${name.split("*").map(escaped).join(".*")}$`, "i");
    const found = names.filter((other) => pattern.test(other));
    if (found.length > 0) return found.map((other) => folder + other);
    throw nothingAt(path);
  });
}

/** The error of a path where nothing is. */
export function nothingAt(path: string): UsageError {
  return new UsageError(
    `Cannot find "${path}"`,
    "Give the ZIP files, folders or files to import",
  );
}

function namesIn(folder: string, reader: Pick<InputReader, "entries">): string[] {
  try {
    return reader.entries(folder).map(({ name }) => name);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
