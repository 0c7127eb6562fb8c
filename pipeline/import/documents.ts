/**
 * What was taken in becomes documents: for each path the fullest of its candidates, placed in the
 * wearer's days by the clock that all documents of all archives show together. Documents of earlier
 * imports are placed anew where more is known now, so that the order of imports changes nothing.
 */

import type { Clock, Talk } from "../effects.ts";
import { type Manifest, manifestSchema } from "../raw/manifest.ts";
import type { RawStore } from "../raw/store.ts";
import { isKeptAlone } from "../sources/takeout/families/untabulated.ts";
import { type Place, unknownPlace } from "../sources/takeout/place.ts";
import { type Candidate, type Claim, claimsOf } from "./claims.ts";
import { ClockEvidence } from "./clock_evidence.ts";
import type { ClockFiles } from "./clock_file.ts";
import { settleContest } from "./contest.ts";
import type { Arrival, Intake } from "./intake.ts";
import { placeAll } from "./place_all.ts";

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

/** So many manifests are written together. */
const batch = 128;

/** All documents of a participant's archives, those that are there and those that arrive. */
export class Documents {
  readonly #claims: readonly Claim[];
  readonly evidence: ClockEvidence;
  /** Documents that cannot be read, or whose manifests cannot: they are left as they are. */
  readonly damaged = new Set<string>();

  constructor(
    private readonly participant: string,
    private readonly intake: Intake,
    private readonly zones: ClockFiles,
    private readonly effects: DocumentEffects,
  ) {
    this.#claims = claimsOf(participant, intake, effects.store, this.damaged);
    this.evidence = new ClockEvidence(zones.profileZones, zones.known);
    for (const { chosen: { look } } of this.#claims) {
      if (look !== undefined) this.evidence.add(look);
    }
  }

  /** Documents of earlier imports that are placed differently now. */
  readonly placedAnew: Recorded[] = [];
  interrupted = false;

  /** Makes documents of what arrived; yields what became of it, in the order of the paths. */
  async *settle(): AsyncGenerator<Settled> {
    const { talk, signal, store } = this.effects;
    const { evidence, zones, damaged, intake: { claimed } } = this;
    const placed = placeAll(this.#claims, { evidence, zones, store, claimed, damaged });
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
      const isRead = !isKeptAlone(manifest.stream);
      if (arrivals.length === 0 && !isSame && isRead) this.placedAnew.push({ path, manifest });
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
    if (chosen.sha256 === atPath && JSON.stringify(before) !== JSON.stringify(manifest)) {
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
}
