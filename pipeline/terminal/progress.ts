/**
 * Progress of long work on stderr: one line that follows when it is a terminal, a plain line now
 * and then when it is not. Pure text in, text out; the clock comes with the calls.
 */

import type { ProgressState } from "../effects.ts";

/** A plain line is written at most this often. */
const plainEveryMs = 10_000;

/** A terminal line is redrawn at most this often. */
const redrawEveryMs = 100;

/** Turns progress into what is to be written; an empty text means: nothing now. */
export class ProgressLine {
  #what: string | undefined;
  #startedMs = 0;
  #startedAt = 0;
  #writtenMs = Number.NEGATIVE_INFINITY;
  /** Whether the line is on the screen now, and whether it has been since the work began. */
  #shown = false;
  #begun = false;
  #waitingUntil: number | undefined;

  constructor(private readonly isTerminal: boolean) {}

  /** What to write for that state at that moment. */
  update(state: ProgressState, nowMs: number): string {
    if (state.what !== this.#what) {
      this.#what = state.what;
      this.#startedMs = nowMs;
      this.#startedAt = state.done;
      this.#begun = false;
      // Elsewhere than on a terminal, work that is done before the first line is due stays silent.
      this.#writtenMs = this.isTerminal ? Number.NEGATIVE_INFINITY : nowMs;
    }
    const finished = state.total > 0 && state.done >= state.total;
    const beginsToWait = state.waiting !== undefined && state.waiting.until !== this.#waitingUntil;
    this.#waitingUntil = state.waiting?.until;
    const every = this.isTerminal ? redrawEveryMs : plainEveryMs;
    if (!finished && !beginsToWait && nowMs - this.#writtenMs < every) return "";
    if (finished && !this.#begun) return "";
    this.#writtenMs = nowMs;
    this.#begun = !finished;
    const line = this.#line(state, nowMs);
    this.#shown = !finished;
    if (!this.isTerminal) return `${line}\n`;
    return `\r\x1b[2K${line}${finished ? "\n" : ""}`;
  }

  /** What to write before another line is written, so that both can be read. */
  clear(): string {
    if (!this.isTerminal || !this.#shown) return "";
    this.#shown = false;
    this.#writtenMs = Number.NEGATIVE_INFINITY;
    return "\r\x1b[2K";
  }

  #line(state: ProgressState, nowMs: number): string {
    const parts = [`${state.what}: ${state.done} of ${state.total} ${state.unit}`];
    const elapsedS = (nowMs - this.#startedMs) / 1000;
    const doneNow = state.done - this.#startedAt;
    if (doneNow > 0 && elapsedS > 0) {
      const perSecond = doneNow / elapsedS;
      parts.push(rate(perSecond, state.unit));
      const leftS = (state.total - state.done) / perSecond;
      if (state.done < state.total) parts.push(`${duration(leftS)} left`);
    }
    if (state.waiting !== undefined) {
      parts.push(`waiting ${untilWhen(state.waiting)}`);
    }
    return parts.join(", ");
  }
}

function rate(perSecond: number, unit: string): string {
  if (perSecond >= 1) return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} ${unit}/s`;
  return `${(perSecond * 60).toFixed(1)} ${unit}/min`;
}

/** Seconds as a person says them: `45 s`, `12 min`, `3 h 20 min`, `5 days`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  if (minutes < 3 * 1440) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 1440)} days`;
}

/** Until when is waited, and why: `until 13:00:00 UTC: too many requests`. */
export function untilWhen({ until, why }: NonNullable<ProgressState["waiting"]>): string {
  return `until ${new Date(until).toISOString().slice(11, 19)} UTC: ${why}`;
}
