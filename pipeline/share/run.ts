/** A data root made fit to be handed on: tables and aggregates, nothing raw. */

import { createHash } from "node:crypto";
import { aggregatedTables, type AggregateInputs, type AggregatePart } from "../aggregate/inputs.ts";
import { runAggregate } from "../aggregate/run.ts";
import { tables, type TableSpec } from "../catalog.ts";
import { dayOfNumber } from "../day.ts";
import type { Effects } from "../effects.ts";
import { UserError } from "../errors.ts";
import { partFile, partitionOf } from "../layout.ts";
import { temporaryOf, writeDurably } from "../raw/durable.ts";
import { readColumns } from "../read_columns.ts";
import { civilDays } from "../transform/civil_days.ts";
import { join } from "../transform/column_rows.ts";
import { writeParquet } from "../transform/parquet/write.ts";
import { stopWhenTold } from "../turn_of_events.ts";
import { type Disguise, disguised } from "./disguise.ts";
import { shiftOf } from "./shift.ts";
import { droppedTables } from "./vocabulary.ts";

export interface ShareRequest {
  /** The data root to share from. */
  readonly root: string;
  /** Where the shared one goes, once it is whole; must not be there yet. */
  readonly out: string;
  /** The secret that the shifts come from. */
  readonly key: string;
}

/** Writes the shared data root; how many participants and rows it has. Throws a UserError. */
export async function runShare(
  { root, out, key }: ShareRequest,
  effects: Effects,
): Promise<{ participants: number; rows: number }> {
  const { files, signal } = effects;
  // Until it is whole, so that nobody takes for a copy what is half of one.
  const unfinished = temporaryOf(`${out}/copy`);
  if (files.list(out).some(({ name }) => `${out}/${name}` !== unfinished)) {
    throw new UserError(`There is something in "${out}" already`, {
      hint: "Name a folder that is not there yet",
    });
  }
  removeFolder(files, unfinished);
  // One a participant: an id has the same number in all tables, so that they can still be joined.
  const disguises = new Map<string, Disguise>();
  const parts = new Map<string, AggregatePart[]>();
  let rows = 0;
  for (const table of tables.filter(({ name }) => !droppedTables.includes(name))) {
    for (const participant of valuesBelow(`${root}/tables/${table.name}`, files)) {
      const disguise = disguises.get(participant) ??
        { shift_days: shiftOf(participant, key), numberOf: numbering() };
      disguises.set(participant, disguise);
      for await (const part of shareTable(table, participant, root, disguise, effects)) {
        await stopWhenTold(signal);
        writeDurably(
          files,
          `${unfinished}/${partFile(table.name, participant, part.partition)}`,
          part.bytes,
        );
        rows += part.rows;
        const list = parts.get(table.name) ?? [];
        list.push({
          participant,
          period: part.partition.slice(part.partition.indexOf("=") + 1),
          digest: createHash("sha256").update(part.bytes).digest("hex"),
        });
        parts.set(table.name, list);
      }
    }
  }
  if (disguises.size === 0) {
    throw new UserError(`There are no tables in "${root}"`, {
      hint: "Name the data root with --data, or run deno task pipeline first",
    });
  }
  const inputs: AggregateInputs = Object.fromEntries(
    aggregatedTables.map((table) => [table, parts.get(table) ?? []]),
  );
  await runAggregate(inputs, {
    ...effects,
    root: unfinished,
    checkpoints: { of: () => new Map(), record: () => {} },
  });
  for (const { name } of files.list(unfinished)) {
    files.rename(`${unfinished}/${name}`, `${out}/${name}`);
  }
  files.remove(unfinished);
  return { participants: disguises.size, rows };
}

interface SharedPart {
  readonly partition: string;
  readonly bytes: Uint8Array;
  readonly rows: number;
}

/** Days stay days, so parts of a day stay whole; those of a year meet other years' rows. */
async function* shareTable(
  table: TableSpec,
  participant: string,
  root: string,
  disguise: Disguise,
  { files }: Effects,
): AsyncGenerator<SharedPart> {
  const partitions = files.list(`${root}/tables/${table.name}/participant=${participant}`)
    .map(({ name }) => name);
  const groups = table.partition === "date" ? partitions.map((one) => [one]) : [partitions];
  for (const group of groups) {
    const read = await Promise.all(group.map((partition) => {
      const path = `${root}/${partFile(table.name, participant, partition)}`;
      return readColumns(table, files.read(path), path);
    }));
    const all = join(read.map((columns) => ({ columns, rows: undefined })), table.columns);
    const columns = disguised(table, all, disguise);
    const dayOf = civilDays(table, columns);
    const byPartition = new Map<string, number[]>();
    for (let row = 0; row < columns.rows; row++) {
      const partition = partitionOf(table, dayOfNumber(dayOf(row)));
      const rows = byPartition.get(partition) ?? [];
      rows.push(row);
      byPartition.set(partition, rows);
    }
    for (const [partition, rows] of byPartition) {
      const bytes = writeParquet(table, join([{ columns, rows }], table.columns));
      yield { partition, bytes, rows: rows.length };
    }
  }
}

/** Numbers ids in the order they come, a column for itself. */
function numbering(): Disguise["numberOf"] {
  const numbers = new Map<string, number>();
  return (column, id) => {
    const key = `${column} ${id}`;
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return number;
  };
}

/** With all that is in it; nothing where there is none. */
function removeFolder(files: Effects["files"], path: string): void {
  if (files.size(path) === undefined) return;
  for (const { name, isFolder } of files.list(path)) {
    if (isFolder) removeFolder(files, `${path}/${name}`);
    else files.remove(`${path}/${name}`);
  }
  files.remove(path);
}

function valuesBelow(folder: string, files: Effects["files"]): string[] {
  return files.list(folder).filter(({ isFolder }) => isFolder)
    .map(({ name }) => name.slice(name.indexOf("=") + 1));
}
