/** What the ledger's rows hold: its schema, and each row as it is read. */

import { z } from "zod";

/** The schema's own version; another one means the ledger must be rebuilt. */
export const schemaVersion = 2;

export const schema = `
  create table document (
    path text primary key,
    participant text not null,
    source text not null,
    stream text not null,
    archive text,
    first_day text not null,
    last_day text not null,
    sha256 text not null,
    clock text not null,
    bytes integer not null,
    asked_at text not null,
    synced_to text,
    empty integer not null,
    account text
  ) without rowid;
  create table failure (
    participant text not null,
    source text not null,
    stream text not null,
    first_day text not null,
    last_day text not null,
    at text not null,
    reason text not null,
    pending integer not null,
    primary key (participant, source, stream, first_day)
  ) without rowid;
  create table part (
    table_name text not null,
    participant text not null,
    partition text not null,
    digest text not null,
    csv_digest text,
    rows integer not null,
    first_time integer,
    last_time integer,
    bytes integer not null,
    sha256 text not null,
    series text not null,
    report text not null,
    primary key (table_name, participant, partition)
  ) without rowid;
  create table aggregate (
    participant text not null,
    period text not null,
    digest text not null,
    primary key (participant, period)
  ) without rowid;
  pragma user_version = ${schemaVersion};
`;

const sourceName = z.enum(["google-health", "takeout", "fitbit-web"]);

export const documentRow = z.object({
  path: z.string(),
  participant: z.string(),
  source: sourceName,
  stream: z.string(),
  archive: z.string().nullable(),
  first_day: z.string(),
  last_day: z.string(),
  sha256: z.string(),
  clock: z.string(),
  bytes: z.number(),
  asked_at: z.string(),
  synced_to: z.string().nullable(),
  empty: z.number(),
  account: z.string().nullable(),
});

/** A raw document as the ledger knows it. Instants and days as in the manifest. */
export type DocumentRow = z.infer<typeof documentRow>;

export const failureRow = z.object({
  participant: z.string(),
  source: sourceName,
  stream: z.string(),
  first_day: z.string(),
  last_day: z.string(),
  at: z.string(),
  reason: z.string(),
  pending: z.number(),
});

/** A window that could not be fetched, and why; `pending` is 1 while the source still works on it. */
export type FailureRow = z.infer<typeof failureRow>;

export const partRow = z.object({
  table_name: z.string(),
  participant: z.string(),
  partition: z.string(),
  digest: z.string(),
  csv_digest: z.string().nullable(),
  rows: z.number(),
  first_time: z.number().nullable(),
  last_time: z.number().nullable(),
  bytes: z.number(),
  sha256: z.string(),
  series: z.string(),
  report: z.string(),
});

/** A part as it was built: from what (`digest`), with how many rows, and what was noticed (`report`, JSON). */
export type PartRow = z.infer<typeof partRow>;

/** A document that a part could not be built from, and why. */
export const putAsideRow = z.object({ path: z.string(), reason: z.string() });

const noted = z.object({ put_aside: z.array(putAsideRow) });

/** The documents that could not be understood when a part was built. */
export function putAsideIn({ report }: Pick<PartRow, "report">): z.infer<typeof putAsideRow>[] {
  return noted.parse(JSON.parse(report)).put_aside;
}

/** By which it is told whether a part is as it should be. */
export const partState = partRow.pick({
  table_name: true,
  participant: true,
  partition: true,
  digest: true,
  csv_digest: true,
  rows: true,
});

/** Of a part what tells whether it is as it should be. */
export type PartState = z.infer<typeof partState>;

export const participantOf = partRow.pick({ participant: true });

export const partReport = partRow.pick({ report: true });

export const filledPart = z.object({
  participant: z.string(),
  partition: z.string(),
  sha256: z.string(),
});

export const aggregateRow = z.object({ period: z.string(), digest: z.string() });
