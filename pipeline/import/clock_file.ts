/**
 * What is known of the clock of an archive's wearer beside its documents: what files say of it that
 * are not kept themselves (profiles), and the zone that a person gave.
 */

import { z } from "zod";
import type { Files } from "../effects.ts";
import { reasonOf, UserError } from "../errors.ts";
import { clockFile } from "../layout.ts";
import { writeDurably } from "../raw/durable.ts";
import type { KnownOffset } from "../sources/takeout/clock_pieces.ts";

const clockFileSchema = z.strictObject({
  format: z.literal(1),
  profile_zones: z.array(z.string()),
  given_zone: z.string().nullable(),
  known: z.array(z.object({ at: z.number(), offset_s: z.int(), evidence: z.string() })),
});

/** What is so known of one archive. */
export interface ArchiveClock {
  /** Zones that profiles name. */
  readonly profileZones: readonly string[];
  /** Offsets that notifications state: imports before these were kept wrote them down here. */
  readonly known: readonly KnownOffset[];
  /** The zone that was given for it. */
  readonly givenZone: string | undefined;
}

const nothing: ArchiveClock = { profileZones: [], known: [], givenZone: undefined };

const utf8 = new TextEncoder();

/** What is so known of all archives of a participant, by the archive's name. */
export class ClockFiles {
  readonly #zones = new Map<string, ArchiveClock>();

  constructor(
    private readonly root: string,
    private readonly participant: string,
    private readonly files: Files,
  ) {
    const folder = `${root}/${clockFile(participant, "")}`.replace(/[^/]*$/, "");
    for (const { name, isFolder } of files.list(folder)) {
      const archive = isFolder ? undefined : /^(.*)\.clock\.json$/.exec(name)?.[1];
      if (archive !== undefined) this.#zones.set(archive, this.#read(archive));
    }
  }

  of(archive: string): ArchiveClock {
    return this.#zones.get(archive) ?? nothing;
  }

  /** Offsets that files state, archive by archive. */
  get known(): KnownOffset[] {
    return Array.from(this.#zones).sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, { known }]) => known);
  }

  /** Zones that profiles name, that of the newest export first. */
  get profileZones(): string[] {
    const newestFirst = Array.from(this.#zones).sort(([a], [b]) => (a < b ? 1 : -1));
    return Array.from(new Set(newestFirst.flatMap(([, { profileZones }]) => profileZones)));
  }

  /** Adds to what is known of an archive; writes it down where it is new. */
  add(archive: string, profileZones: readonly string[], givenZone: string | undefined): void {
    const before = this.of(archive);
    const after: ArchiveClock = {
      profileZones: Array.from(new Set([...before.profileZones, ...profileZones])).sort(),
      known: before.known,
      givenZone: givenZone ?? before.givenZone,
    };
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    this.#zones.set(archive, after);
    const content: z.infer<typeof clockFileSchema> = {
      format: 1,
      profile_zones: after.profileZones.slice(),
      given_zone: after.givenZone ?? null,
      known: after.known.slice(),
    };
    const bytes = utf8.encode(`${JSON.stringify(content, null, 2)}\n`);
    writeDurably(this.files, this.#path(archive), bytes);
  }

  #path(archive: string): string {
    return `${this.root}/${clockFile(this.participant, archive)}`;
  }

  #read(archive: string): ArchiveClock {
    const path = this.#path(archive);
    try {
      const text = new TextDecoder().decode(this.files.read(path));
      const { profile_zones, given_zone, known } = clockFileSchema.parse(JSON.parse(text));
      return { profileZones: profile_zones, known, givenZone: given_zone ?? undefined };
    } catch (error) {
      throw new UserError(`Cannot read "${path}": ${reasonOf(error)}`, {
        hint: "Delete it and import the archive again",
        cause: error,
      });
    }
  }
}
