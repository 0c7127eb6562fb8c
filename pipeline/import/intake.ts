/**
 * The one pass over everything that is to be imported: each file classified; those we read unpacked,
 * looked at, and their bytes kept at once. They become documents when all have been seen
 * (`documents.ts`), since the clock of one file is worked out from all of them.
 */

import type { Talk } from "../effects.ts";
import { DocumentError } from "../errors.ts";
import { archiveDocument } from "../layout.ts";
import type { FirstLook, Manifest } from "../raw/manifest.ts";
import { besidePath, type RawStore } from "../raw/store.ts";
import type { Archive, BadMember, Member } from "../sources/takeout/archive.ts";
import { classify, locations, type Verdict } from "../sources/takeout/classify.ts";
import { lookVersion } from "../sources/takeout/family.ts";
import { storablePath } from "../sources/takeout/member_path.ts";
import { readMember } from "../sources/takeout/unpack.ts";
import type { Looked } from "./look.ts";
import { FrameWriter } from "./frame_writer.ts";
import { IntakeProgress } from "./intake_progress.ts";
import { lookAll, type Task, threadsFor } from "./look_pool.ts";
import { type ImportLine, memberLine } from "./report.ts";
import type { SavedLook } from "./saved_look.ts";

/** A member that is, or is to become, a document. */
export interface Arrival {
  readonly archive: Archive;
  readonly member: Member;
  /** The document's, in the raw store. */
  readonly path: string;
  /** Its place among all members. */
  readonly order: number;
  readonly stream: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly look: FirstLook;
}

/** What was taken in. */
export interface Intake {
  readonly arrivals: readonly Arrival[];
  /** What is not going to be a document, and why. */
  readonly lines: readonly ImportLine[];
  /** For each archive the zones that its profiles name, which are not kept. */
  readonly profileZones: ReadonlyMap<string, readonly string[]>;
  /** The manifests of what lay at the arrivals' paths before; undefined where nothing did. */
  readonly before: ReadonlyMap<string, Manifest | undefined>;
  /** The digest of what lies at a path since this import. */
  readonly claimed: ReadonlyMap<string, string>;
  readonly interrupted: boolean;
}

export interface IntakeOptions {
  readonly participant: string;
  readonly withLocation: boolean;
  /** Threads; by default as many as are worth it. One means: in this thread. */
  readonly threads?: number;
}

export interface IntakeEffects {
  readonly store: RawStore;
  readonly talk: Talk;
  readonly signal: AbortSignal;
}

/** Takes everything in; stops between two members when the signal says so. */
export async function takeIn(
  archives: readonly Archive[],
  saved: SavedLook,
  options: IntakeOptions,
  effects: IntakeEffects,
): Promise<Intake> {
  await using frames = new FrameWriter(effects.store);
  const intake = new Taking(archives, saved, frames, options, effects);
  const threads = options.threads ?? threadsFor(intake.progress.unpackedBytes);
  for await (const { what, looked } of lookAll(intake.tasks(), threads)) {
    await intake.looked(what, looked);
  }
  return await intake.finish();
}

/** A member on its way through a worker. */
interface Sent {
  readonly archive: Archive;
  readonly member: Member;
  readonly path: string;
  readonly order: number;
  readonly current: Manifest | undefined;
}

class Taking {
  readonly #arrivals: Arrival[] = [];
  readonly #lines: ImportLine[] = [];
  readonly #profileZones = new Map<string, string[]>();
  /** Asked before anything is written: bytes alone, or a manifest alone, count as nothing. */
  readonly #before = new Map<string, Manifest | undefined>();
  /** Paths whose bytes are of this import, with their digest. */
  readonly #claimed = new Map<string, string>();
  readonly progress: IntakeProgress;
  #interrupted = false;
  #order = 0;

  constructor(
    private readonly archives: readonly Archive[],
    private readonly saved: SavedLook,
    private readonly frames: FrameWriter,
    private readonly options: IntakeOptions,
    private readonly effects: IntakeEffects,
  ) {
    this.progress = new IntakeProgress(
      archives,
      (member) => this.#classify(member).kind === "take",
      effects.talk,
    );
  }

  /** The members to look at, in order; what needs no look is dealt with on the way. */
  async *tasks(): AsyncGenerator<Task<Sent>> {
    for (const archive of this.archives) {
      for await (const member of archive.members()) {
        if (this.effects.signal.aborted) {
          this.#interrupted = true;
          return;
        }
        if (isBad(member)) {
          this.#lines.push(badLine(archive, member));
          continue;
        }
        try {
          const task = await this.#task(archive, member);
          if (task !== undefined) yield task;
        } catch (error) {
          if (!(error instanceof DocumentError)) throw error;
          this.#line(archive, member, "failed", error.message);
        }
        this.progress.done(archive, member);
      }
    }
  }

  #classify({ path, size }: Member): Verdict {
    return classify(path, { ...this.options, size });
  }

  async #task(archive: Archive, member: Member): Promise<Task<Sent> | undefined> {
    const order = this.#order++;
    const verdict = this.#classify(member);
    if (verdict.kind === "hint") {
      const { zone } = verdict.family.hints(await readMember(member));
      if (zone !== undefined) {
        this.#profileZones.set(archive.name, [
          ...this.#profileZones.get(archive.name) ?? [],
          zone,
        ]);
      }
      this.#line(archive, member, "skipped", "read for the time zone alone, not kept");
      return undefined;
    }
    if (await this.saved.lookAt(archive, member, verdict)) return undefined;
    if (verdict.kind === "skip") {
      this.#line(archive, member, "skipped", verdict.reason);
      return undefined;
    }
    const path = archiveDocument(this.options.participant, archive.name, storablePath(member.path));
    if (!this.#before.has(path)) this.#before.set(path, this.effects.store.manifest(path));
    const current = this.#before.get(path);
    const sent = { archive, member, path, order, current };
    const known = current?.look?.version === lookVersion ? current : undefined;
    if (known !== undefined && known.look?.crc32 === member.crc32 && known.bytes === member.size) {
      this.#arrive(sent, known);
      return undefined;
    }
    return {
      what: sent,
      size: member.size,
      job: {
        path: member.path,
        packed: await member.packed(),
        withLocation: this.options.withLocation,
        ...(known?.look === undefined
          ? {}
          : { known: { crc32: known.look.crc32, bytes: known.bytes } }),
      },
    };
  }

  /** Takes a member in by what the look at it showed. */
  async looked(sent: Sent, looked: Looked): Promise<void> {
    const { archive, member, path, current } = sent;
    switch (looked.kind) {
      case "failed":
        return this.#line(archive, member, "failed", looked.reason);
      case "nothing":
        return this.#line(archive, member, "skipped", "there is nothing in it");
      case "places":
        return this.#line(archive, member, "skipped", locations);
      case "known":
        if (current !== undefined) this.#arrive(sent, current);
        return;
      case "document": {
        const { stream, sha256, bytes, crc32, summary, frame } = looked;
        this.#arrive(sent, {
          stream,
          sha256,
          bytes,
          look: { version: lookVersion, crc32, ...summary },
        });
        const taken = current?.sha256 ?? this.#claimed.get(path);
        if (taken === sha256) return;
        this.#claimed.set(path, taken ?? sha256);
        const place = taken === undefined ? path : besidePath(path, sha256);
        if (taken !== undefined && this.effects.store.manifest(place) !== undefined) return;
        await this.frames.put({ path: place, frame });
      }
    }
  }

  /** Everything that was taken in, once it is on the disk. */
  async finish(): Promise<Intake> {
    await this.frames.finish();
    if (!this.#interrupted) this.progress.finish();
    return {
      arrivals: this.#arrivals.sort((a, b) => a.order - b.order),
      lines: this.#lines,
      profileZones: this.#profileZones,
      before: this.#before,
      claimed: this.#claimed,
      interrupted: this.#interrupted,
    };
  }

  #arrive(
    { archive, member, path, order }: Sent,
    { stream, sha256, bytes, look }: Pick<Arrival, "stream" | "sha256" | "bytes"> & {
      look?: FirstLook;
    },
  ): void {
    if (look === undefined) return;
    this.#arrivals.push({ archive, member, path, order, stream, sha256, bytes, look });
  }

  #line(archive: Archive, member: Member, outcome: "skipped" | "failed", reason: string): void {
    this.#lines.push(memberLine(archive, member, { outcome, reason, bytes: member.size }));
  }
}

function isBad(member: Member | BadMember): member is BadMember {
  return "reason" in member;
}

function badLine({ input }: Archive, { path, reason }: BadMember): ImportLine {
  return { input, ...(path === "" ? {} : { member: path }), outcome: "failed", reason };
}
