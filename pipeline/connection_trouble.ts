/** Which trouble is behind a request that got no answer, by the machine's own words for it. */

import { reasonOf } from "./errors.ts";
import type { TroubleName } from "./troubles.ts";

/** How the machine's own words for a failed connection begin; the first that fits counts. */
const connectionWords: readonly (readonly [RegExp, TroubleName])[] = [
  [/certificate (?:expired|not valid yet)/i, "wrong-clock"],
  [/invalid peer certificate|UnknownIssuer/i, "untrusted-certificate"],
  [/proxy auth|tunnel|\b407\b/i, "proxy-login"],
  [/dns error|client error \(Connect\)|network is unreachable|no route to host/i, "no-network"],
];

/**
 * The trouble behind a request that got no answer. The words are those of Deno 2.9: "dns error:
 * failed to lookup", "tcp connect error", "invalid peer certificate: certificate expired".
 */
export function connectionTrouble(thrown: unknown): TroubleName {
  const words = reasonOf(thrown);
  return connectionWords.find(([pattern]) => pattern.test(words))?.[1] ?? "broken-connection";
}

/**
 * What the machine says of a failed connection, without the address that its words begin with: the
 * request is named already, and the address may carry a page token.
 *
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const words = "error sending request for url (https://a.example/?b=c): client error (Connect): dns error";
 * assert.equal(connectionReason(new Error(words)), "dns error");
 * ```
 */
export function connectionReason(thrown: unknown): string {
  return reasonOf(thrown).replace(
    /^(?:error sending request .*?: (?=client error|error))?(?:client error \((?:Connect|SendRequest)\): )?/,
    "",
  );
}
