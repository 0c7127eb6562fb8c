/**
 * A night's stages as a short text: a letter a stage and how many seconds it lasted, in base 36
 * (`Lsw` is 1040 s of light sleep), one after the other without a gap from the start of the sleep.
 */

/** The stages by their letters, from the deepest to being up; `N` where the source says nothing. */
export const stageLetters = {
  deep: "D",
  light: "L",
  asleep: "S",
  rem: "R",
  restless: "T",
  awake: "A",
  out_of_bed: "O",
} as const;

const nothing = "N";

/** A stage as the tables have it. Short ones overlay the stage around them. */
export interface StageRow {
  readonly start_s: number;
  readonly duration_s: number;
  readonly stage: string;
  readonly short: boolean;
}

/** A stretch of one stage; `stage` is undefined where the source says nothing. */
export interface Stretch {
  /** Seconds from the start of the sleep. */
  readonly from_s: number;
  readonly to_s: number;
  readonly stage: string | undefined;
}

const nameOf = new Map<string, string>(
  Object.entries(stageLetters).map(([name, letter]) => [letter, name]),
);
const letterOf = new Map<string, string>(Object.entries(stageLetters));

/**
 * The stages of a sleep as text: each moment belongs to the short stage that covers it, else to the
 * long one; stages without a letter count as nothing.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { hypnogramText } from "./hypnogram.ts";
 *
 * const text = hypnogramText([
 *   { start_s: 0, duration_s: 3600, stage: "light", short: false },
 *   { start_s: 600, duration_s: 60, stage: "awake", short: true },
 * ], 0, 3600);
 * assert.equal(text, "Lgo" + "A1o" + "L29o");
 * ```
 */
export function hypnogramText(rows: readonly StageRow[], start_s: number, end_s: number): string {
  const ordered = [...rows].sort((a, b) => Number(a.short) - Number(b.short));
  const cuts = new Set([start_s, end_s]);
  for (const { start_s: from, duration_s } of rows) {
    for (const cut of [from, from + duration_s]) if (cut > start_s && cut < end_s) cuts.add(cut);
  }
  const edges = Array.from(cuts).sort((a, b) => a - b);
  const pieces: { letter: string; seconds: number }[] = [];
  edges.slice(0, -1).forEach((from, i) => {
    const row = ordered.findLast((row) =>
      row.start_s <= from && from < row.start_s + row.duration_s && letterOf.has(row.stage)
    );
    const letter = letterOf.get(row?.stage ?? "") ?? nothing;
    const seconds = edges[i + 1]! - from;
    const last = pieces.at(-1);
    if (last?.letter === letter) last.seconds += seconds;
    else pieces.push({ letter, seconds });
  });
  if (pieces.every(({ letter }) => letter === nothing)) return "";
  return pieces.map(({ letter, seconds }) => letter + seconds.toString(36)).join("");
}

/** The stretches of such a text, in order. */
export function hypnogram(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let from_s = 0;
  for (const [, letter = "", seconds = ""] of text.matchAll(/([A-Z])([0-9a-z]+)/g)) {
    const to_s = from_s + parseInt(seconds, 36);
    stretches.push({ from_s, to_s, stage: nameOf.get(letter) });
    from_s = to_s;
  }
  return stretches;
}
