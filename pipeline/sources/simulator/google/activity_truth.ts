/** What a client must end up with of the data types of moving about, in the catalogue's units. */

import { dayAt, dayNumber, zoneOffset } from "../../../day.ts";
import type { Day } from "../../../day.ts";
import { zoneNames } from "../heart_zones.ts";
import { levelNames } from "../minutes.ts";
import { strokeNames } from "../swims.ts";
import type { Truth, TruthOf, TruthRow } from "../truth.ts";
import type { Piece } from "./activity_pieces.ts";
import { type ActivityType, type ActivityTypeName, activityTypes } from "./activity_types.ts";

/** Offset of the wall clock at an instant, in seconds. */
type OffsetAt = (epochMs: number) => number;

/** The columns beside the interval. */
type RowOf = (piece: Piece) => TruthRow;

/** The rows of a type: its pieces that begin on a civil day, by the offsets handed in. */
function rowsOf(
  type: ActivityType,
  { body }: TruthOf["world"],
  day: Day,
  offsetAt: OffsetAt,
  rowOf: RowOf,
): TruthRow[] {
  const number = dayNumber(day);
  // Offsets reach from -12 to +14 hours: a civil day lies within three UTC days.
  return [number - 1, number, number + 1].flatMap((utcDay) =>
    type.pieces(body.minutesOfUtcDay(utcDay), body.person)
      .filter(({ start_ms }) => dayAt(start_ms, offsetAt(start_ms)) === day)
      .map((piece) => ({
        time: new Date(piece.start_ms).toISOString(),
        utc_offset_s: offsetAt(piece.start_ms),
        duration_s: (piece.end_ms - piece.start_ms) / 1000,
        ...rowOf(piece),
      }))
  );
}

/** Points carry the offset that was in force where the person was. */
function points(name: ActivityTypeName, rowOf: RowOf): Truth {
  return ({ world }, day) =>
    rowsOf(activityTypes[name], world, day, (ms) => world.body.zones.spanAt(ms).offset_s, rowOf);
}

/** Roll-ups carry none: a client has the zone that the account is set to when it asks. */
function rollUps(name: ActivityTypeName, rowOf: RowOf): Truth {
  return ({ world }, day) => {
    const { timeZone } = world.body.zones.spanAt(world.clock.now());
    return rowsOf(activityTypes[name], world, day, (ms) => zoneOffset(ms, timeZone), rowOf);
  };
}

const word = (names: readonly string[], kind: number) => names[kind]?.toLowerCase() ?? null;

const basalCalories = points("basal-energy-burned", ({ value }) => ({ energy_kcal: value }));

/** By the table's name. */
export const activityTruth: Readonly<Record<string, Truth>> = {
  steps: points("steps", ({ value }) => ({ steps: value })),
  distance: points("distance", ({ value }) => ({ distance_m: value / 1000 })),
  floors: points("floors", ({ value }) => ({ floors: value })),
  altitude: points("altitude", ({ value }) => ({ gain_m: value / 1000 })),
  calories: rollUps("total-calories", ({ value }) => ({ energy_kcal: value, met: null })),
  active_calories: points("active-energy-burned", ({ value }) => ({ energy_kcal: value })),
  basal_calories: (of, day) => of.google.basalEnergy ? basalCalories(of, day) : [],
  active_minutes: points("active-minutes", ({ value, kind }) => ({
    level: word(["", "light", "moderate", "vigorous"], kind),
    minutes: value,
  })),
  active_zone_minutes: points("active-zone-minutes", ({ value, kind }) => ({
    zone: word(["", "fat_burn", "cardio", "peak"], kind),
    active_zone_minutes: value,
  })),
  activity_level: points("activity-level", ({ kind }) => ({ level: word(levelNames, kind) })),
  sedentary_period: points("sedentary-period", () => ({})),
  time_in_heart_rate_zone: points("time-in-heart-rate-zone", ({ kind }) => ({
    zone: word(zoneNames, kind),
  })),
  calories_in_heart_rate_zone: rollUps("calories-in-heart-rate-zone", ({ value, kind }) => ({
    zone: word(zoneNames, kind),
    energy_kcal: value,
  })),
  swim_lengths: points("swim-lengths-data", ({ value, kind }) => ({
    stroke: word(strokeNames, kind),
    strokes: value,
  })),
};
