/** The status of a data root as a program reads it. */

import assert from "node:assert/strict";
import { z } from "zod";
import type { House } from "./house.ts";

const days = z.strictObject({
  never: z.int(),
  young: z.int(),
  settled: z.int(),
  empty: z.int(),
  failed: z.int(),
});

/** What `status --json` promises. */
export const statusSchema = z.strictObject({
  format: z.literal(1),
  streams: z.array(z.strictObject({
    participant: z.string(),
    source: z.string(),
    stream: z.string(),
    first_day: z.iso.date(),
    last_day: z.iso.date(),
    days,
    failures: z.array(z.strictObject({
      first_day: z.iso.date(),
      last_day: z.iso.date(),
      at: z.iso.datetime(),
      reason: z.string().min(1),
      pending: z.boolean(),
    })),
  })),
  tables: z.array(z.strictObject({
    participant: z.string(),
    table: z.string(),
    parts: z.int(),
    rows: z.int(),
    bytes: z.int(),
    first: z.string().nullable(),
    last: z.string().nullable(),
    series: z.record(z.string(), z.int()),
    put_aside: z.array(z.strictObject({ path: z.string(), reason: z.string().min(1) })),
  })),
  calendar: z.array(z.strictObject({
    participant: z.string(),
    table: z.string(),
    spans: z.array(z.strictObject({
      first_day: z.iso.date(),
      last_day: z.iso.date(),
      state: z.enum(["complete", "partial", "empty", "missing"]),
      reason: z.string().min(1),
    })),
  })),
});

export type StatusJson = z.infer<typeof statusSchema>;

/** `status --json`, read; with its exit code. */
export async function statusOf(house: House): Promise<StatusJson & { readonly code: number }> {
  const { code, results } = await house.run("status", "--json");
  return { ...statusSchema.parse(JSON.parse(results)), code };
}

/** The status of one stream; fails when it has none. */
export async function streamStatus(
  house: House,
  stream: string,
): Promise<StatusJson["streams"][number]> {
  const found = (await statusOf(house)).streams.find((each) => each.stream === stream);
  assert.ok(found !== undefined, `status knows no stream ${stream}`);
  return found;
}
