/**
 * What is known of the clock of an archive's wearer beside its documents: the zones that its
 * profiles name, which are not kept themselves, and the zone that a person gave.
 */

import { z } from "zod";
import type { Files } from "../effects.ts";
import { reasonOf, UserError } from "../errors.ts";
import { clockFile } from "../layout.ts";
import { writeDurably } from "../raw/durable.ts";

const clockFileSchema = z.strictObject({
  format: z.literal(1),
  profile_zones: z.array(z.string()),
  given_zone: z.string().nullable(),
});

/** The zones of one archive. */
export interface ArchiveZones {
  readonly profileZones: readonly string[];
  readonly givenZone: string | undefined;
}

const utf8 = new TextEncoder();

/** The zones of all archives of a participant, by the archive's name. */
export class ClockFiles {
  readonly #zones = new Map<string, ArchiveZones>();

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

  /** The zones of an archive. */
  of(archive: string): ArchiveZones {
    return this.#zones.get(archive) ?? { profileZones: [], givenZone: undefined };
  }

  /** Zones that profiles name, that of the newest export first. */
  get profileZones(): string[] {
    const newestFirst = Array.from(this.#zones).sort(([a], [b]) => (a < b ? 1 : -1));
    return Array.from(new Set(newestFirst.flatMap(([, { profileZones }]) => profileZones)));
  }

  /** Adds zones to those of an archive; writes them down where they are new. */
  add(archive: string, profileZones: readonly string[], givenZone: string | undefined): void {
    const before = this.of(archive);
    const after = {
      profileZones: Array.from(new Set([...before.profileZones, ...profileZones])).sort(),
      givenZone: givenZone ?? before.givenZone,
    };
    if (after.profileZones.length === 0 && after.givenZone === undefined) return;
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    this.#zones.set(archive, after);
    const content: z.infer<typeof clockFileSchema> = {
      format: 1,
      profile_zones: after.profileZones,
      given_zone: after.givenZone ?? null,
    };
    const bytes = utf8.encode(`${JSON.stringify(content, null, 2)}\n`);
    writeDurably(this.files, this.#path(archive), bytes);
  }

  #path(archive: string): string {
    return `${this.root}/${clockFile(this.participant, archive)}`;
  }

  #read(archive: string): ArchiveZones {
    const path = this.#path(archive);
    try {
      const text = new TextDecoder().decode(this.files.read(path));
      const { profile_zones, given_zone } = clockFileSchema.parse(JSON.parse(text));
      return { profileZones: profile_zones, givenZone: given_zone ?? undefined };
    } catch (error) {
      throw new UserError(`Cannot read "${path}": ${reasonOf(error)}`, {
        hint: "Delete it and import the archive again",
        cause: error,
      });
    }
  }
}
