/**
 * At which pace a service may be asked. A quota is told the time and the answers' headers and says
 * when the next request may leave; it has no clock of its own and never sleeps.
 */

import { backoffMs, retryAfterMs, type RetryPolicy } from "./retry.ts";

/** When the next request may leave (ms since 1970), and why it has to wait until then. */
export interface Turn {
  readonly at: number;
  readonly why: string;
}

export interface Quota {
  /** Takes the next free place: the caller sends its request then. */
  next(now: number): Turn;
  /** Learns from the headers of any answer. */
  seen(headers: Headers, now: number): void;
  /**
   * After an answer 429: remembers when to go on, for every request.
   * @param refusals How many times this request has been refused, from 1.
   * @returns Whether to send it again at the {@link next} turn; false: give it up.
   */
  refused(headers: Headers, now: number, refusals: number): boolean;
}

const MS_PER_HOUR = 3_600_000;

/** For token endpoints, which no service counts. */
export const noQuota: Quota = {
  next: (now) => ({ at: now, why: "" }),
  seen: () => {},
  refused: () => false,
};

/**
 * Google Health API: so many requests a second for one user (2.5 for an unverified app, counted by
 * the minute), no headers. After a 429 the Retry-After header where there is one, which Google does
 * not document, else exponential backoff.
 */
export class RequestRate implements Quota {
  readonly #spacingMs: number;
  /** When the bucket is full again; a request is due when at most `burst` places are taken. */
  #fullAt = 0;
  #pausedUntil = 0;

  constructor(
    perSecond: number,
    private readonly burst: number,
    private readonly retry: RetryPolicy,
  ) {
    if (!(perSecond > 0)) {
      throw new RangeError(`Cannot pace ${perSecond} requests a second: expected more than 0`);
    }
    this.#spacingMs = Math.ceil(1000 / perSecond);
  }

  next(now: number): Turn {
    const free = Math.max(now, this.#fullAt - (this.burst - 1) * this.#spacingMs);
    const at = Math.max(free, this.#pausedUntil);
    this.#fullAt = Math.max(at, this.#fullAt) + this.#spacingMs;
    return { at, why: at > free ? "too many requests" : "request rate" };
  }

  seen(): void {}

  refused(headers: Headers, now: number, refusals: number): boolean {
    if (refusals >= this.retry.attempts) return false;
    const wait = retryAfterMs(headers, now) ?? backoffMs(refusals, this.retry);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + wait);
    return true;
  }
}

/** Requests an hour where no header says otherwise. */
const documentedLimit = 150;

/** After the reset: the server's clock may be behind ours, and a wake-up on the hour is refused. */
const resetMarginsMs: readonly number[] = [10_000, 120_000];

/**
 * Fitbit Web API: 150 requests an hour for one user and app, counted anew at the top of the hour
 * (UTC). Every answer tells `Fitbit-Rate-Limit-Limit`, `-Remaining` and `-Reset` (seconds), though
 * approximately: the numbers lag behind, so within one hour only the lower count is believed.
 */
export class HourlyBudget implements Quota {
  /** Requests left this hour; undefined before the first answer of an hour. */
  #left: number | undefined;
  /** Our own requests this hour: those the numbers may not know of yet. */
  #sent = 0;
  #resetAt: number | undefined;
  #pausedUntil = 0;

  next(now: number): Turn {
    if (this.#resetAt !== undefined && now >= this.#resetAt) this.#newHour();
    if (this.#left === 0) this.#pauseUntil((this.#resetAt ?? nextHour(now)) + marginMs(1));
    this.#sent++;
    if (now < this.#pausedUntil) return { at: this.#pausedUntil, why: "hourly quota used up" };
    if (this.#left !== undefined) this.#left--;
    return { at: now, why: "" };
  }

  seen(headers: Headers, now: number): void {
    const told = wholeNumber(headers.get("fitbit-rate-limit-remaining"));
    if (told === undefined) return;
    const limit = wholeNumber(headers.get("fitbit-rate-limit-limit")) ?? documentedLimit;
    const remaining = Math.max(0, Math.min(told, limit - this.#sent));
    const reset = wholeNumber(headers.get("fitbit-rate-limit-reset"));
    const resetAt = reset === undefined ? nextHour(now) : now + reset * 1000;
    const later = resetAt - (this.#resetAt ?? Number.NEGATIVE_INFINITY);
    // An answer of the hour before, overtaken by one of this hour, tells nothing any more.
    if (later < -MS_PER_HOUR / 2) return;
    const sameHour = later < MS_PER_HOUR / 2;
    this.#left = sameHour ? Math.min(this.#left ?? remaining, remaining) : remaining;
    this.#resetAt = resetAt;
  }

  refused(headers: Headers, now: number, refusals: number): boolean {
    if (refusals > resetMarginsMs.length) return false;
    // Retry-After was seen not to follow the reset (2025), so it comes second.
    const reset = wholeNumber(headers.get("fitbit-rate-limit-reset"));
    const wait = reset === undefined ? retryAfterMs(headers, now) : reset * 1000;
    this.#pauseUntil((wait === undefined ? nextHour(now) : now + wait) + marginMs(refusals));
    return true;
  }

  #pauseUntil(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
    this.#newHour();
  }

  #newHour(): void {
    this.#left = undefined;
    this.#sent = 0;
    this.#resetAt = undefined;
  }
}

function marginMs(refusals: number): number {
  return resetMarginsMs[Math.min(refusals, resetMarginsMs.length) - 1] ?? 0;
}

/** The next full hour, UTC (ms since 1970). */
function nextHour(now: number): number {
  return (Math.floor(now / MS_PER_HOUR) + 1) * MS_PER_HOUR;
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}
