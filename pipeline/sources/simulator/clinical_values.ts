/** What only a few days have: an ECG that the person takes, a notification of an irregular rhythm. */

import { dayNumber } from "../../day.ts";
import type { Day } from "../../day.ts";
import type { Body } from "./body.ts";
import { near, seeded } from "./random.ts";
import { longId } from "./stretches.ts";
import { type Moment, momentAt, momentsOf } from "./wall_time.ts";

export interface Ecg {
  readonly id: string;
  readonly time_ms: number;
  /** Undefined for a reading that the service holds without its offset, as it does old ones. */
  readonly utc_offset_s: number | undefined;
  /** Words of the Google Health API. */
  readonly result: string;
  readonly bpm: number;
  readonly samplingFrequency_hz: number;
  /** Steps of the converter to a millivolt. */
  readonly stepsPerMillivolt: number;
  readonly samples: readonly number[];
}

export interface AlertWindow extends Moment {
  readonly end_ms: number;
  readonly positive: boolean;
  readonly beats: readonly (Moment & { readonly bpm: number })[];
}

export interface RhythmAlert extends Moment {
  readonly id: string;
  readonly windows: readonly AlertWindow[];
}

/** How the person stands to notifications of an irregular rhythm. */
export const rhythmProfile = { onboarded: true, enrolled: false } as const;

/** Model of the watch, as clinical records name it. */
export const clinicalDevice = "Charge 6";

const samplingFrequency_hz = 250;
const ecg_s = 30;
const window_ms = 300_000;

/** A reading in the evening, on one day in eleven. */
export function ecgsOf({ person, zones }: Body, day: Day): Ecg[] {
  const number = dayNumber(day);
  if (day < person.memberSince || number % 11 !== 5) return [];
  const random = seeded(person.seed, "ecg", day);
  const bpm = 60 + Math.floor(random() * 20);
  return momentsOf(zones, day, 20 * 3600 + 913).map(({ time_ms, utc_offset_s }) => ({
    id: longId(time_ms, random),
    time_ms,
    utc_offset_s: Math.floor(number / 11) % 2 === 0 ? undefined : utc_offset_s,
    result: random() < 0.5 ? "NORMAL_SINUS_RHYTHM" : "INCONCLUSIVE",
    bpm,
    samplingFrequency_hz,
    stepsPerMillivolt: 10_922,
    samples: Array.from({ length: ecg_s * samplingFrequency_hz }, (_, i) => {
      const phase = ((i / samplingFrequency_hz) * bpm / 60) % 1;
      const beat = phase < 0.04 ? 11_000 * Math.sin((phase / 0.04) * Math.PI) : 0;
      return Math.round(beat + near(0, 160, random));
    }),
  }));
}

/** A notification in the small hours of one day in thirteen, about the five windows before it. */
export function rhythmAlertsOf({ person, zones }: Body, day: Day): RhythmAlert[] {
  if (day < person.memberSince || dayNumber(day) % 13 !== 4) return [];
  const random = seeded(person.seed, "rhythm alert", day);
  return momentsOf(zones, day, 3 * 3600).map((moment) => ({
    ...moment,
    id: longId(moment.time_ms, random),
    windows: Array.from({ length: 5 }, (_, index): AlertWindow => {
      const start = moment.time_ms + index * window_ms;
      return {
        ...momentAt(zones, start),
        end_ms: start + window_ms,
        positive: index !== 2,
        beats: Array.from({ length: 12 }, (_, beat) => ({
          ...momentAt(zones, start + beat * 800),
          bpm: 55 + Math.floor(random() * 60),
        })),
      };
    }),
  }));
}
