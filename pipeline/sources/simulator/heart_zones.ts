/** Heart-rate zones as Google's service draws them: by the heart's reserve, anew every day. */

/** Zones from the calmest on; the index is what {@link zoneOf} gives. */
export const zoneNames = ["LIGHT", "MODERATE", "VIGOROUS", "PEAK"] as const;

/** Where the zones begin, in beats a minute, and where the last one ends. */
export interface ZoneBounds {
  /** One for each of {@link zoneNames}. */
  readonly min_bpm: readonly number[];
  readonly max_bpm: number;
}

/** Parts of the heart's reserve (most less resting) at which the zones after the first begin. */
const parts = [0.4, 0.6, 0.85];

/** The zones of a day, from the age and the day's resting heart rate. */
export function zoneBounds(age: number, restingBpm: number): ZoneBounds {
  const reserve = 220 - age - restingBpm;
  return {
    min_bpm: [30, ...parts.map((part) => Math.round(restingBpm + part * reserve))],
    max_bpm: 220,
  };
}

/** The index of the zone that a heart rate lies in. */
export function zoneOf(bpm: number, { min_bpm }: ZoneBounds): number {
  return Math.max(0, min_bpm.findLastIndex((least) => bpm >= least));
}
