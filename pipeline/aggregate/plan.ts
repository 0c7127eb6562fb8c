/**
 * Which days have to be aggregated: those whose heart rate came out of other documents or other code
 * than what the checkpoint says, and those whose result is not there.
 */

import type { Day } from "../day.ts";
import { aggregates } from "./catalog.ts";

/** A part of `heart_rate`. */
export interface DayPart {
  readonly participant: string;
  readonly day: Day;
  /** The file, from the data root on. */
  readonly path: string;
  /** Another one when the part holds other rows. */
  readonly digest: string;
}

/** A part of `resting_heart_rate`. */
export interface YearPart {
  readonly participant: string;
  /** `2026`. */
  readonly year: string;
  readonly path: string;
  readonly digest: string;
}

/** The parts that there are to aggregate, by table, in any order. */
export interface AggregateInputs {
  readonly heart_rate: readonly DayPart[];
  readonly resting_heart_rate: readonly YearPart[];
}

/**
 * From what the aggregates of a day or a year were made: by `2026-10-25` its heart rate, by `2026`
 * its daily values.
 */
export type Checkpoints = ReadonlyMap<string, string>;

/** What there is of a participant's aggregates on the disk. */
export interface Present {
  /** Days with a part of minutes. */
  readonly minute: ReadonlySet<Day>;
  /** Years with a part of hours, of days. */
  readonly hour: ReadonlySet<string>;
  readonly day: ReadonlySet<string>;
}

/** What is to be done for one year of one participant. */
export interface YearPlan {
  readonly participant: string;
  readonly year: string;
  /** Days to compute, in order. */
  readonly compute: readonly DayPart[];
  /** Days whose rows are taken from the parts that are there. */
  readonly keep: ReadonlySet<Day>;
  /** Days of which nothing must stay, in order. */
  readonly drop: readonly Day[];
  readonly resting: YearPart | undefined;
  /** The checkpoints once it is done; undefined where there must be none. */
  readonly checkpoints: ReadonlyMap<string, string | undefined>;
}

/**
 * The years of a participant in which something is to be done, in order, and how many days stay as
 * they are.
 */
export function planParticipant(
  participant: string,
  inputs: AggregateInputs,
  done: Checkpoints,
  present: Present,
): { plans: YearPlan[]; left: number } {
  const days = inputs.heart_rate.filter((part) => part.participant === participant);
  const years = inputs.resting_heart_rate.filter((part) => part.participant === participant);
  const units = [
    ...days.map((part) => part.day),
    ...years.map((part) => part.year),
    ...done.keys(),
    ...present.minute,
    ...present.hour,
    ...present.day,
  ];
  const daysOf = Map.groupBy(days, (part) => yearOf(part.day));
  const unitsOf = Map.groupBy(units, yearOf);
  const plans: YearPlan[] = [];
  let left = 0;
  for (const year of Array.from(unitsOf.keys()).sort()) {
    const parts = daysOf.get(year) ?? [];
    const resting = years.find((part) => part.year === year);
    const plan = planYear(
      participant,
      year,
      parts,
      resting,
      unitsOf.get(year) ?? [],
      done,
      present,
    );
    left += plan.keep.size;
    if (!isDone(plan, done, present)) plans.push(plan);
  }
  return { plans, left };
}

function yearOf(unit: string): string {
  return unit.slice(0, 4);
}

/** The code is a part of what a result was made from. */
function digestOf(input: string): string {
  return `${aggregates.map((table) => table.version).join(".")} ${input}`;
}

function planYear(
  participant: string,
  year: string,
  parts: readonly DayPart[],
  resting: YearPart | undefined,
  units: readonly string[],
  done: Checkpoints,
  present: Present,
): YearPlan {
  const isThere = present.hour.has(year) && present.day.has(year);
  const isCurrent = ({ day, digest }: DayPart) =>
    isThere && present.minute.has(day) && done.get(day) === digestOf(digest);
  const checkpoints = new Map<string, string | undefined>(
    parts.map(({ day, digest }) => [day, digestOf(digest)]),
  );
  const gone = units.filter((unit) => unit !== year && !checkpoints.has(unit));
  for (const day of gone) checkpoints.set(day, undefined);
  const isEmpty = parts.length === 0 && resting === undefined;
  checkpoints.set(year, isEmpty ? undefined : digestOf(resting?.digest ?? "nothing"));
  return {
    participant,
    year,
    compute: parts.filter((part) => !isCurrent(part)).sort((a, b) => (a.day < b.day ? -1 : 1)),
    keep: new Set(parts.filter(isCurrent).map(({ day }) => day)),
    drop: Array.from(new Set(gone)).sort(),
    resting,
    checkpoints,
  };
}

/** Whether the year is as it should be already. */
function isDone(plan: YearPlan, done: Checkpoints, present: Present): boolean {
  const { year, compute, keep, drop, resting, checkpoints } = plan;
  return compute.length === 0 && drop.length === 0 &&
    present.hour.has(year) === keep.size > 0 &&
    present.day.has(year) === (keep.size > 0 || resting !== undefined) &&
    done.get(year) === checkpoints.get(year);
}
