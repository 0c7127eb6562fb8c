/** Counts in sentences. */

import { grouped } from "./table.ts";

/**
 * A count and what is counted, in the singular for one.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { counted } from "./counted.ts";
 *
 * assert.equal(counted(1, "night"), "1 night");
 * assert.equal(counted(1200, "day"), "1,200 days");
 * assert.equal(counted(2, "part is", "parts are"), "2 parts are");
 * ```
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}
