/**
 * An offset from UTC as a person writes it.
 *
 * @example
 * ```ts
 * import { offsetText } from "./offset.ts";
 * import assert from "node:assert/strict";
 * assert.equal(offsetText(19_800), "+05:30");
 * ```
 */
export function offsetText(offset_s: number): string {
  const minutes = Math.abs(offset_s) / 60;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${offset_s < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
