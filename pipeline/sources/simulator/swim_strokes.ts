/** The strokes of swims by the minute: what a service shows that has no lengths. */

import { addDays } from "../../day.ts";
import type { Day } from "../../day.ts";
import type { Body } from "./body.ts";
import { MS_PER_MINUTE } from "./minutes.ts";
import { rememberedByDay } from "./stretches.ts";
import { workoutsOf } from "./workouts.ts";

/** Strokes by the minute (ms since 1970 of its beginning) of a civil or a UTC day; others have none. */
export const strokesByMinute: (body: Body, day: Day) => ReadonlyMap<number, number> =
  rememberedByDay((body, day) => {
    const strokes = new Map<number, number>();
    const lengths = [-1, 0, 1].flatMap((days) => workoutsOf(body, addDays(day, days)))
      .flatMap(({ lengths }) => lengths);
    for (const length of lengths) {
      for (let stroke = 0; stroke < length.strokes; stroke++) {
        const part = (stroke + 0.5) / length.strokes;
        const time_ms = length.start_ms + part * (length.end_ms - length.start_ms);
        const minute_ms = time_ms - time_ms % MS_PER_MINUTE;
        strokes.set(minute_ms, (strokes.get(minute_ms) ?? 0) + 1);
      }
    }
    return strokes;
  });
