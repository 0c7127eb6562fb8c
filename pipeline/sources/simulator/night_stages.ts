/**
 * The stages of a sleep, on a grid of 30 seconds: cycles of about an hour and a half, deep sleep in
 * the early ones, REM in the late ones, awakenings in between.
 */

import type { Random } from "./random.ts";

/** The grid of sleep stages. */
export const epochMs = 30_000;

/** Stages of a whole night, and of classic sleep, which has no more than movement to go by. */
export type StageName = "deep" | "light" | "rem" | "awake" | "asleep" | "restless";

/** `from_ms <= t < to_ms`, ms since 1970. */
export interface Stage {
  readonly stage: StageName;
  readonly from_ms: number;
  readonly to_ms: number;
}

/** What happened in a sleep, all in order of time and on the grid. */
export interface Hypnogram {
  /** They follow each other without a gap from the beginning of the sleep to its end. */
  readonly stages: readonly Stage[];
  /**
   * Awakenings of 30 to 150 s, each within one stage of light sleep and off its ends. Google counts
   * them as light sleep, the Fitbit Web API as awake.
   */
  readonly shortAwakenings: readonly Stage[];
  /** Out of bed: each within one stage of being awake. */
  readonly outOfBed: readonly { readonly from_ms: number; readonly to_ms: number }[];
}

/** So many grid steps of a stage. */
type Piece = readonly [stage: StageName, epochs: number];

/** A night with stages. */
export function stagedNight(from_ms: number, to_ms: number, random: Random): Hypnogram {
  const stages = laid(cycles(random), from_ms, to_ms);
  return {
    stages,
    shortAwakenings: stages.flatMap((stage) =>
      stage.stage === "light" ? awakeningsWithin(stage, random) : []
    ),
    outOfBed: stages.slice(1, -1).flatMap(({ stage, from_ms, to_ms }) =>
      stage === "awake" && random() < 0.5
        ? [{ from_ms: from_ms + epochMs, to_ms: to_ms - epochMs }]
        : []
    ),
  };
}

/** Classic sleep: whole minutes from its beginning, no short awakenings. */
export function classicSleep(from_ms: number, to_ms: number, random: Random): Hypnogram {
  return { stages: laid(turns(random), from_ms, to_ms), shortAwakenings: [], outOfBed: [] };
}

const upTo = (count: number, random: Random) => Math.floor(random() * count);

/** Pieces without end, one cycle after the other. */
function* cycles(random: Random): Generator<Piece> {
  if (random() < 0.6) yield ["awake", 8 + upTo(14, random)];
  for (let cycle = 0;; cycle++) {
    yield ["light", 24 + upTo(40, random)];
    const deep = 50 - 14 * cycle + upTo(16, random);
    if (deep > 5) {
      yield ["deep", deep];
      yield ["light", 20 + upTo(30, random)];
    }
    yield ["rem", 12 + 11 * Math.min(cycle, 4) + upTo(12, random)];
    if (random() < 0.45) yield ["awake", 8 + upTo(12, random)];
  }
}

function* turns(random: Random): Generator<Piece> {
  if (random() < 0.5) yield ["restless", 2 * (1 + upTo(3, random))];
  for (;;) {
    yield ["asleep", 2 * (9 + upTo(30, random))];
    yield ["restless", 2 * (1 + upTo(3, random))];
    if (random() < 0.3) yield ["awake", 2 * (1 + upTo(4, random))];
  }
}

/** The pieces laid end to end until the sleep is over; the last one is cut to fit. */
function laid(pieces: Generator<Piece>, from_ms: number, to_ms: number): Stage[] {
  const stages: Stage[] = [];
  let at = from_ms;
  for (const [stage, epochs] of pieces) {
    if (at >= to_ms) break;
    const end = Math.min(to_ms, at + epochs * epochMs);
    stages.push({ stage, from_ms: at, to_ms: end });
    at = end;
  }
  return stages;
}

function awakeningsWithin({ from_ms, to_ms }: Stage, random: Random): Stage[] {
  const found: Stage[] = [];
  // Two steps off either end, and off each other.
  let at = from_ms + (2 + upTo(40, random)) * epochMs;
  for (;;) {
    const end = at + (1 + upTo(5, random)) * epochMs;
    if (end > to_ms - 2 * epochMs) return found;
    found.push({ stage: "awake", from_ms: at, to_ms: end });
    at = end + (2 + upTo(50, random)) * epochMs;
  }
}
