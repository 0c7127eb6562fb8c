/**
 * Page tokens: opaque to the client, good only together with exactly the parameters that led to
 * them. The server keeps nothing: all it needs lies in the token, with a digest to notice changes.
 */

import { hash32 } from "../random.ts";
import { badArgument } from "./errors.ts";

/** Where a walk over the points, newest first, goes on. */
export interface Cursor {
  /** UTC day, since 1970. */
  readonly utcDay: number;
  /** Points of that day already given. */
  readonly given: number;
  /** What was synced later than this when the walk began stays out of it (ms since 1970). */
  readonly knownBefore: number;
}

function digestOf(cursor: string, request: string): string {
  return hash32(`${cursor}\n${request}`).toString(36);
}

/**
 * A token for a cursor.
 * @param request Every parameter but the token itself, as one text.
 * @param salt Anything; tokens with other salts differ and are worth the same.
 */
export function writeToken(cursor: Cursor, request: string, salt: string): string {
  const text = [cursor.utcDay, cursor.given, cursor.knownBefore, salt].join(" ");
  return new TextEncoder().encode(`${text} ${digestOf(text, request)}`)
    .toBase64({ alphabet: "base64url", omitPadding: true });
}

/** The cursor of a token; refuses one that was made for other parameters, or made up. */
export function readToken(token: string, request: string): Cursor {
  const [utcDay, given, knownBefore, salt, digest] = decode(token).split(" ");
  const text = [utcDay, given, knownBefore, salt].join(" ");
  if (digest === undefined || digest !== digestOf(text, request)) {
    throw badArgument("The page token is invalid or belongs to a request with other parameters.");
  }
  return { utcDay: Number(utcDay), given: Number(given), knownBefore: Number(knownBefore) };
}

function decode(token: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(token, { alphabet: "base64url" }));
  } catch {
    // Not Base64: no token of ours.
    return "";
  }
}
