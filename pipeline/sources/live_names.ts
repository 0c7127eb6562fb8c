/** What `--source` calls the sources that can be asked, apart from what it takes to ask them. */

import { UsageError } from "../errors.ts";

/** Every live source's name; the first one is asked when none is named. */
export const liveNames = ["google-health", "fitbit-web"] as const;

export type LiveName = typeof liveNames[number];

/** The source that was named; throws a UsageError that lists them. */
export function liveName(text: string | undefined): LiveName {
  const found = liveNames.find((name) => name === (text ?? liveNames[0]));
  if (found !== undefined) return found;
  throw new UsageError(
    `There is no live source "${text}"`,
    `Live sources: ${liveNames.join(", ")}; archives and saved files come in with deno task import`,
  );
}
