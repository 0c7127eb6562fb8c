/** What the two simulated servers have in common: a call comes in, a reply goes out. */

import type { Day } from "../../day.ts";
import type { Body } from "./body.ts";
import type { SimulatorClock } from "./clock.ts";
import type { Grants } from "./oauth/grants.ts";

export type ApiName = "google-health" | "fitbit-web";

/** One request, taken apart. */
export interface Call {
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a call is about, for the request log and for choosing faults. */
export interface Subject {
  /** `login`: authorisation and tokens; `account`: who and which devices; `data`: measurements. */
  readonly kind: "login" | "account" | "data";
  /** The (first) civil day asked for. */
  readonly day: Day | undefined;
}

/** What the servers measure and whose time they follow. */
export interface World {
  readonly body: Body;
  readonly clock: SimulatorClock;
  /** What was measured from this instant on has not been synced yet. */
  syncedTo(): number;
}

/** What a fault does to the answer to one call. */
export interface Struck {
  /** Sent in place of the honest reply; quotas count the call all the same. */
  readonly instead?: Reply;
  /** The first page of a walk comes empty, with a token. */
  readonly emptyFirstPage?: boolean;
}

/** One simulated server. */
export interface Api {
  readonly name: ApiName;
  /** Everything this server has granted. */
  readonly grants: Grants;
  subjectOf(call: Call): Subject;
  answer(call: Call, struck: Struck): Reply;
}

/** The token of an `Authorization: Bearer` header; undefined without one. */
export function bearerToken(headers: Headers): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
}

/** Name and password of an `Authorization: Basic` header; undefined without a readable one. */
export function basicCredentials(
  headers: Headers,
): { readonly id: string; readonly secret: string } | undefined {
  const coded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (coded === undefined) return undefined;
  const [id, ...secret] = new TextDecoder().decode(decodeBase64(coded)).split(":");
  if (id === undefined || secret.length === 0) return undefined;
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret.join(":")) };
}

function decodeBase64(text: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    // Not Base64: the same as no credentials.
    return new Uint8Array();
  }
}
