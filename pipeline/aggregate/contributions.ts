/**
 * Which table adds which columns to the aggregates, by which rule: the one place to add one, in the
 * file of its subject below contributions/. In the order of the columns; a table stands here once.
 *
 * Left out are tables whose rows are looked at one by one (ecg, irregular_rhythm, exercise_split,
 * sleep_stage, run_form, device, ...), those that say once more what another says (the steps of live_pace
 * are among those of steps), and those whose values do not compare: vo2_max holds estimates by several
 * methods, activity_series days that nothing tells from days without the watch.
 */

import type { Contribution, DailyContribution, DenseContribution } from "./contribution.ts";
import { activityContributions } from "./contributions/activity.ts";
import { bodyContributions } from "./contributions/body.ts";
import { exerciseContributions } from "./contributions/exercise.ts";
import { heartContributions } from "./contributions/heart.ts";
import { intakeContributions } from "./contributions/intake.ts";
import { scoreContributions } from "./contributions/scores.ts";
import { sleepContributions } from "./contributions/sleep.ts";
import { vitalsContributions } from "./contributions/vitals.ts";

/** All of them. */
export const contributions: readonly Contribution[] = [
  ...heartContributions,
  ...activityContributions,
  ...exerciseContributions,
  ...sleepContributions,
  ...scoreContributions,
  ...vitalsContributions,
  ...bodyContributions,
  ...intakeContributions,
];

/** Of tables with a part a day. */
export const denseContributions: readonly DenseContribution[] = contributions.filter((one) =>
  one.kind === "dense"
);

/** Of tables with a part a year. */
export const dailyContributions: readonly DailyContribution[] = contributions.filter((one) =>
  one.kind === "daily"
);
