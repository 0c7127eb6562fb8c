/** Text within XML elements. */

/**
 * @example
 * ```ts
 * import { xmlText } from "./xml.ts";
 * import assert from "node:assert/strict";
 * assert.equal(xmlText("a < b & c"), "a &lt; b &amp; c");
 * ```
 */
export function xmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
