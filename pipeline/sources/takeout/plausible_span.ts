/** Days that can be somebody's: what lies beyond is a damaged file. */

import { type Day, dayAt } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import type { Span } from "./family.ts";

/** Long before any wearable, for weights that were entered by hand. */
const earliest: Day = "1990-01-01";
const latest: Day = "2099-12-31";

/**
 * Throws a DocumentError when a file reaches beyond what a life with a wearable does: one wrong year would
 * have every day up to it looked for.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { assertPlausible } from "./plausible_span.ts";
 *
 * assertPlausible({ kind: "days", first: "2016-01-01", last: "2026-11-22" });
 * assert.throws(() => assertPlausible({ kind: "days", first: "2016-01-01", last: "9999-12-31" }));
 * ```
 */
export function assertPlausible(span: Span): void {
  const days = span.kind === "days"
    ? [span.first, span.last]
    : [dayAt(span.first, 0), dayAt(span.last, 0)];
  const wrong = days.find((day) =>
    day.length !== earliest.length || day < earliest || day > latest
  );
  if (wrong === undefined) return;
  throw new DocumentError(
    `It has a time of ${wrong}: expected days from ${earliest} to ${latest}`,
  );
}
