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
  /** The file, from the data root on. */
  readonly path: string;
  /** Another one when the part holds other rows. */
  readonly digest: string;
}

/** The parts that there are to aggregate, by table, in any order. */
export type AggregateInputs = Readonly<Record<string, readonly AggregatePart[]>>;

/** The tables that are aggregated. */
export const aggregatedTables: readonly string[] = contributions.map(({ table }) => table.name);

/** Of what a civil day is made. */
export interface DayInput {
  readonly day: Day;
  /** Its own parts, by table. */
  readonly own: ReadonlyMap<string, AggregatePart>;
  /** Parts of the day before whose rows may last beyond midnight, by table. */
  readonly before: ReadonlyMap<string, AggregatePart>;
  readonly digest: string;
}

/** Of what the daily values of a year are made. */
export interface YearInput {
  readonly year: string;
  readonly parts: ReadonlyMap<string, AggregatePart>;
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

/** The days to which a participant's parts add something, by day, in order. */
export function dayInputs(participant: string, inputs: AggregateInputs): Map<Day, DayInput> {
  const own = new Map<Day, Map<string, AggregatePart>>();
  const before = new Map<Day, Map<string, AggregatePart>>();
  for (const { table: { name }, lasts } of denseContributions) {
    for (const part of inputs[name] ?? []) {
      if (part.participant !== participant) continue;
      put(own, part.period, name, part);
      if (lasts) put(before, part.period, name, part);
    }
  }
  const none = new Map<string, AggregatePart>();
  const days = new Set([...own.keys(), ...Array.from(before.keys(), (day) => addDays(day, 1))]);
  return new Map(
    Array.from(days).sort().map((day) => {
      const input = { own: own.get(day) ?? none, before: before.get(addDays(day, -1)) ?? none };
      const lines = [code, ...linesOf("own", input.own), ...linesOf("before", input.before)];
      return [day, { day, ...input, digest: digestOf(lines) }];
    }),
  );
}

function put<V>(into: Map<Day, Map<string, V>>, day: Day, name: string, value: V): void {
  const found = into.get(day);
  if (found === undefined) into.set(day, new Map([[name, value]]));
  else found.set(name, value);
}

/** The years with daily values of a participant. */
export function yearInputs(participant: string, inputs: AggregateInputs): Map<string, YearInput> {
  const parts = dailyContributions.flatMap(({ table: { name } }) =>
    (inputs[name] ?? []).filter((part) => part.participant === participant)
      .map((part) => ({ name, part }))
  );
  return new Map(
    Array.from(Map.groupBy(parts, ({ part }) => part.period), ([year, ofYear]) => {
      const byTable = new Map(ofYear.map(({ name, part }) => [name, part]));
      return [year, { year, parts: byTable, digest: digestOf([code, ...linesOf("own", byTable)]) }];
    }),
  );
}

function linesOf(what: string, parts: ReadonlyMap<string, AggregatePart>): string[] {
  return Array.from(parts, ([table, { digest }]) => `${what} ${table} ${digest}`);
}
