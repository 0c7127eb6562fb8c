/** What the import and its workers say to each other, checked where it arrives. */

import { z } from "zod";
import { lookSchema } from "../raw/manifest.ts";
import type { Looked, LookJob } from "./look.ts";

const bytes = z.instanceof(Uint8Array);

/** A member for a worker. */
export const jobSchema = z.object({
  path: z.string(),
  packed: z.object({
    bytes,
    isDeflated: z.boolean(),
    size: z.number().exactOptional(),
    crc32: z.number().exactOptional(),
  }),
  known: z.object({ crc32: z.number(), bytes: z.number() }).exactOptional(),
  withLocation: z.boolean(),
}) satisfies z.ZodType<LookJob>;

/** What of a message changes hands instead of being copied. */
export function handedOver({ buffer }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer ? [buffer] : [];
}

/** A worker's answer. */
export const lookedSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("document"),
    stream: z.string(),
    sha256: z.string(),
    crc32: z.number(),
    bytes: z.number(),
    summary: lookSchema.pick({ samples: true, span: true, evidence: true, note: true }),
    frame: bytes,
  }),
  z.object({ kind: z.literal("known") }),
  z.object({ kind: z.literal("nothing") }),
  z.object({ kind: z.literal("places") }),
  z.object({ kind: z.literal("failed"), reason: z.string() }),
]) satisfies z.ZodType<Looked>;
