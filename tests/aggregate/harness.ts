/** A data root in which parts come and go, and its aggregates. */

import type { AggregatePart } from "../../pipeline/aggregate/inputs.ts";
import {
  type AggregateCheckpoints,
  type AggregateSummary,
  runAggregate,
} from "../../pipeline/aggregate/run.ts";
import { tableNamed, type TableSpec } from "../../pipeline/catalog.ts";
import { type Day, dayNumber, MS_PER_DAY } from "../../pipeline/day.ts";
import { aggregateFile, partFile, partitionOf } from "../../pipeline/layout.ts";
import { readColumns } from "../../pipeline/read_columns.ts";
import { writeParquet } from "../../pipeline/transform/parquet/write.ts";
import { KeptTalk, WatchedFiles } from "../support/effects.ts";
import { columnsOfRows, type Row, rowsOfColumns } from "../support/number_rows.ts";

/** Checkpoints in memory. */
class HeldCheckpoints implements AggregateCheckpoints {
  readonly #held = new Map<string, Map<string, string>>();

  of(participant: string): Map<string, string> {
    let held = this.#held.get(participant);
    if (held === undefined) this.#held.set(participant, held = new Map());
    return held;
  }

  record(participant: string, checkpoints: ReadonlyMap<string, string | undefined>): void {
    for (const [unit, digest] of checkpoints) {
      if (digest === undefined) this.of(participant).delete(unit);
      else this.of(participant).set(unit, digest);
    }
  }
}

export class Bench {
  readonly files = new WatchedFiles();
  readonly talk = new KeptTalk();
  readonly checkpoints = new HeldCheckpoints();
  /** By path. */
  readonly #parts = new Map<string, { table: string; part: AggregatePart }>();

  constructor(readonly root: string) {}

  /** Puts a part of those rows, in UTC and of Google Health where they do not say otherwise. */
  put(name: string, day: Day, rows: readonly Row[], participant = "me"): void {
    const table = tableNamed(name);
    const partition = partitionOf(table, day);
    const path = partFile(name, participant, partition);
    const defaults = { utc_offset_s: 0, duration_s: 60, source: "google-health" };
    const filled = rows.map((row) => ({ ...defaults, ...row }));
    this.#write(path, writeParquet(table, columnsOfRows(table, filled)));
    const period = partition.slice(partition.indexOf("=") + 1);
    const part = { participant, period, digest: JSON.stringify(filled) };
    this.#parts.set(path, { table: name, part });
  }

  drop(name: string, day: Day, participant = "me"): void {
    const path = partFile(name, participant, partitionOf(tableNamed(name), day));
    if (this.#parts.delete(path)) Deno.removeSync(`${this.root}/${path}`);
  }

  /** A day of heart rate; another version has other samples. */
  putHeartRate(day: Day, version = 1, participant = "me"): void {
    const rows = Array.from({ length: 20 + version }, (_, i) => ({
      time: dayNumber(day) * MS_PER_DAY + i * 700_000,
      bpm: 50 + i * version + dayNumber(day) % 7,
    }));
    this.put("heart_rate", day, rows, participant);
  }

  inputs(): Record<string, AggregatePart[]> {
    const inputs: Record<string, AggregatePart[]> = {};
    for (const { table, part } of this.#parts.values()) (inputs[table] ??= []).push(part);
    return inputs;
  }

  run(): Promise<AggregateSummary> {
    return runAggregate(this.inputs(), { ...this, signal: new AbortController().signal });
  }

  /** The same parts aggregated in an empty root. */
  async rebuilt(): Promise<Map<string, string>> {
    const fresh = new Bench(`${this.root}.fresh`);
    Deno.mkdirSync(fresh.root);
    for (const path of this.#parts.keys()) {
      fresh.#write(path, Deno.readFileSync(`${this.root}/${path}`));
    }
    await runAggregate(this.inputs(), { ...fresh, signal: new AbortController().signal });
    const contents = fresh.contents();
    Deno.removeSync(fresh.root, { recursive: true });
    return contents;
  }

  /** Every file of the aggregates with its bytes. */
  contents(folder = "aggregates"): Map<string, string> {
    const found = new Map<string, string>();
    for (const entry of this.files.list(`${this.root}/${folder}`)) {
      const path = `${folder}/${entry.name}`;
      if (entry.isFolder) {
        for (const [name, bytes] of this.contents(path)) found.set(name, bytes);
      } else found.set(path, Deno.readFileSync(`${this.root}/${path}`).toBase64());
    }
    return found;
  }

  async rows(table: TableSpec, partition: string): Promise<Row[]> {
    const path = aggregateFile(table.name, "me", partition);
    const bytes = Deno.readFileSync(`${this.root}/${path}`);
    return rowsOfColumns(await readColumns(table, bytes, path));
  }

  #write(path: string, bytes: Uint8Array): void {
    const file = `${this.root}/${path}`;
    Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    Deno.writeFileSync(file, bytes);
  }
}

/** Runs the work on a bench in a folder of its own. */
export async function onBench(work: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    Deno.mkdirSync(`${folder}/data`);
    await work(new Bench(`${folder}/data`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
