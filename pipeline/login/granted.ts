/** What a login may read, and what is lost by what it may not. */

import { tablesOf } from "../sources/registry.ts";
import type { LiveStream } from "../sources/source.ts";

/** A scope as people see it: `sleep` for `https://www.googleapis.com/auth/googlehealth.sleep.readonly`. */
export function scopeName(scope: string): string {
  return scope.replace(/^.*\/auth\/(?:googlehealth\.)?/, "").replace(/\.readonly$/, "");
}

/** What the account's own scopes are for; data hang on the others. */
const accountUses: Readonly<Record<string, string>> = {
  settings: "the account's time zone; give it with --timezone when fetching",
  profile: "the day the account began",
};

/** A scope that was asked for and left unticked, and what it costs. */
export interface Missing {
  readonly scope: string;
  /** Tables that stay empty without it. */
  readonly tables: readonly string[];
  /** What else it is for. */
  readonly use: string | undefined;
}

/** What was asked for and not granted, in the order it was asked for. */
export function missingScopes(
  asked: readonly string[],
  granted: ReadonlySet<string>,
  streams: readonly LiveStream[],
): readonly Missing[] {
  const open = new Set(
    streams.filter(({ scope }) => granted.has(scope)).flatMap((stream) => tablesOf(stream)),
  );
  return asked.filter((scope) => !granted.has(scope)).map((scope) => ({
    scope,
    tables: [
      ...new Set(
        streams.filter((stream) => stream.scope === scope).flatMap((stream) => tablesOf(stream))
          .filter((table) => !open.has(table)),
      ),
    ].sort(),
    use: accountUses[scopeName(scope)],
  }));
}

/** One line for each missing scope. */
export function missingLines(missing: readonly Missing[], source: string): readonly string[] {
  if (missing.length === 0) return [];
  return [
    "Not allowed:",
    ...missing.map(({ scope, tables, use }) => {
      const costs = [
        ...tables.length === 0 ? [] : [`these tables stay empty: ${tables.join(", ")}`],
        ...use === undefined ? [] : [`unknown stays ${use}`],
      ];
      return `  ${scopeName(scope)}: ${costs.length === 0 ? "nothing needs it" : costs.join("; ")}`;
    }),
    `  To change that, log in again and leave the boxes ticked: deno task login ${source}`,
  ];
}
