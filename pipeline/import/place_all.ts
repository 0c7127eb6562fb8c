/** The days of all documents, by the clock that all of them show together. */

import { type Day, dayAt } from "../day.ts";
import { DocumentError } from "../errors.ts";
import { besidePath, type RawStore } from "../raw/store.ts";
import { offsetsBetween } from "../sources/takeout/clock_history.ts";
import { isKeptAlone } from "../sources/takeout/families/untabulated.ts";
import { families } from "../sources/takeout/families.ts";
import { exportedAt } from "../sources/takeout/member_path.ts";
import { type Place, placeOf } from "../sources/takeout/place.ts";
import type { Candidate, Claim } from "./claims.ts";
import type { ClockEvidence } from "./clock_evidence.ts";
import type { ClockFiles } from "./clock_file.ts";

/** By what documents are placed. */
export interface Placing {
  readonly evidence: ClockEvidence;
  readonly zones: ClockFiles;
  readonly store: RawStore;
  /** The digest of what lies at a path since this import. */
  readonly claimed: ReadonlyMap<string, string>;
  /** Gets the paths of documents that cannot be read: what is known of them stays as it is. */
  readonly damaged: Set<string>;
}

/** The place of every document whose clock is known, by its path. */
export function placeAll(claims: readonly Claim[], placing: Placing): Map<string, Place> {
  const placed = new Map<string, Place>();
  const padded: Claim[] = [];
  // The last day that an archive can have data of.
  const until = new Map<string, Day>();
  for (const claim of claims) {
    const { path, chosen } = claim;
    if (isKeptAlone(chosen.stream)) continue;
    if (isPadded(chosen)) {
      padded.push(claim);
      continue;
    }
    const place = placeClaim(claim, placing);
    if (place === undefined) continue;
    placed.set(path, place);
    if (chosen.look?.span.kind === "days") continue;
    const latest = until.get(chosen.archive);
    if (latest === undefined || place.last_day > latest) until.set(chosen.archive, place.last_day);
  }
  for (const claim of padded) {
    const { archive } = claim.chosen;
    const place = placeClaim(claim, placing, exportDay(archive, placing) ?? until.get(archive));
    if (place !== undefined) placed.set(claim.path, place);
  }
  return placed;
}

/** The day an archive was made on, by its name. */
function exportDay(archive: string, { evidence, zones }: Placing): Day | undefined {
  const at = exportedAt(archive);
  if (at === undefined) return undefined;
  const { history } = evidence.context(zones.of(archive).givenZone);
  return dayAt(at, offsetsBetween(history, at, at)?.[0]?.offset_s ?? 0);
}

function placeClaim(
  { path, before, chosen }: Claim,
  { evidence, zones, store, claimed, damaged }: Placing,
  until?: Day,
): Place | undefined {
  const { look, sha256, stream, archive } = chosen;
  if (look === undefined) return before;
  const family = families.find((family) => family.stream === stream);
  const atPath = before?.sha256 ?? claimed.get(path) ?? sha256;
  try {
    return placeOf({
      span: look.span,
      ...(until === undefined ? {} : { until }),
      wallRows: (context) => {
        const document = store.document(atPath === sha256 ? path : besidePath(path, sha256));
        return family?.wallRows?.(document, context) ?? [];
      },
    }, evidence.context(zones.of(archive).givenZone));
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    damaged.add(path);
    return undefined;
  }
}

function isPadded({ stream }: Candidate): boolean {
  return families.some((family) => family.stream === stream && family.padded === true);
}
