/**
 * Several members that would be one document: an export made twice under one name, a name that an
 * archive holds twice. The fullest is the document, whatever order they came in; the others are kept
 * beside it.
 */

import { type Manifest } from "../raw/manifest.ts";
import { besidePath, type RawStore } from "../raw/store.ts";

/** One of several candidates. */
export interface Contestant {
  readonly samples: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** The one with most samples; of equals the longest, then by digest, so that the order is no matter. */
export function fullest<T extends Contestant>(candidates: readonly [T, ...T[]]): T {
  return candidates.reduce((a, b) =>
    (b.samples - a.samples || b.bytes - a.bytes || (b.sha256 < a.sha256 ? -1 : 1)) > 0 ? b : a
  );
}

/** A contest's outcome: what lies where, and what is to. */
export interface Outcome {
  readonly path: string;
  /** The digest of what lies at the path now; all others lie beside it. */
  readonly atPath: string;
  readonly winner: string;
  /** The manifest of each candidate that has none yet, by its digest. */
  readonly manifests: ReadonlyMap<string, Manifest>;
}

/**
 * Brings the winner to its place and gives each loser its manifest beside it. At every moment each
 * candidate lies somewhere whole with its manifest, or as bytes that the next import takes in again.
 */
export async function settleContest(
  { path, atPath, winner, manifests }: Outcome,
  store: RawStore,
): Promise<void> {
  const losers = Array.from(manifests).filter(([sha256]) => sha256 !== winner);
  if (winner !== atPath) {
    const beside = besidePath(path, atPath);
    if (store.manifest(beside) === undefined) {
      const manifest = manifests.get(atPath) ?? store.manifest(path);
      await store.putFrames([{ path: beside, frame: store.frame(path) }]);
      if (manifest !== undefined) await store.putManifests([{ path: beside, manifest }]);
    }
  }
  for (const [sha256, manifest] of losers) {
    const beside = besidePath(path, sha256);
    if (sha256 === atPath || store.manifest(beside) !== undefined) continue;
    await store.putManifests([{ path: beside, manifest }]);
  }
  if (winner === atPath) return;
  const from = besidePath(path, winner);
  const manifest = manifests.get(winner);
  if (manifest === undefined) return;
  await store.putFrames([{ path, frame: store.frame(from) }]);
  await store.putManifests([{ path, manifest }]);
  if (store.manifest(from) === undefined) store.dropFrame(from);
}
