/**
 * What was taken in becomes documents: for each path the fullest of its candidates, placed in the
 * wearer's days by the clock that all documents of all archives show together. Documents of earlier
 * imports are placed anew where more is known now, so that the order of imports changes nothing.
 */

import { type Day, dayAt } from "../day.ts";
import type { Clock, Talk } from "../effects.ts";
import { DocumentError } from "../errors.ts";
import { type FirstLook, type Manifest, manifestSchema } from "../raw/manifest.ts";
import { besidePath, isBeside, type RawStore } from "../raw/store.ts";
import { lookVersion } from "../sources/takeout/family.ts";
import { offsetsBetween } from "../sources/takeout/clock_history.ts";
import { families } from "../sources/takeout/families.ts";
import { exportedAt } from "../sources/takeout/member_path.ts";
import { type Place, placeOf, unknownPlace } from "../sources/takeout/place.ts";
import { ClockEvidence } from "./clock_evidence.ts";
import type { ClockFiles } from "./clock_file.ts";
import { fullest, settleContest } from "./contest.ts";
import type { Arrival, Intake } from "./intake.ts";
import { look as lookAgain } from "./look.ts";

/** A document and its manifest. */
export interface Recorded {
  readonly path: string;
  readonly manifest: Manifest;
}

export interface DocumentEffects {
  readonly store: RawStore;
  readonly clock: Clock;
  readonly talk: Talk;
  readonly signal: AbortSignal;
  /** Told of the documents of this import and of others that were placed anew. */
  readonly onDocuments: (documents: readonly Recorded[]) => void;
}

/** What became of the members that would be one document. */
export interface Settled {
  readonly path: string;
  readonly arrivals: readonly Arrival[];
  /** Before this import; undefined when there was none. */
  readonly before: Manifest | undefined;
  readonly manifest: Manifest;
}

/** What may be the document of a path. */
interface Candidate {
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
interface Claim {
  readonly path: string;
  readonly arrivals: readonly Arrival[];
  readonly before: Manifest | undefined;
  readonly candidates: readonly Candidate[];
  readonly chosen: Candidate;
}

/** So many manifests are written together. */
const batch = 128;

/** All documents of a participant's archives, those that are there and those that arrive. */
export class Documents {
  readonly #claims: readonly Claim[];
  readonly evidence: ClockEvidence;
  /** The last day that an archive can have data of. */
  readonly #until = new Map<string, Day>();

  constructor(
    private readonly participant: string,
    private readonly intake: Intake,
    private readonly zones: ClockFiles,
    private readonly effects: DocumentEffects,
  ) {
    this.#claims = this.#allClaims();
    this.evidence = new ClockEvidence(zones.profileZones, zones.known);
    for (const { chosen: { look } } of this.#claims) {
      if (look !== undefined) this.evidence.add(look);
    }
  }

  /** Documents of earlier imports that are placed differently now. */
  readonly placedAnew: Recorded[] = [];
  /** Documents of earlier imports whose manifests cannot be read: they are left as they are. */
  readonly unreadable: string[] = [];
  interrupted = false;

  /** Makes documents of what arrived; yields what became of it, in the order of the paths. */
  async *settle(): AsyncGenerator<Settled> {
    const { talk, signal } = this.effects;
    const placed = this.#placeAll();
    const total = this.#claims.length;
    for (let first = 0; first < total; first += batch) {
      if (signal.aborted) {
        this.interrupted = true;
        return;
      }
      const claims = this.#claims.slice(first, first + batch);
      yield* await this.#settleBatch(claims, placed);
      const done = Math.min(first + batch, total);
      talk.progress({ what: "Placing in days", done, total, unit: "documents" });
    }
  }

  async #settleBatch(
    claims: readonly Claim[],
    placed: ReadonlyMap<string, Place>,
  ): Promise<Settled[]> {
    const { store } = this.effects;
    const recorded: Recorded[] = [];
    const changed: Recorded[] = [];
    const settled: Settled[] = [];
    for (const claim of claims) {
      const { path, arrivals, before, chosen } = claim;
      const manifest = this.#manifest(chosen, placed.get(path), before);
      if (arrivals.length > 0) settled.push({ path, arrivals, before, manifest });
      const isSame = before !== undefined && JSON.stringify(before) === JSON.stringify(manifest);
      if (claim.candidates.length > 1) await this.#contest(claim, manifest);
      else if (!isSame) changed.push({ path, manifest });
      if (arrivals.length === 0 && !isSame) this.placedAnew.push({ path, manifest });
      if (manifest.clock.kind === "unknown") continue;
      if (arrivals.length > 0 || !isSame) recorded.push({ path, manifest });
    }
    if (changed.length > 0) await store.putManifests(changed);
    if (recorded.length > 0) this.effects.onDocuments(recorded);
    return settled;
  }

  async #contest(
    { path, arrivals, before, candidates, chosen }: Claim,
    manifest: Manifest,
  ): Promise<void> {
    const atPath = before?.sha256 ?? this.intake.claimed.get(path) ?? chosen.sha256;
    const arrived = new Set(arrivals.map(({ sha256 }) => sha256));
    const { first_day, last_day, clock } = manifest;
    const manifests = candidates
      .filter(({ sha256 }) => arrived.has(sha256) && sha256 !== before?.sha256)
      .map((candidate) =>
        [
          candidate.sha256,
          candidate === chosen
            ? manifest
            // Nothing reads what is kept beside by its days: those of the document will do.
            : this.#manifest(candidate, { first_day, last_day, clock }, undefined),
        ] as const
      );
    if (chosen.sha256 === before?.sha256 && JSON.stringify(before) !== JSON.stringify(manifest)) {
      await this.effects.store.putManifests([{ path, manifest }]);
    } else if (chosen.sha256 === atPath && before === undefined) {
      await this.effects.store.putManifests([{ path, manifest }]);
    }
    await settleContest(
      { path, atPath, winner: chosen.sha256, manifests: new Map(manifests) },
      this.effects.store,
    );
  }

  /** What is known stays known, though the files that showed it are not among the documents. */
  #manifest(
    candidate: Candidate,
    placed: Place | undefined,
    before: Manifest | undefined,
  ): Manifest {
    const { archive, member, stream, sha256, bytes, look } = candidate;
    const known = before?.sha256 === sha256 ? before : undefined;
    const place = placed ?? known ?? (look && unknownPlace(look.span));
    if (place === undefined) throw new RangeError(`Cannot place "${member}": nobody looked at it`);
    const now = new Date(this.effects.clock.now()).toISOString();
    return manifestSchema.parse({
      format: 1,
      participant: this.participant,
      source: "takeout",
      stream,
      archive,
      member,
      first_day: place.first_day,
      last_day: place.last_day,
      sha256,
      bytes,
      received_at: known?.received_at ?? now,
      asked_at: known?.asked_at ?? now,
      synced_to: null,
      empty: false,
      origin: [member],
      clock: place.clock,
      ...(look === undefined ? {} : { look }),
    });
  }

  /** The place of every document whose clock is known. */
  #placeAll(): Map<string, Place> {
    const placed = new Map<string, Place>();
    const padded: Claim[] = [];
    for (const claim of this.#claims) {
      if (isPadded(claim.chosen)) {
        padded.push(claim);
        continue;
      }
      const place = this.#place(claim);
      if (place === undefined) continue;
      placed.set(claim.path, place);
      if (claim.chosen.look?.span.kind === "days") continue;
      const until = this.#until.get(claim.chosen.archive);
      if (until === undefined || place.last_day > until) {
        this.#until.set(claim.chosen.archive, place.last_day);
      }
    }
    for (const claim of padded) {
      const place = this.#place(claim, this.#lastDay(claim.chosen.archive));
      if (place !== undefined) placed.set(claim.path, place);
    }
    return placed;
  }

  /** The day an archive was made on, by its name, or else by the last of its samples. */
  #lastDay(archive: string): Day | undefined {
    const at = exportedAt(archive);
    if (at === undefined) return this.#until.get(archive);
    const { history } = this.evidence.context(this.zones.of(archive).givenZone);
    return dayAt(at, offsetsBetween(history, at, at)?.[0]?.offset_s ?? 0);
  }

  #place({ path, before, chosen }: Claim, until?: Day): Place | undefined {
    const { look, sha256, stream, archive } = chosen;
    if (look === undefined) return before;
    const family = families.find((family) => family.stream === stream);
    const { store } = this.effects;
    return placeOf({
      span: look.span,
      ...(until === undefined ? {} : { until }),
      wallRows: (context) => {
        const atPath = before?.sha256 ?? this.intake.claimed.get(path) ?? sha256;
        const document = store.document(atPath === sha256 ? path : besidePath(path, sha256));
        return family?.wallRows?.(document, context) ?? [];
      },
    }, this.evidence.context(this.zones.of(archive).givenZone));
  }

  /** By path, so that what comes out of them is the same whatever order they came in. */
  #allClaims(): Claim[] {
    const { store } = this.effects;
    const arrivals = Map.groupBy(this.intake.arrivals, ({ path }) => path);
    const paths = new Set(arrivals.keys());
    for (const path of store.paths(`raw/${this.participant}/takeout`)) {
      if (!isBeside(path)) paths.add(path);
    }
    return Array.from(paths).sort().flatMap((path) => this.#claim(path, arrivals.get(path) ?? []));
  }

  #claim(path: string, arrivals: readonly Arrival[]): Claim[] {
    let before: Manifest | undefined;
    try {
      before = arrivals.length > 0
        ? this.intake.before.get(path)
        : this.effects.store.manifest(path);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      this.unreadable.push(path);
      return [];
    }
    const found = new Map<string, Candidate>();
    for (const arrival of arrivals) {
      const { archive, member, stream, sha256, bytes, look } = arrival;
      const { samples } = look;
      found.set(sha256, {
        archive: archive.name,
        member: member.path,
        stream,
        sha256,
        bytes,
        samples,
        look,
      });
    }
    if (before !== undefined && !found.has(before.sha256)) {
      found.set(before.sha256, this.#candidateOf(path, before, arrivals.length > 0));
    }
    const [first, ...others] = found.values();
    if (first === undefined) return [];
    const chosen = fullest([first, ...others]);
    return [{ path, arrivals, before, candidates: Array.from(found.values()), chosen }];
  }

  /** What is there, as a candidate. */
  #candidateOf(path: string, manifest: Manifest, isContested: boolean): Candidate {
    const { archive = "", member = "", stream, sha256, bytes, look } = manifest;
    const candidate = { archive, member, stream, sha256, bytes, samples: look?.samples ?? 0, look };
    if (look !== undefined || !isContested) return candidate;
    // Kept by an earlier version, which did not note what it saw.
    const seen = lookAgain({
      path: member,
      packed: { bytes: this.effects.store.document(path), isDeflated: false },
    });
    if (seen.kind !== "document") return candidate;
    const { summary, crc32 } = seen;
    return {
      ...candidate,
      samples: summary.samples,
      look: manifestSchema.shape.look.parse({ version: lookVersion, crc32, ...summary }),
    };
  }
}

function isPadded({ stream }: Candidate): boolean {
  return families.some((family) => family.stream === stream && family.padded === true);
}
