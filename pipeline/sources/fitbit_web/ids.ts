/** Documents whose ids must keep all their digits: some are past 2^53, where a number loses the last. */

import { DocumentError, reasonOf } from "../../errors.ts";
import { decodeDocument } from "../json/document.ts";
import { type Reading, whole } from "../records/readings.ts";

/** Numbers under these names; a quote before the name would belong to a text that holds JSON. */
function numbersUnder(names: readonly string[]): RegExp {
  return new RegExp(`(?<!\\\\)("(?:${names.join("|")})"\\s*:\\s*)(\\d+)(?=\\s*[,}])`, "g");
}

/**
 * The document as JSON.parse gives it, every id as text. Throws a DocumentError when it is none.
 * @param names What ids are called in it.
 *
 * @example
 * ```ts
 * import { parseWithIds } from "./ids.ts";
 * import assert from "node:assert/strict";
 * const document = new TextEncoder().encode('{"logId":6389969899346115001}');
 * assert.deepEqual(parseWithIds(document), { logId: "6389969899346115001" });
 * ```
 */
export function parseWithIds(
  document: Uint8Array,
  names: readonly string[] = ["logId"],
): unknown {
  const text = decodeDocument(document).replace(numbersUnder(names), '$1"$2"');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DocumentError(`Cannot parse the document as JSON: ${reasonOf(error)}`);
  }
}

/** An id, which {@link parseWithIds} left as text. */
export const id: Reading = (value, place) =>
  String(typeof value === "string" ? value : whole(value, place));
