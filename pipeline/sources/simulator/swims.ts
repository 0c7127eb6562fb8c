/** Training that is a swim: which days it is, and every length of it. */

import type { Day } from "../../day.ts";
import type { Person } from "./person.ts";
import { seeded } from "./random.ts";

/** Strokes as Google spells them; the index is what a {@link Length} holds. */
export const strokeNames = ["FREESTYLE", "BACKSTROKE", "BREASTSTROKE", "BUTTERFLY"] as const;

export const poolLength_m = 25;

/** One length swum. */
export interface Length {
  /** Milliseconds since 1970. */
  readonly start_ms: number;
  readonly end_ms: number;
  /** Index into {@link strokeNames}. */
  readonly stroke: number;
  readonly strokes: number;
}

/** Whether the training of that day, if there is any, is a swim. */
export function isSwimDay(person: Person, day: Day): boolean {
  return seeded(person.seed, "swim", day)() < 0.3;
}

/** The lengths of a swim between two instants: a minute to get in, then length after length. */
export function lengthsBetween(person: Person, start_ms: number, end_ms: number): Length[] {
  const random = seeded(person.seed, "lengths", start_ms);
  const lengths: Length[] = [];
  let second = start_ms / 1000 + 60;
  for (;;) {
    const lasting = 26 + Math.floor(random() * 13);
    if ((second + lasting) * 1000 > end_ms) return lengths;
    // Freestyle most of the time.
    const stroke = Math.max(0, Math.floor(random() * 9) - 5);
    lengths.push({
      start_ms: second * 1000,
      end_ms: (second + lasting) * 1000,
      stroke,
      strokes: 12 + stroke * 2 + Math.floor(random() * 6),
    });
    second += lasting + 3 + Math.floor(random() * (lengths.length % 8 === 0 ? 45 : 8));
  }
}
