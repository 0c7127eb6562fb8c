/**
 * The aggregate stage: computes the days whose parts or code changed, and puts their rows between
 * those of the other days; then the weeks and months of those days. The result is the same, byte for
 * byte, as if all were computed anew.
 */

import type { ColumnSpec, TableSpec } from "../catalog.ts";
import type { Columns } from "../columns.ts";
import { dayOfNumber } from "../day.ts";
import type { Files, Talk } from "../effects.ts";
import { aggregateFile, partFile } from "../layout.ts";
import { civilDays } from "../transform/civil_days.ts";
import { columnNamed, join, type Selection } from "../transform/column_rows.ts";
import { stopWhenTold } from "../turn_of_events.ts";
import { aggregateDay, type DayAggregate, type DayRows, denseDayColumns } from "./aggregate_day.ts";
import { day, hour, minute, month, week } from "./catalog.ts";
import { dailyContributions, denseContributions } from "./contributions.ts";
import { dayPart, readsOf } from "./day_part.ts";
import {
  type AggregateInputs,
  type AggregatePart,
  type DayInput,
  participantsOf,
  type Parts,
} from "./inputs.ts";
import { overDays } from "./over_days.ts";
import { PartFiles } from "./part_files.ts";
import {
  checkpointOf,
  type Checkpoints,
  hasOwnParts,
  type LongPlan,
  outputsOf,
  planParticipant,
  weeksOf,
  yearAfter,
  yearDigest,
  type YearPlan,
} from "./plan.ts";
import { participantsPresent, presentOf } from "./present.ts";

/** Where it is kept from what each result was made, and in which aggregates it has rows. */
export interface AggregateCheckpoints {
  of(participant: string): Checkpoints;
  /** Keeps them, durably and all together; undefined: forgets that one. */
  record(participant: string, checkpoints: ReadonlyMap<string, string | undefined>): void;
}

export interface AggregateEffects {
  /** The data root. */
  readonly root: string;
  readonly files: Files;
  /** Whose aggregates are in this run's care; everybody's when undefined. */
  readonly participant?: string | undefined;
  readonly checkpoints: AggregateCheckpoints;
  readonly talk: Talk;
  readonly signal: AbortSignal;
}

/** What an aggregate run did. */
export interface AggregateSummary {
  /** Days with parts of their own. */
  readonly daysComputed: number;
  readonly daysLeftAlone: number;
  /** Days that had rows and have no part any more. */
  readonly daysDropped: number;
  /** Files that came out different. */
  readonly filesWritten: number;
  readonly filesRemoved: number;
}

/**
 * Brings the aggregates in step with the parts. Throws a UserError when a part cannot be read, and
 * the signal's reason when stopped; what is written by then is whole, and the next run goes on.
 */
export async function runAggregate(
  inputs: AggregateInputs,
  effects: AggregateEffects,
): Promise<AggregateSummary> {
  return await new AggregateRun(effects).run(inputs);
}

class AggregateRun {
  readonly #effects: AggregateEffects;
  readonly #parts: PartFiles;
  /** What was read for the last computed day, by path: of it the next needs what lasts beyond midnight. */
  #lastRead = new Map<string, Columns>();
  #total = 0;
  #visited = 0;
  #computed = 0;
  #dropped = 0;

  constructor(effects: AggregateEffects) {
    this.#effects = effects;
    this.#parts = new PartFiles(effects.root, effects.files);
  }

  async run(inputs: AggregateInputs): Promise<AggregateSummary> {
    const { root, files, participant, checkpoints } = this.#effects;
    const participants = participant === undefined
      ? new Set([...participantsOf(inputs), ...participantsPresent(root, files)])
      : [participant];
    const plans = Array.from(participants).sort().map((participant) => {
      const done = checkpoints.of(participant);
      const present = presentOf(root, files, participant);
      return { done, ...planParticipant(participant, inputs, done, present) };
    });
    const allYears = plans.flatMap(({ years }) => years);
    this.#total = allYears.reduce((sum, { compute }) => sum + compute.length, 0);
    for (const { years, long, done } of plans) {
      for (const plan of years) await this.#year(plan, done);
      for (const plan of long) await this.#long(plan);
    }
    return {
      daysComputed: this.#computed,
      daysLeftAlone: plans.reduce((sum, { left }) => sum + left, 0),
      daysDropped: this.#dropped,
      filesWritten: this.#parts.written,
      filesRemoved: this.#parts.removed,
    };
  }

  /** Does what is planned for a year; its checkpoints come last. */
  async #year(plan: YearPlan, done: Checkpoints): Promise<void> {
    const { participant, year, compute, drop, daily } = plan;
    const { checkpoints } = this.#effects;
    const hourFile = aggregateFile("hour", participant, `year=${year}`);
    const dayFile = aggregateFile("day", participant, `year=${year}`);
    const there = outputsOf(done.get(year));
    const hours = await this.#kept(hour, hour.columns, hourFile, plan, there);
    const days = await this.#kept(day, denseDayColumns, dayFile, plan, there);
    const dropped = drop.filter((one) => outputsOf(done.get(one)).length > 0);

    checkpoints.record(participant, plan.meanwhile);
    const outcome = new Map(plan.meanwhile);
    for (const input of compute) {
      const found = await this.#day(participant, input);
      hours.push({ columns: found.hour, rows: undefined });
      days.push({ columns: found.day, rows: undefined });
      outcome.set(
        input.day,
        checkpointOf(input.digest, { minute: found.minute, hour: found.hour, day: found.day }),
      );
    }
    const dailyColumns = await this.#daily(daily?.parts ?? new Map());
    const rows = { hour: sorted(hours), day: dayPart(join(days, denseDayColumns), dailyColumns) };
    this.#parts.keepInStep(hour, hourFile, rows.hour);
    this.#parts.keepInStep(day, dayFile, rows.day);
    for (const one of drop) {
      this.#parts.remove(aggregateFile("minute", participant, `date=${one}`));
    }
    this.#dropped += dropped.length;
    const digest = yearDigest(plan);
    outcome.set(year, digest === undefined ? undefined : checkpointOf(digest, rows));
    checkpoints.record(participant, outcome);
  }

  /** The rows of an aggregate's year that stay. */
  async #kept(
    table: TableSpec,
    columns: readonly ColumnSpec[],
    path: string,
    { keep }: YearPlan,
    there: readonly string[],
  ): Promise<Selection[]> {
    if (keep.size === 0 || !there.includes(table.name)) return [];
    const found = await this.#parts.read(table, path, columns.map(({ name }) => name));
    const dayOf = civilDays(table, found);
    const all = Array.from({ length: found.rows }, (_, row) => row);
    const dates = new Map(all.map((row) => [dayOf(row), dayOfNumber(dayOf(row))]));
    return [{ columns: found, rows: all.filter((row) => keep.has(dates.get(dayOf(row)) ?? "")) }];
  }

  /** Computes a day and writes its minutes. */
  async #day(participant: string, input: DayInput): Promise<DayAggregate> {
    const { signal, talk } = this.#effects;
    await stopWhenTold(signal);
    const tables = new Map<string, DayRows>();
    const read = new Map<string, Columns>();
    for (const { table, reads, lasts } of denseContributions) {
      const rowsOf = async (part: AggregatePart | undefined) => {
        if (part === undefined) return undefined;
        const path = pathOf(table, part);
        const columns = this.#lastRead.get(path) ?? await this.#parts.read(table, path, reads);
        if (lasts) read.set(path, columns);
        return columns;
      };
      tables.set(table.name, {
        own: await rowsOf(input.own.get(table.name)),
        before: lasts ? await rowsOf(input.before.get(table.name)) : undefined,
      });
    }
    this.#lastRead = read;
    const found = aggregateDay(input.day, tables);
    const path = aggregateFile("minute", participant, `date=${input.day}`);
    this.#parts.keepInStep(minute, path, found.minute);
    if (hasOwnParts(input)) this.#computed++;
    this.#visited++;
    talk.progress({ what: "Aggregating", done: this.#visited, total: this.#total, unit: "days" });
    return found;
  }

  async #daily(parts: Parts): Promise<Map<string, Columns>> {
    const found = new Map<string, Columns>();
    for (const contribution of dailyContributions) {
      const { table } = contribution;
      const part = parts.get(table.name);
      if (part === undefined) continue;
      found.set(
        table.name,
        await this.#parts.read(table, pathOf(table, part), readsOf(contribution)),
      );
    }
    return found;
  }

  /** Makes the weeks and months of a year from its days and the first of the next. */
  async #long({ participant, year, digest }: LongPlan): Promise<void> {
    const { checkpoints } = this.#effects;
    const unit = weeksOf(year);
    checkpoints.record(participant, new Map([[unit, undefined]]));
    const days = join(
      [await this.#days(participant, year), await this.#days(participant, yearAfter(year))],
      day.columns,
    );
    const rows = { week: overDays("week", year, days), month: overDays("month", year, days) };
    const fileOf = (grain: string) => aggregateFile(grain, participant, `year=${year}`);
    this.#parts.keepInStep(week, fileOf("week"), rows.week);
    this.#parts.keepInStep(month, fileOf("month"), rows.month);
    if (digest === undefined) return;
    checkpoints.record(participant, new Map([[unit, checkpointOf(digest, rows)]]));
  }

  /** The year's rows of days; none where there is no part. */
  async #days(participant: string, year: string): Promise<Selection> {
    const path = aggregateFile("day", participant, `year=${year}`);
    const names = day.columns.map(({ name }) => name);
    const { root, files } = this.#effects;
    const isThere = files.size(`${root}/${path}`) !== undefined;
    const columns = isThere ? await this.#parts.read(day, path, names) : join([], day.columns);
    return { columns, rows: undefined };
  }
}

function pathOf({ name, partition }: TableSpec, { participant, period }: AggregatePart): string {
  return partFile(name, participant, `${partition}=${period}`);
}

/** The rows of hours by time, then offset: on a journey the last of a day and the first of the next mix. */
function sorted(hours: readonly Selection[]): Columns {
  const rows = join(hours, hour.columns);
  const time = columnNamed(rows, "time", "timestamp_ms").values;
  const offset = columnNamed(rows, "utc_offset_s", "int32").values;
  const order = Array.from(time.keys())
    .sort((a, b) => time[a]! - time[b]! || offset[a]! - offset[b]!);
  return join([{ columns: rows, rows: order }], hour.columns);
}
