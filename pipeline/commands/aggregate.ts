/** `deno task aggregate`: tables to minutes, hours, days, weeks and months. */

import { aggregatedTables, type AggregateInputs } from "../aggregate/inputs.ts";
import { runAggregate } from "../aggregate/run.ts";
import type { Effects } from "../effects.ts";
import { type ExitCode, exitCode } from "../errors.ts";
import { type DataRoot, openDataRoot } from "../raw/data_root.ts";
import type { Ledger } from "../raw/ledger.ts";
import { counted } from "../terminal/counted.ts";
import type { Command } from "./command.ts";

export const aggregate: Command = {
  spec: {
    name: "aggregate",
    about:
      "Turns tables into minutes, hours, days, weeks and months of the wearer's clock: sums, means," +
      "\nextremes, and how much was measured. Only days that changed are computed.",
    options: [],
  },
  async run({ root, effects }) {
    using data = openDataRoot(root, "aggregate", effects);
    return await aggregateAndTell(data, effects);
  },
};

/** Runs the stage and says what it did. */
export async function aggregateAndTell(data: DataRoot, effects: Effects): Promise<ExitCode> {
  const { ledger } = data;
  const summary = await runAggregate(inputsOf(ledger), {
    ...effects,
    root: data.root,
    participant: data.holding.participant,
    checkpoints: {
      of: (participant) => ledger.aggregates(participant),
      record: (participant, checkpoints) =>
        ledger.transaction(() =>
          checkpoints.forEach((digest, period) =>
            ledger.recordAggregate(participant, period, digest)
          )
        ),
    },
  });
  const { daysComputed, daysLeftAlone, daysDropped, filesWritten, filesRemoved } = summary;
  effects.talk.say(
    daysComputed + daysDropped + filesWritten + filesRemoved === 0
      ? `Aggregates: all ${counted(daysLeftAlone, "day is", "days are")} up to date`
      : `Aggregates: ${counted(daysComputed, "day")} computed, ${counted(filesWritten, "file")} ` +
        `written, ${counted(daysLeftAlone, "day")} up to date`,
  );
  return exitCode.done;
}

function inputsOf(ledger: Ledger): AggregateInputs {
  return Object.fromEntries(aggregatedTables.map((table) => [
    table,
    ledger.filledParts(table).map(({ participant, partition, sha256 }) => ({
      participant,
      period: partition.slice(partition.indexOf("=") + 1),
      digest: sha256,
    })),
  ]));
}
