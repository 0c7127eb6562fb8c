/**
 * The fetch stage: asks a live source for every due window, newest first, and keeps each answer in
 * the raw store and then the ledger, so that the run can end at any moment and the next continues.
 */

import { createHash } from "node:crypto";
import { addDays, type Day, today } from "../day.ts";
import type { Clock, Talk } from "../effects.ts";
import {
  diskError,
  type ExitCode,
  exitCode,
  LoginNeeded,
  reasonOf,
  SourceGone,
  StreamRefused,
  UsageError,
  UserError,
} from "../errors.ts";
import { webDocument } from "../layout.ts";
import type { Ledger } from "../raw/ledger.ts";
import type { Manifest } from "../raw/manifest.ts";
import type { RawStore } from "../raw/store.ts";
import { tablesOf } from "../sources/registry.ts";
import type { Account, Answer, LiveSource, LiveStream, Window } from "../sources/source.ts";
import { type PlannedWindow, planWindows } from "./plan.ts";
import { contentHash, jsonArray } from "./bodies.ts";
import { defaultSettleDays } from "./settle.ts";

/** So many windows failing in a row mean that the network or the service is down, not the days. */
const failuresInARow = 3;

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

export interface FetchEffects {
  readonly store: RawStore;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly talk: Talk;
  readonly signal: AbortSignal;
}

/** What a fetch did, and what is still missing. */
export interface FetchSummary {
  readonly source: string;
  readonly from: Day;
  readonly to: Day;
  readonly memberSince: Day | undefined;
  /** Documents by what became of them; `asked` is their sum. */
  readonly asked: number;
  readonly fresh: number;
  readonly unchanged: number;
  readonly replaced: number;
  /** Windows that could not be had: stream, days, reason. */
  readonly failed: readonly { stream: string; window: Window; reason: string }[];
  /** Streams that could not be had at all. */
  readonly refused: readonly { stream: string; reason: string }[];
  /** Due windows that were not asked because the run ended early. */
  readonly left: number;
  /** Why the run ended early. */
  readonly stopped: UserError | undefined;
}

/** The exit code that a fetch deserves. */
export function fetchExitCode(summary: FetchSummary): ExitCode {
  if (summary.stopped !== undefined) return summary.stopped.exitCode;
  const missing = summary.failed.length + summary.refused.length + summary.left;
  return missing > 0 ? exitCode.incomplete : exitCode.done;
}

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
  { ledger, clock }: Pick<FetchEffects, "ledger" | "clock">,
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
    documents,
    failures: ledger.failures({ participant, source: source.name }),
    lastSync: account.lastSync,
    settleDays: request.settleDays ?? defaultSettleDays,
  }).filter((window) => window.stream.wanted?.(window.first, account) ?? true);
  return { account, accountHash, from, to, windows, refused };
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

/**
 * Fetches what is due. Never throws for a window that fails: the summary names it. Otherwise throws
 * what planFetch throws.
 */
export async function runFetch(
  source: LiveSource,
  request: FetchRequest,
  effects: FetchEffects,
): Promise<FetchSummary> {
  const { ledger, clock, talk, signal } = effects;
  const { participant } = request;
  const plan = await planFetch(source, request, effects);
  const { account, accountHash, from, to, windows } = plan;

  const counts = { new: 0, same: 0, replaced: 0, "kept beside": 0 };
  const failed: { stream: string; window: Window; reason: string }[] = [];
  const refused = new Map(plan.refused);
  let inARow = 0;
  let done = 0;
  let stopped: UserError | undefined;

  for (const window of windows) {
    if (signal.aborted) {
      stopped = new UserError("Stopped before all days were fetched", {
        hint: "Run the same command again: it goes on where this one ended",
      });
      break;
    }
    const name = window.stream.name;
    talk.progress({
      what: `Fetching ${source.name}`,
      done,
      total: windows.length,
      unit: "documents",
    });
    if (refused.has(name)) {
      done++;
      continue;
    }
    try {
      const answer = await source.ask(window.stream, window, account);
      counts[keep(source, window, answer, account, accountHash, participant, effects)]++;
      inARow = 0;
    } catch (error) {
      if (signal.aborted) continue;
      const full = diskError(error);
      if (full !== undefined) throw full;
      if (error instanceof StreamRefused) {
        refused.set(name, error.message);
      } else if (error instanceof UserError && endsTheRun(error)) {
        stopped = error;
        break;
      } else {
        const reason = reasonOf(error);
        failed.push({ stream: name, window: { first: window.first, last: window.last }, reason });
        ledger.transaction(() =>
          ledger.recordFailure({
            participant,
            source: source.name,
            stream: name,
            first_day: window.first,
            last_day: window.last,
            at: new Date(clock.now()).toISOString(),
            reason,
          })
        );
        talk.say(`Cannot fetch ${name} of ${spanned(window)}: ${reason}`);
        inARow++;
        if (inARow >= failuresInARow) {
          done++;
          stopped = new UserError(`Stopped after ${inARow} failures in a row`, {
            hint: "Look at the reasons above, then run the same command again",
          });
          break;
        }
      }
    }
    done++;
  }
  talk.progress({
    what: `Fetching ${source.name}`,
    done,
    total: windows.length,
    unit: "documents",
  });

  return {
    source: source.name,
    from,
    to,
    memberSince: account.memberSince,
    asked: counts.new + counts.same + counts.replaced,
    fresh: counts.new,
    unchanged: counts.same,
    replaced: counts.replaced,
    failed,
    refused: Array.from(refused, ([stream, reason]) => ({ stream, reason })),
    left: windows.length - done,
    stopped,
  };
}

/** `2026-10-01`, or `2026-10-01 to 2026-10-31`. */
export function spanned(window: Window): string {
  return window.first === window.last ? window.first : `${window.first} to ${window.last}`;
}

function keep(
  source: LiveSource,
  window: PlannedWindow,
  answer: Answer,
  account: Account,
  accountHash: string,
  participant: string,
  { store, ledger, clock }: FetchEffects,
) {
  const document = jsonArray(answer.bodies);
  const now = new Date(clock.now()).toISOString();
  const manifest: Manifest = {
    format: 1,
    participant,
    source: source.name,
    stream: window.stream.name,
    account: accountHash,
    first_day: window.first,
    last_day: window.last,
    sha256: createHash("sha256").update(document).digest("hex"),
    bytes: document.length,
    ...answer.pageTokens === undefined
      ? {}
      : { content_sha256: contentHash(answer.bodies, answer.pageTokens) },
    received_at: now,
    asked_at: now,
    synced_to: completeUntil(account, answer),
    empty: answer.empty,
    origin: [...answer.origin],
    clock: answer.clock,
  };
  const path = webDocument(participant, source.name, window.stream.name, window.first);
  const outcome = store.put(path, document, manifest);
  // The kept manifest, not ours: of two answers with the same content the first one stays.
  ledger.transaction(() => ledger.recordDocument(path, store.manifest(path) ?? manifest));
  return outcome;
}

/** Up to when the answer holds all there will be: the watch's sync, or what the source was still at. */
function completeUntil(account: Account, answer: Answer): string | null {
  const until = Math.min(account.lastSync ?? Infinity, answer.completeTo ?? Infinity);
  return until === Infinity ? null : new Date(until).toISOString();
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

function endsTheRun(error: UserError): boolean {
  return error instanceof LoginNeeded || error instanceof SourceGone ||
    error.exitCode !== exitCode.incomplete;
}
