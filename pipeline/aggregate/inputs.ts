/** The parts of a participant that are aggregated, by day and by year, with a digest of each. */

import { createHash } from "node:crypto";
import { addDays, type Day } from "../day.ts";
import { aggregates } from "./catalog.ts";
import { contributions, dailyContributions, denseContributions } from "./contributions.ts";

/** A part of a table that is aggregated. */
export interface AggregatePart {
  readonly participant: string;
  /** `2026-10-25` or `2026`, as the table is cut. */
  readonly period: string;
  /** Another one when the part holds other rows. */
  readonly digest: string;
}

/** The parts that there are to aggregate, by table, in any order. */
export type AggregateInputs = Readonly<Record<string, readonly AggregatePart[]>>;

/** The tables that are aggregated. */
export const aggregatedTables: readonly string[] = contributions.map(({ table }) => table.name);

/** Whose parts they are. */
export function participantsOf(inputs: AggregateInputs): Set<string> {
  const found = new Set<string>();
  for (const parts of Object.values(inputs)) for (const part of parts) found.add(part.participant);
  return found;
}

/** Parts by table. */
export type Parts = ReadonlyMap<string, AggregatePart>;

/** Of what a civil day is made. */
export interface DayInput {
  readonly day: Day;
  readonly own: Parts;
  /** Those of the day before, of which rows may last beyond midnight. */
  readonly before: Parts;
  readonly digest: string;
}

/** Of what the daily values of a year are made. */
export interface YearInput {
  readonly year: string;
  readonly parts: Parts;
  readonly digest: string;
}

/** The code is a part of what a result was made from. */
const code = digestOf(
  aggregates.map(({ version, columns }) => `${version} ${columns.map(({ name }) => name)}`),
);

/** The digest of what a result is made from. */
export function digestOf(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 32);
}

/** The parts of a day, and what there is to digest of them, as text: thousands of days have dozens. */
interface PartsOfDay {
  readonly parts: Map<string, AggregatePart>;
  own: string;
  /** Of tables whose rows may last beyond midnight. */
  lasting: string;
}

const nothing: PartsOfDay = { parts: new Map(), own: "", lasting: "" };

/** The days to which a participant's parts add something, by day, in order. */
export function dayInputs(participant: string, inputs: AggregateInputs): Map<Day, DayInput> {
  const byDay = new Map<Day, PartsOfDay>();
  for (const { table: { name }, lasts } of denseContributions) {
    for (const part of inputs[name] ?? []) {
      if (part.participant !== participant) continue;
      let ofDay = byDay.get(part.period);
      if (ofDay === undefined) {
        ofDay = { parts: new Map(), own: "", lasting: "" };
        byDay.set(part.period, ofDay);
      }
      const line = `${name} ${part.digest}\n`;
      ofDay.parts.set(name, part);
      ofDay.own += line;
      if (lasts) ofDay.lasting += line;
    }
  }
  const dayBefore = new Map(Array.from(byDay, ([day, parts]) => [addDays(day, 1), parts]));
  const days = new Set(byDay.keys());
  for (const [day, { lasting }] of dayBefore) if (lasting !== "") days.add(day);
  return new Map(
    Array.from(days).sort().map((day) => {
      const { parts: own, own: ownLines } = byDay.get(day) ?? nothing;
      const { parts: before, lasting } = dayBefore.get(day) ?? nothing;
      return [day, { day, own, before, digest: digestOf([code, ownLines, lasting]) }];
    }),
  );
}

/** The years with daily values of a participant. */
export function yearInputs(participant: string, inputs: AggregateInputs): Map<string, YearInput> {
  const found = dailyContributions.flatMap(({ table: { name } }) =>
    (inputs[name] ?? []).filter((part) => part.participant === participant)
      .map((part) => ({ name, part }))
  );
  return new Map(
    Array.from(Map.groupBy(found, ({ part }) => part.period), ([year, ofYear]) => {
      const parts = new Map(ofYear.map(({ name, part }) => [name, part]));
      const lines = ofYear.map(({ name, part }) => `${name} ${part.digest}`);
      return [year, { year, parts, digest: digestOf([code, ...lines]) }];
    }),
  );
}
