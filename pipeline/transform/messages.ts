/** What the transform stage and its workers say to each other, checked where it arrives. */

import { z } from "zod";
import type { PartPlan } from "./plan.ts";

const series = z.object({
  source: z.enum(["google-health", "takeout", "fitbit-web"]),
  stream: z.string(),
  archive: z.string().nullable(),
  fallback: z.boolean(),
  documents: z.array(z.string()),
});

const partPlan = z.object({
  table: z.string(),
  participant: z.string(),
  partition: z.string(),
  firstDay: z.string(),
  lastDay: z.string(),
  series: z.array(series),
  digest: z.string(),
  csv: z.boolean(),
  reason: z.string(),
}) satisfies z.ZodType<PartPlan>;

/** A batch of parts for a worker. */
export const workSchema = z.object({ root: z.string(), parts: z.array(partPlan) });

/** One series that could have supplied rows, or did. */
const seriesShare = z.object({
  series: z.string(),
  rows: z.number(),
  minutes: z.number(),
  /** Days for which its rows were taken. */
  days: z.number(),
});

/** What was noticed while a part was built. */
export const partReportSchema = z.object({
  shares: z.array(seriesShare),
  put_aside: z.array(z.object({ path: z.string(), reason: z.string() })),
  unknown: z.record(z.string(), z.number()),
  notes: z.array(z.string()),
  duplicates: z.number(),
  conflicts: z.number(),
});

export type PartReport = z.infer<typeof partReportSchema>;

const builtPart = z.object({
  table: z.string(),
  participant: z.string(),
  partition: z.string(),
  digest: z.string(),
  csv: z.boolean(),
  rows: z.number(),
  firstTime: z.number().nullable(),
  lastTime: z.number().nullable(),
  bytes: z.number(),
  sha256: z.string(),
  series: z.string(),
  report: partReportSchema,
  /** Whether a file came out different and was written. */
  written: z.boolean(),
});

/** A part as it was built. */
export type BuiltPart = z.infer<typeof builtPart>;

/** A worker's answer to a batch: what it built, and what ended it early. */
export const doneSchema = z.object({
  parts: z.array(builtPart),
  error: z.string().optional(),
});
