/** What a fault is: what can go wrong with an answer, and on which calls. */

import type { ApiName, Call, Reply, Subject } from "../api.ts";
import type { Json } from "../json.ts";

/**
 * What a fault does, at one of the stations a call passes:
 * - `answer`: another reply in place of the honest one; a server that cannot fail so is not struck;
 * - `token`: the token that was presented runs out, or the consent behind it is revoked;
 * - `request`: the server understands another request than was sent;
 * - `first-page`: the first page of a walk comes empty, with a token;
 * - `json`: the body of a good answer is changed, as parsed;
 * - `wire`: the answer is right and does not arrive as it should.
 */
export type FaultEffect =
  | { readonly station: "answer"; readonly replies: Partial<Record<ApiName, () => Reply>> }
  | { readonly station: "token"; readonly fate: "expire" | "revoke" }
  | { readonly station: "request"; change(call: Call): Call }
  | { readonly station: "first-page" }
  | { readonly station: "json"; change(body: Json, call: Call): Json }
  | { readonly station: "wire"; readonly wire: "cut" | "truncate" | "empty" | "slow" };

export interface Fault {
  /** One line for the list of faults. */
  readonly about: string;
  /** Kinds of calls it can strike. */
  readonly on: readonly Subject["kind"][];
  /** With an `every` rule: strikes so many calls in a row; 1 when absent. */
  readonly burst?: number;
  /** Strikes only calls that fulfil this. */
  readonly where?: (call: Call) => boolean;
  readonly effect: FaultEffect;
}
