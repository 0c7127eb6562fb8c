/**
 * What has to be aggregated: days, years of daily values, and years of weeks and months that came out
 * of other parts or other code than what their checkpoint says, and those whose files are not there.
 */

import { addDays, type Day } from "../day.ts";
import {
  type AggregateInputs,
  type DayInput,
  dayInputs,
  digestOf,
  type YearInput,
  yearInputs,
} from "./inputs.ts";
import { lastDayOfWeeks } from "./over_days.ts";

/**
 * From what a result was made, then the aggregates in which it has rows: by `2026-10-25` a day, by
 * `2026` the daily values of a year, by `2026 weeks` its weeks and months.
 */
export type Checkpoints = ReadonlyMap<string, string>;

/** What there is of a participant's aggregates on the disk: days for minutes, else years. */
export interface Present {
  readonly minute: ReadonlySet<Day>;
  readonly hour: ReadonlySet<string>;
  readonly day: ReadonlySet<string>;
  readonly week: ReadonlySet<string>;
  readonly month: ReadonlySet<string>;
}

/** What is to be done for one year of one participant. */
export interface YearPlan {
  readonly participant: string;
  readonly year: string;
  /** Days to compute, in order. */
  readonly compute: readonly DayInput[];
  /** Days whose rows are taken from the parts that are there. */
  readonly keep: ReadonlySet<Day>;
  /** Days of which nothing must stay, in order. */
  readonly drop: readonly Day[];
  readonly daily: YearInput | undefined;
  /** Checkpoints that do not hold from the first write on, with what to say meanwhile. */
  readonly meanwhile: ReadonlyMap<string, string | undefined>;
}

/** Weeks and months of a year to be made from the days of that year and the next. */
export interface LongPlan {
  readonly participant: string;
  readonly year: string;
  /** Undefined when nothing must stay. */
  readonly digest: string | undefined;
}

/** What is to be done for a participant. */
export interface ParticipantPlan {
  readonly years: readonly YearPlan[];
  readonly long: readonly LongPlan[];
  /** Days with parts of their own that stay as they are. */
  readonly left: number;
}

/** The years in which something is to be done, in order. */
export function planParticipant(
  participant: string,
  inputs: AggregateInputs,
  done: Checkpoints,
  present: Present,
): ParticipantPlan {
  const days = dayInputs(participant, inputs);
  const daily = yearInputs(participant, inputs);
  const known = [
    ...days.keys(),
    ...daily.keys(),
    ...Array.from(done.keys()).filter((unit) => !unit.endsWith(weeks)),
    ...present.minute,
    ...present.hour,
    ...present.day,
  ];
  const byYear = Map.groupBy(new Set(known), yearOf);
  const years = Array.from(byYear.keys()).sort();
  const state: State = { participant, days, daily, done, present };
  const plans = years.map((year) => planYear(state, year, byYear.get(year) ?? []));
  const kept = plans.flatMap(({ keep }) => Array.from(keep));
  return {
    years: plans.filter((plan) => !isDone(plan, state)),
    long: planLong(state, byYear),
    left: kept.filter((day) => hasOwnParts(days.get(day))).length,
  };
}

/** Whether a day has parts of its own, not just those of the day before. */
export function hasOwnParts(day: DayInput | undefined): boolean {
  return day !== undefined && day.own.size > 0;
}

/** The checkpoint of what was made from inputs of that digest: its rows, by aggregate. */
export function checkpointOf(
  digest: string,
  outputs: Partial<Record<keyof Present, { readonly rows: number }>>,
): string {
  const filled = Object.entries(outputs).filter(([, { rows }]) => rows > 0);
  return [digest, ...filled.map(([grain]) => grain)].join(" ");
}

/** The aggregates in which a result has rows. */
export function outputsOf(checkpoint: string | undefined): string[] {
  return checkpoint?.split(" ").slice(1) ?? [];
}

/** The unit under which weeks and months of a year are kept. */
export function weeksOf(year: string): string {
  return `${year}${weeks}`;
}

interface State {
  readonly participant: string;
  readonly days: ReadonlyMap<Day, DayInput>;
  readonly daily: ReadonlyMap<string, YearInput>;
  readonly done: Checkpoints;
  readonly present: Present;
}

const weeks = " weeks";

/** No result has this digest: what it says was made is being made anew. */
const unfinished = "unfinished";

function yearOf(unit: string): string {
  return unit.slice(0, 4);
}

function digestIn(checkpoint: string | undefined): string | undefined {
  return checkpoint?.split(" ")[0];
}

/** Whether those of the aggregates are there in which the checkpoint says that there are rows. */
function isThere(
  checkpoint: string | undefined,
  of: Partial<Record<keyof Present, boolean>>,
): boolean {
  const outputs = outputsOf(checkpoint);
  return Object.entries(of).every(([grain, isPresent]) => outputs.includes(grain) === isPresent);
}

function planYear(
  { participant, days, daily, done, present }: State,
  year: string,
  units: readonly string[],
): YearPlan {
  const ofYear = units.flatMap((unit) => days.get(unit) ?? []);
  const isWhole = done.has(year) && isThere(done.get(year), yearPresent(year, present));
  const isCurrent = ({ day, digest }: DayInput) =>
    isWhole && digestIn(done.get(day)) === digest &&
    isThere(done.get(day), { minute: present.minute.has(day) });
  const compute = ofYear.filter((input) => !isCurrent(input));
  const drop = units.filter((unit) => unit !== year && !days.has(unit)).sort();
  const before = done.get(year);
  return {
    participant,
    year,
    compute,
    keep: new Set(ofYear.filter(isCurrent).map(({ day }) => day)),
    drop,
    daily: daily.get(year),
    meanwhile: new Map([
      [year, before?.replace(/^\S+/, unfinished)],
      ...compute.map(({ day }): [string, undefined] => [day, undefined]),
      ...drop.map((day): [string, undefined] => [day, undefined]),
    ]),
  };
}

function yearPresent(year: string, present: Present): { hour: boolean; day: boolean } {
  return { hour: present.hour.has(year), day: present.day.has(year) };
}

/** The digest of a year's daily values; undefined where there must not be a year. */
export function yearDigest({ compute, keep, daily }: YearPlan): string | undefined {
  if (compute.length + keep.size === 0 && daily === undefined) return undefined;
  return daily?.digest ?? digestOf(["no daily values"]);
}

/** Whether the year is as it should be already. */
function isDone(plan: YearPlan, { done, present }: State): boolean {
  const { year, compute, drop } = plan;
  return compute.length === 0 && drop.length === 0 &&
    digestIn(done.get(year)) === yearDigest(plan) &&
    isThere(done.get(year), yearPresent(year, present));
}

/** The years whose weeks and months have to be made. */
function planLong(
  { participant, days, daily, done, present }: State,
  byYear: ReadonlyMap<string, readonly string[]>,
): LongPlan[] {
  const linesOf = (year: string, lastDay?: Day) => {
    const ofYear = (byYear.get(year) ?? []).flatMap((unit) => days.get(unit) ?? [])
      .filter(({ day }) => lastDay === undefined || day <= lastDay);
    return [...ofYear.map(({ day, digest }) => `${day} ${digest}`), daily.get(year)?.digest ?? ""];
  };
  const used = new Set([...Array.from(days.keys(), yearOf), ...daily.keys()]);
  // The first days of a year may be of a week of the one before.
  const wanted = new Set(Array.from(used).flatMap((year) => [yearBefore(year), year]));
  const known = new Set([
    ...wanted,
    ...Array.from(done.keys()).filter((unit) => unit.endsWith(weeks)).map(yearOf),
    ...present.week,
    ...present.month,
  ]);
  return Array.from(known).sort().flatMap((year) => {
    const last = lastDayOfWeeks(year);
    const lines = [...linesOf(year), ...linesOf(yearAfter(year), last)];
    const digest = wanted.has(year) ? digestOf(lines) : undefined;
    const checkpoint = done.get(weeksOf(year));
    const there = { week: present.week.has(year), month: present.month.has(year) };
    const isCurrent = digestIn(checkpoint) === digest && isThere(checkpoint, there);
    return isCurrent ? [] : [{ participant, year, digest }];
  });
}

export function yearAfter(year: string): string {
  return yearOf(addDays(`${year}-12-31`, 1));
}

function yearBefore(year: string): string {
  return yearOf(addDays(`${year}-01-01`, -1));
}
