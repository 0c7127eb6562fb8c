/**
 * The fetch stage: asks a live source for every due window, newest first, and keeps each answer in
 * the raw store and then the ledger, so that the run can end at any moment and the next continues.
 */

import type { Clock, Talk } from "../effects.ts";
import {
  diskError,
  exitCode,
  LoginNeeded,
  NotReady,
  reasonOf,
  SourceGone,
  StreamRefused,
  UserError,
} from "../errors.ts";
import type { Ledger } from "../raw/ledger.ts";
import type { RawStore } from "../raw/store.ts";
import type { LiveSource } from "../sources/source.ts";
import { keepAnswer } from "./keep.ts";
import type { PlannedWindow } from "./plan.ts";
import { type FetchRequest, planFetch } from "./request.ts";
import { type FetchSummary, type MissedWindow, spanned } from "./summary.ts";

/** So many windows failing in a row mean that the network or the service is down, not the days. */
const failuresInARow = 3;

export interface FetchEffects {
  readonly store: RawStore;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly talk: Talk;
  readonly signal: AbortSignal;
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
  const failed: MissedWindow[] = [];
  const pending: MissedWindow[] = [];
  const refused = new Map(plan.refused);
  let inARow = 0;
  let done = 0;
  let stopped: UserError | undefined;

  /** Notes that a window could not be had. */
  const miss = ({ stream, first, last }: PlannedWindow, reason: string, isPending: boolean) => {
    const window = { first, last };
    (isPending ? pending : failed).push({ stream: stream.name, window, reason });
    ledger.transaction(() =>
      ledger.recordFailure({
        participant,
        source: source.name,
        stream: stream.name,
        first_day: first,
        last_day: last,
        at: new Date(clock.now()).toISOString(),
        reason,
        pending: isPending ? 1 : 0,
      })
    );
    talk.say(
      `${isPending ? "No answer yet for" : "Cannot fetch"} ${stream.name} of ${
        spanned(window)
      }: ${reason}`,
    );
  };
  const progress = () =>
    talk.progress({
      what: `Fetching ${source.name}`,
      done,
      total: windows.length,
      unit: "documents",
    });

  for (const window of windows) {
    if (signal.aborted) break;
    const name = window.stream.name;
    progress();
    if (refused.has(name)) {
      done++;
      continue;
    }
    try {
      const answer = await source.ask(window.stream, window, account);
      const owner = { participant, account, accountHash };
      counts[keepAnswer(source, window, answer, owner, effects)]++;
      inARow = 0;
    } catch (error) {
      if (signal.aborted) break;
      const full = diskError(error);
      if (full !== undefined) throw full;
      if (error instanceof StreamRefused) {
        refused.set(name, error.message);
      } else if (error instanceof NotReady) {
        miss(window, error.message, true);
      } else if (error instanceof UserError && endsTheRun(error)) {
        stopped = error;
        break;
      } else {
        miss(window, reasonOf(error), false);
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
  progress();
  if (signal.aborted && done < windows.length) {
    stopped ??= new UserError("Stopped before all days were fetched", {
      hint: "Run the same command again: it goes on where this one ended",
    });
  }

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
    pending,
    refused: Array.from(refused, ([stream, reason]) => ({ stream, reason })),
    left: windows.length - done,
    stopped,
  };
}

function endsTheRun(error: UserError): boolean {
  return error instanceof LoginNeeded || error instanceof SourceGone ||
    error.exitCode !== exitCode.incomplete;
}
