/**
 * The manifest beside every raw document: where and when it came from, what it holds, and which
 * clock its times follow. The ledger can be rebuilt from the manifests alone.
 */

import { z } from "zod";
import { isDay } from "../day.ts";

const day = z.string().refine(isDay, "expected a day, YYYY-MM-DD");
const instant = z.iso.datetime({ precision: 3 });
const zone = z.string().min(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** From that instant on (null: from the beginning) the wall clock was so far from UTC. */
const offsetFromSchema = z.strictObject({
  from: instant.nullable(),
  offset_s: z.int(),
  /** How it was decided: `heart-rate file bounds`, `--timezone`, ... */
  evidence: z.string(),
});

/** Which clock the times inside a document follow. */
const clockSchema = z.discriminatedUnion("kind", [
  /**
   * Every sample carries its own offset (Google Health), or is of a civil day that is named. Days
   * after `until` are padding of a file that goes on after it was made.
   */
  z.strictObject({ kind: z.literal("explicit"), until: day.exactOptional() }),
  /** Wall-clock times of that IANA zone, without offset (Fitbit Web API). */
  z.strictObject({ kind: z.literal("local"), time_zone: zone, evidence: z.string() }),
  /** UTC times without offset; the wearer's offset was worked out (Takeout, `timezone=UTC` answers). */
  z.strictObject({ kind: z.literal("utc"), offsets: z.array(offsetFromSchema).min(1) }),
  /**
   * Wall-clock times without offset; the wearer's offset was worked out (Takeout). Those within a night
   * (as written, ms) are at the offset with which it began, though the clock changed in it.
   */
  z.strictObject({
    kind: z.literal("wall"),
    offsets: z.array(offsetFromSchema).min(1),
    nights: z.array(z.strictObject({ start: z.number(), end: z.number(), offset_s: z.int() }))
      .min(1).exactOptional(),
  }),
  /** Without offset, and nothing says yet what it was (Takeout): nothing reads the document. */
  z.strictObject({ kind: z.literal("unknown") }),
  /** UTC times, but in these rows (first and last, both included) wall-clock times (Takeout). */
  z.strictObject({
    kind: z.literal("mixed"),
    offsets: z.array(offsetFromSchema).min(1),
    wall_rows: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])),
  }),
]);

const days = z.strictObject({ kind: z.literal("days"), first: day, last: day });
const times = z.strictObject({
  kind: z.enum(["utc", "wall", "mixed"]),
  first: z.number(),
  last: z.number(),
  ofSleeps: z.literal(true).exactOptional(),
});

const stretch = z.strictObject({
  first: z.number(),
  last: z.number(),
  fellBack: z.strictObject({ least: z.number(), most: z.number().nullable() }).exactOptional(),
});

/** See `sources/takeout/family.ts`. */
const evidenceSchema = z.strictObject({
  day: z.strictObject({ day, stretches: z.array(stretch).readonly() }).exactOptional(),
  known: z.array(z.strictObject({ at: z.number(), offset_s: z.int(), evidence: z.string() }))
    .readonly().exactOptional(),
  nights: z.array(z.strictObject({ start: z.number(), end: z.number() })).readonly()
    .exactOptional(),
  marks: z.strictObject({
    of: z.string(),
    quarters: z.array(z.int()).readonly(),
    digests: z.array(z.int().nonnegative()).readonly(),
  }).exactOptional(),
});

/**
 * What a first look at an archive member found: enough to place it anew when other members say more
 * about the clock, and to know it again by its checksum.
 */
export const lookSchema = z.strictObject({
  version: z.int(),
  crc32: z.int().nonnegative(),
  samples: z.int().nonnegative(),
  span: z.discriminatedUnion("kind", [days, times]),
  evidence: evidenceSchema.exactOptional(),
  note: z.string().exactOptional(),
});

export const manifestSchema = z.strictObject({
  format: z.literal(1),
  participant: z.string().min(1),
  source: z.enum(["google-health", "takeout", "fitbit-web"]),
  stream: z.string().min(1),
  /** Takeout only: the archive and the member's path inside it. */
  archive: z.string().optional(),
  member: z.string().optional(),
  /** Live sources: a hash of the source's id of the person, to notice a token of another account. */
  account: z.string().optional(),
  /** The civil days the document was asked for, or holds; both included. */
  first_day: day,
  last_day: day,
  /** Of the document as received, before compression. */
  sha256,
  bytes: z.int().nonnegative(),
  /**
   * Paged answers: of their content without page tokens, which a service may write anew each time.
   * Two answers with the same content are the same answer.
   */
  content_sha256: sha256.optional(),
  /** When these bytes first came in, and when the source last gave the same answer. */
  received_at: instant,
  asked_at: instant,
  /** The watch had synced up to here when it was asked; null when nobody could say. */
  synced_to: instant.nullable(),
  /** The source answered that there is nothing. */
  empty: z.boolean(),
  /** Method, path and query of each request, or the file it was read from. Never a secret. */
  origin: z.array(z.string()),
  clock: clockSchema,
  /** Takeout only. */
  look: lookSchema.exactOptional(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type DocumentClock = Manifest["clock"];
export type OffsetFrom = z.infer<typeof offsetFromSchema>;
export type FirstLook = z.infer<typeof lookSchema>;
export type SourceName = Manifest["source"];
