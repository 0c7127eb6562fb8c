/**
 * How often a request that failed for a passing reason is tried again, and how long to wait before.
 */

import { type Circumstances, sentenceOf, type TroubleName } from "../troubles.ts";

/** Exponential backoff with jitter. */
export interface RetryPolicy {
  /** Requests in all, the first one included. */
  readonly attempts: number;
  /** The first wait, before jitter. */
  readonly base_ms: number;
  /** No wait is longer. */
  readonly longest_ms: number;
  /** A number from 0 up to 1; `Math.random`, or a seeded one. */
  readonly random: () => number;
}

/** Four attempts within about ten seconds: a cut line comes back in that time, or not soon. */
export const defaultRetry: RetryPolicy = {
  attempts: 4,
  base_ms: 1000,
  longest_ms: 30_000,
  random: Math.random,
};

/**
 * The wait (ms) after the nth failure, counted from 1: doubling, and a random half of it, so that
 * several clients that failed together do not come back together.
 */
export function backoffMs(failures: number, policy: RetryPolicy): number {
  const full = Math.min(policy.longest_ms, policy.base_ms * 2 ** (failures - 1));
  return Math.round(full / 2 + policy.random() * full / 2);
}

/** An answer that is broken, or none at all: the same request may well succeed a little later. */
export class PassingFailure extends Error {
  override readonly name: string = "PassingFailure";

  /** @param wait_ms The service wants at least this wait before the next attempt. */
  constructor(
    readonly trouble: TroubleName,
    known: Circumstances,
    readonly wait_ms: number = 0,
  ) {
    super(sentenceOf(trouble, known));
  }
}

/** A `Retry-After` header as a wait in ms: seconds, or a date; undefined when absent or unreadable. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const text = headers.get("retry-after");
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
