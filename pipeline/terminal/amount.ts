/** Numbers as a person reads them. */

/** `10,505`. */
export function number(value: number): string {
  return value.toLocaleString("en-GB");
}

/**
 * So many bytes, in a unit that leaves one to four digits.
 *
 * @example
 * ```ts
 * import { bytesText } from "./amount.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([999, 20_480, 3.2e6, 1.25e9].map(bytesText), ["999 B", "20 kB", "3.2 MB", "1.3 GB"]);
 * ```
 */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB"];
  let value = bytes / 1000;
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${value < 10 ? value.toFixed(1) : number(Math.round(value))} ${units[unit]}`;
}
