/**
 * Who would be the document of a path: what arrived, and what lies there already. Of several the
 * fullest is chosen.
 */

import { DocumentError } from "../errors.ts";
import { type FirstLook, type Manifest, manifestSchema } from "../raw/manifest.ts";
import { isBeside, type RawStore } from "../raw/store.ts";
import { isKeptAlone } from "../sources/takeout/families/untabulated.ts";
import { lookVersion } from "../sources/takeout/family.ts";
import { fullest } from "./contest.ts";
import type { Arrival, Intake } from "./intake.ts";
import { look as lookAgain } from "./look.ts";

/** What may be the document of a path. */
export interface Candidate {
  readonly archive: string;
  readonly member: string;
  readonly stream: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly samples: number;
  /** Absent in a data root of an earlier version. */
  readonly look: FirstLook | undefined;
}

/** All that would be, or is, the document of one path. */
export interface Claim {
  readonly path: string;
  readonly arrivals: readonly Arrival[];
  /** Before this import; undefined when there was none. */
  readonly before: Manifest | undefined;
  readonly candidates: readonly Candidate[];
  readonly chosen: Candidate;
}

/**
 * The claims of what arrived and of what earlier imports left; by path, so that what comes out of them
 * is the same whatever order they came in.
 * @param damaged Gets the paths of documents that cannot be read, or whose manifests cannot.
 */
export function claimsOf(
  participant: string,
  intake: Intake,
  store: RawStore,
  damaged: Set<string>,
): Claim[] {
  const arrivals = Map.groupBy(intake.arrivals, ({ path }) => path);
  const paths = new Set(arrivals.keys());
  for (const path of store.paths(`raw/${participant}/takeout`)) {
    if (!isBeside(path)) paths.add(path);
  }
  const claims: Claim[] = [];
  for (const path of Array.from(paths).sort()) {
    const arrived = arrivals.get(path) ?? [];
    let before: Manifest | undefined;
    try {
      before = arrived.length > 0 ? intake.before.get(path) : store.manifest(path);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      damaged.add(path);
      continue;
    }
    const claim = claimOf(path, arrived, before, store, damaged);
    if (claim !== undefined) claims.push(claim);
  }
  return claims;
}

function claimOf(
  path: string,
  arrivals: readonly Arrival[],
  before: Manifest | undefined,
  store: RawStore,
  damaged: Set<string>,
): Claim | undefined {
  const found = new Map<string, Candidate>();
  for (const { archive, member, stream, sha256, bytes, look } of arrivals) {
    found.set(sha256, {
      archive: archive.name,
      member: member.path,
      stream,
      sha256,
      bytes,
      samples: look.samples,
      look,
    });
  }
  if (before !== undefined && !found.has(before.sha256)) {
    found.set(before.sha256, candidateOf(path, before, arrivals.length > 0, store, damaged));
  }
  const [first, ...others] = found.values();
  if (first === undefined) return undefined;
  const candidates = Array.from(found.values());
  return { path, arrivals, before, candidates, chosen: fullest([first, ...others]) };
}

/** What is there, as a candidate. */
function candidateOf(
  path: string,
  manifest: Manifest,
  isContested: boolean,
  store: RawStore,
  damaged: Set<string>,
): Candidate {
  const { archive = "", member = "", stream, sha256, bytes, look } = manifest;
  const candidate = { archive, member, stream, sha256, bytes, samples: look?.samples ?? 0, look };
  const mayBeKnownNow = isKeptAlone(stream) && look?.version !== lookVersion;
  if (!mayBeKnownNow && (look !== undefined || !isContested)) return candidate;
  // Kept by an earlier version, which did not note what it saw, or could not read it.
  const document = soundDocument(path, store);
  if (document === undefined) {
    damaged.add(path);
    return candidate;
  }
  const seen = lookAgain({
    path: member,
    packed: { bytes: document, isDeflated: false },
    // It was kept when it was asked for.
    withLocation: true,
  });
  if (seen.kind !== "document") return candidate;
  const { summary, crc32 } = seen;
  return {
    ...candidate,
    stream: seen.stream,
    samples: summary.samples,
    look: manifestSchema.shape.look.parse({ version: lookVersion, crc32, ...summary }),
  };
}

function soundDocument(path: string, store: RawStore): Uint8Array | undefined {
  try {
    return store.document(path);
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}
