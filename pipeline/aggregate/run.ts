/**
 * The aggregate stage: computes the days whose parts or code changed, and puts their rows between
 * those of the other days. The result is the same, byte for byte, as if all were computed anew.
 */

import { Buffer } from "node:buffer";
import { heartRate, restingHeartRate, type TableSpec } from "../catalog.ts";
import { dayAt, dayOfNumber } from "../day.ts";
import type { Files, Talk } from "../effects.ts";
import { aggregateFile } from "../layout.ts";
import { writeDurably } from "../raw/durable.ts";
import { readColumns } from "../read_columns.ts";
import { writeParquet } from "../transform/parquet/write.ts";
import { day, hour, minute } from "./catalog.ts";
import { aggregateDay, type HeartRateSamples } from "./heart_rate.ts";
import {
  type AggregateInputs,
  type Checkpoints,
  type DayPart,
  planParticipant,
  type YearPart,
  type YearPlan,
} from "./plan.ts";
import { participantsPresent, presentOf } from "./present.ts";
import { withResting } from "./resting_heart_rate.ts";
import { columnsOfRows, type Row, rowsOfColumns, sortedRows } from "./rows.ts";

/** Where it is kept from what each day and each year of aggregates was made. */
export interface AggregateCheckpoints {
  of(participant: string): Checkpoints;
  /** Keeps them, durably and all together; undefined: forgets that day or year. */
  record(participant: string, checkpoints: ReadonlyMap<string, string | undefined>): void;
}

export interface AggregateEffects {
  /** The data root. */
  readonly root: string;
  readonly files: Files;
  readonly checkpoints: AggregateCheckpoints;
  readonly talk: Talk;
  readonly signal: AbortSignal;
}

/** What an aggregate run did. */
export interface AggregateSummary {
  readonly daysComputed: number;
  readonly daysLeftAlone: number;
  /** Days whose heart rate is gone. */
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
  #computed = 0;
  #written = 0;
  #removed = 0;

  constructor(effects: AggregateEffects) {
    this.#effects = effects;
  }

  async run(inputs: AggregateInputs): Promise<AggregateSummary> {
    const { root, files, checkpoints } = this.#effects;
    const participants = new Set([
      ...inputs.heart_rate.map((part) => part.participant),
      ...inputs.resting_heart_rate.map((part) => part.participant),
      ...participantsPresent(root, files),
    ]);
    const plans: YearPlan[] = [];
    let daysLeftAlone = 0;
    for (const participant of Array.from(participants).sort()) {
      const present = presentOf(root, files, participant);
      const planned = planParticipant(participant, inputs, checkpoints.of(participant), present);
      plans.push(...planned.plans);
      daysLeftAlone += planned.left;
    }
    const total = plans.reduce((sum, plan) => sum + plan.compute.length, 0);
    for (const plan of plans) await this.#year(plan, total);
    return {
      daysComputed: this.#computed,
      daysLeftAlone,
      daysDropped: plans.reduce((sum, plan) => sum + plan.drop.length, 0),
      filesWritten: this.#written,
      filesRemoved: this.#removed,
    };
  }

  /** Does what is planned for a year; its checkpoints come last. */
  async #year(plan: YearPlan, total: number): Promise<void> {
    const { participant, compute, keep, drop, resting } = plan;
    const { talk, signal, checkpoints } = this.#effects;
    const minuteFile = (ofDay: string) => aggregateFile("minute", participant, `date=${ofDay}`);
    const hourFile = aggregateFile("hour", participant, `year=${plan.year}`);
    const dayFile = aggregateFile("day", participant, `year=${plan.year}`);

    const hours = keep.size === 0 ? [] : (await this.#rows(hour, hourFile))
      .filter((row) => keep.has(dayAt(Number(row["time"]), Number(row["utc_offset_s"]))));
    const days = keep.size === 0 ? [] : (await this.#rows(day, dayFile))
      .filter((row) => keep.has(dayOfNumber(Number(row["date"]))));
    for (const part of compute) {
      signal.throwIfAborted();
      const found = aggregateDay(part.day, await this.#samples(part));
      this.#write(minute, minuteFile(part.day), found.minute);
      hours.push(...found.hour);
      if (found.day !== undefined) days.push(found.day);
      this.#computed++;
      talk.progress({ what: "Aggregating", done: this.#computed, total, unit: "days" });
    }
    const hasDays = keep.size + compute.length > 0;
    if (hasDays) this.#write(hour, hourFile, hours);
    else this.#remove(hourFile);
    if (hasDays || resting !== undefined) {
      this.#write(day, dayFile, withResting(days, await this.#resting(resting)));
    } else this.#remove(dayFile);
    for (const ofDay of drop) this.#remove(minuteFile(ofDay));
    checkpoints.record(participant, plan.checkpoints);
  }

  async #samples({ path }: DayPart): Promise<HeartRateSamples> {
    const names = ["time", "utc_offset_s", "bpm"];
    const { columns } = await readColumns(heartRate, this.#read(path), path, names);
    const { time, utc_offset_s, bpm } = columns;
    if (
      time?.type !== "timestamp_ms" || utc_offset_s?.type !== "int32" || bpm?.type !== "int32"
    ) throw new TypeError(`Cannot aggregate "${path}": expected the columns of heart_rate`);
    return { time: time.values, utc_offset_s: utc_offset_s.values, bpm: bpm.values };
  }

  async #resting(part: YearPart | undefined): Promise<Row[]> {
    return part === undefined ? [] : await this.#rows(restingHeartRate, part.path);
  }

  async #rows(table: TableSpec, path: string): Promise<Row[]> {
    return rowsOfColumns(await readColumns(table, this.#read(path), path));
  }

  #read(path: string): Uint8Array {
    return this.#effects.files.read(`${this.#effects.root}/${path}`);
  }

  /** Writes the part unless the same is there. */
  #write(table: TableSpec, path: string, rows: readonly Row[]): void {
    const { root, files } = this.#effects;
    const bytes = writeParquet(table, columnsOfRows(table, sortedRows(table, rows)));
    const file = `${root}/${path}`;
    if (files.size(file) === bytes.length && Buffer.compare(files.read(file), bytes) === 0) return;
    writeDurably(files, file, bytes);
    this.#written++;
  }

  #remove(path: string): void {
    const { root, files } = this.#effects;
    const file = `${root}/${path}`;
    if (files.size(file) === undefined) return;
    files.remove(file);
    this.#removed++;
  }
}
