/** Text that goes into HTML, as an element's content or within quotes. */

/**
 * The text with every sign that markup could take for its own written otherwise.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { escaped } from "./markup.ts";
 *
 * assert.equal(escaped('<b> & "c"'), "&lt;b&gt; &amp; &quot;c&quot;");
 * ```
 */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
