/** An answer, kept: in the raw store, and then in the ledger. */

import { createHash } from "node:crypto";
import type { Clock } from "../effects.ts";
import { webDocument } from "../layout.ts";
import type { Ledger } from "../raw/ledger.ts";
import type { Manifest } from "../raw/manifest.ts";
import type { PutOutcome, RawStore } from "../raw/store.ts";
import type { Account, Answer, LiveSource } from "../sources/source.ts";
import { contentHash, jsonArray } from "./bodies.ts";
import type { PlannedWindow } from "./plan.ts";

/** Whose answers they are. */
export interface Owner {
  readonly participant: string;
  readonly account: Account;
  readonly accountHash: string;
}

/** Keeps the answer to a window; what became of the document. */
export function keepAnswer(
  source: LiveSource,
  window: PlannedWindow,
  answer: Answer,
  { participant, account, accountHash }: Owner,
  { store, ledger, clock }: { store: RawStore; ledger: Ledger; clock: Clock },
): PutOutcome {
  const document = jsonArray(answer.bodies);
  const now = new Date(clock.now()).toISOString();
  const manifest: Manifest = {
    format: 1,
    participant,
    source: source.name,
    stream: window.stream.name,
    account: accountHash,
    first_day: window.first,
    last_day: window.last,
    sha256: createHash("sha256").update(document).digest("hex"),
    bytes: document.length,
    ...answer.pageTokens === undefined
      ? {}
      : { content_sha256: contentHash(answer.bodies, answer.pageTokens) },
    received_at: now,
    asked_at: now,
    synced_to: completeUntil(account, answer),
    empty: answer.empty,
    origin: [...answer.origin],
    clock: answer.clock,
  };
  const path = webDocument(participant, source.name, window.stream.name, window.first);
  const outcome = store.put(path, document, manifest);
  // The kept manifest, not ours: of two answers with the same content the first one stays.
  ledger.transaction(() => {
    ledger.recordDocument(path, store.manifest(path) ?? manifest);
    // What there was on days gone by nobody can ask any more.
    if (window.stream.window === "today") ledger.forgetFailures(manifest);
  });
  return outcome;
}

/** Up to when the answer holds all there will be: the watch's sync, or what the source was still at. */
function completeUntil(account: Account, answer: Answer): string | null {
  const until = Math.min(account.lastSync ?? Infinity, answer.completeTo ?? Infinity);
  return until === Infinity ? null : new Date(until).toISOString();
}
