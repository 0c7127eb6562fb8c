/**
 * The simulator's clock: quotas, token lifetimes, "today" and what the watch has synced all follow
 * it, so that a test can jump over an hour or a week without waiting.
 */

export interface SimulatorClock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export interface StandingClock extends SimulatorClock {
  set(ms: number): void;
  advance(ms: number): void;
}

/**
 * A clock that moves only when told to.
 *
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const clock = standingClock(Date.parse("2026-11-07T12:00:00Z"));
 * clock.advance(60_000);
 * assert.equal(clock.now(), Date.parse("2026-11-07T12:01:00Z"));
 * ```
 */
export function standingClock(start: number): StandingClock {
  let now = start;
  return {
    now: () => now,
    set(ms) {
      now = ms;
    },
    advance(ms) {
      now += ms;
    },
  };
}

/** A clock that begins at `start` and runs `speed` times as fast as the one handed in. */
export function runningClock(start: number, speed: number, real: SimulatorClock): SimulatorClock {
  const begun = real.now();
  return { now: () => Math.round(start + (real.now() - begun) * speed) };
}
