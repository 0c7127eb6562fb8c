/** What somebody wants fetched, and what of it is due. */

import { createHash } from "node:crypto";
import { addDays, type Day, today } from "../day.ts";
import type { Clock } from "../effects.ts";
import { LoginNeeded, UsageError } from "../errors.ts";
import type { Ledger } from "../raw/ledger.ts";
import type { RawStore } from "../raw/store.ts";
import { tablesOf } from "../sources/registry.ts";
import type { Account, LiveSource, LiveStream } from "../sources/source.ts";
import { type PlannedWindow, planWindows } from "./plan.ts";
import { defaultSettleDays, isRetried } from "./settle.ts";

/** Days fetched when nothing was fetched before and nothing is said. */
const firstRunDays = 30;

export interface FetchRequest {
  readonly participant: string;
  /** First and last civil day wanted; by default what was begun before, or the last 30 days. */
  readonly from?: DayChoice | undefined;
  readonly to?: DayChoice | undefined;
  /** Only streams that feed one of these tables; empty: all but those asked on request only. */
  readonly only?: readonly string[];
  /** Not the streams that feed these tables alone. */
  readonly skip?: readonly string[];
  readonly settleDays?: number;
}

/** A civil day that may depend on which day it is now where the person lives. */
export type DayChoice = (today: Day) => Day;

/** What a fetch would ask for. */
export interface FetchPlan {
  readonly account: Account;
  readonly accountHash: string;
  readonly from: Day;
  readonly to: Day;
  /** Newest first. */
  readonly windows: readonly PlannedWindow[];
  /** Streams that cannot be had, known before anything is asked. */
  readonly refused: ReadonlyMap<string, string>;
}

/**
 * What is due, and why, by the ledger. Throws LoginNeeded when not even the account can be read, and
 * a UsageError when the days are the wrong way round.
 */
export async function planFetch(
  source: LiveSource,
  request: FetchRequest,
  { ledger, store, clock }: { ledger: Ledger; store: RawStore; clock: Clock },
): Promise<FetchPlan> {
  const { participant } = request;
  const account = await source.account();
  const accountHash = checkAccount(source, account, participant, ledger);
  const now = today(clock.now(), account.timeZone);
  const documents = ledger.documents({ participant, source: source.name });
  const to = request.to?.(now) ?? now;
  const from = request.from?.(now) ?? firstAsked(source, documents) ??
    addDays(now, 1 - firstRunDays);
  if (from > to) {
    throw new UsageError(
      `Cannot fetch from ${from} to ${to}: the first day is later than the last`,
      "Give --from the earlier day and --to the later one",
    );
  }
  if (to > now) {
    throw new UsageError(
      `Cannot fetch up to ${to}: today is ${now} in ${account.timeZone}`,
      "Give --to today's date or an earlier one",
    );
  }
  const { memberSince, scopes } = account;
  // What there is now can only be asked for today.
  const wanted = wantedStreams(source.streams, request)
    .filter(({ window }) => window !== "today" || to === now);
  const refused = new Map(
    wanted.filter(({ scope }) => scopes !== undefined && !scopes.has(scope))
      .map(({ name, scope }) => [name, `the login was not granted ${scope}`]),
  );
  const windows = planWindows({
    streams: wanted.filter(({ name }) => !refused.has(name)),
    from: memberSince !== undefined && memberSince > from ? memberSince : from,
    to,
    memberSince,
    documents,
    failures: ledger.failures({ participant, source: source.name }),
    again: documentsToRetry(ledger, store, clock.now()),
    lastSync: account.lastSync,
    settleDays: request.settleDays ?? defaultSettleDays,
  }).filter((window) => window.stream.wanted?.(window.first, account) ?? true);
  return { account, accountHash, from, to, windows, refused };
}

/** Documents that could not be understood and are worth asking for once more. */
function documentsToRetry(ledger: Ledger, store: RawStore, now: number): Set<string> {
  const paths = new Set(ledger.putAside().map(({ path }) => path));
  return new Set(
    Array.from(paths).filter((path) => {
      const manifest = store.manifest(path);
      return manifest !== undefined && isRetried(manifest, now);
    }),
  );
}

/** The streams that `only` and `skip` leave; those on request only when one of their tables is named. */
function wantedStreams(streams: readonly LiveStream[], request: FetchRequest): LiveStream[] {
  const { only = [], skip = [] } = request;
  return streams.filter((stream) => {
    const tables = tablesOf(stream);
    if (only.length > 0) return tables.some((table) => only.includes(table));
    return stream.onRequest !== true && !tables.every((table) => skip.includes(table));
  });
}

/** One data root and participant holds one person; a token of somebody else must not be mixed in. */
function checkAccount(
  source: LiveSource,
  account: Account,
  participant: string,
  ledger: Ledger,
): string {
  const hash = createHash("sha256").update(`${source.name}:${account.userId}`).digest("hex")
    .slice(0, 16);
  const other = ledger.documents({ participant, source: source.name })
    .find((row) => row.account !== null && row.account !== hash);
  if (other !== undefined) {
    throw new LoginNeeded(
      `Cannot fetch for participant "${participant}": this login is of another ${source.name} account than the data already here`,
      "Log in with the account used before, or choose another --participant or --data",
    );
  }
  return hash;
}

/** The first day somebody asked for; documents of whole months begin before it and do not tell. */
function firstAsked(
  source: LiveSource,
  documents: readonly { first_day: Day; stream: string }[],
): Day | undefined {
  const daily = new Set(
    source.streams.filter((stream) => stream.window === "day").map((stream) => stream.name),
  );
  return documents
    .filter((document) => daily.has(document.stream))
    .reduce<Day | undefined>(
      (first, { first_day }) => first === undefined || first_day < first ? first_day : first,
      undefined,
    );
}
