/** The tables a person names on the command line. */

import { tables } from "../catalog.ts";
import { UsageError } from "../errors.ts";
import { nearest } from "../terminal/arguments.ts";

/** Names with commas between, checked; none when nothing was given. Throws a UsageError. */
export function tableChoice(text: string | undefined): string[] {
  if (text === undefined) return [];
  const known = tables.map((table) => table.name);
  return text.split(",").map((name) => {
    if (known.includes(name)) return name;
    const near = nearest(name, known);
    throw new UsageError(
      `There is no table "${name}"${near === undefined ? "" : `: did you mean ${near}?`}`,
      near === undefined ? `Tables: ${known.join(", ")}` : undefined,
    );
  });
}
