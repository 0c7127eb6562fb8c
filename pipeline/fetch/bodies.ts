/** Response bodies as they are kept: one JSON array, each body byte for byte. Pure. */

import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";

/** The response bodies as one JSON array, each body byte for byte. */
export function jsonArray(bodies: readonly Uint8Array[]): Uint8Array {
  let length = 2 + Math.max(0, bodies.length - 1) * 2;
  for (const body of bodies) length += body.length;
  const joined = new Uint8Array(length);
  let at = 0;
  joined[at++] = 0x5b; // [
  bodies.forEach((body, index) => {
    if (index > 0) {
      joined[at++] = 0x2c; // ,
      joined[at++] = 0x0a; // new line
    }
    joined.set(body, at);
    at += body.length;
  });
  joined[at] = 0x5d; // ]
  return joined;
}

/**
 * A hash of what the bodies say apart from the tokens for their next pages, in hexadecimal. A service
 * may write those anew for every request, though nothing else has changed.
 * @param pageTokens For each body the token it carries; undefined where it has none.
 */
export function contentHash(
  bodies: readonly Uint8Array[],
  pageTokens: readonly (string | undefined)[],
): string {
  const hash = createHash("sha256");
  bodies.forEach((body, index) => {
    const token = pageTokens[index];
    const at = token === undefined ? -1 : Buffer.from(body.buffer, body.byteOffset, body.length)
      .lastIndexOf(JSON.stringify(token));
    if (token === undefined || at < 0) {
      hash.update(body);
    } else {
      hash.update(body.subarray(0, at)).update(body.subarray(at + token.length + 2));
    }
    hash.update("\n");
  });
  return hash.digest("hex");
}
