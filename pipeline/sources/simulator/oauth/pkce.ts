/** Proof key for code exchange (RFC 7636), the server's half. */

import { createHash } from "node:crypto";

/** The S256 challenge that belongs to a verifier. */
export function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

/** Whether a challenge or verifier has the length and the letters that the RFC asks for. */
export function isProofKey(text: string): boolean {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(text);
}
