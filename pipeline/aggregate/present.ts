/** Which parts of aggregates lie on the disk. */

import type { Files } from "../effects.ts";
import { aggregateFile } from "../layout.ts";
import { aggregates } from "./catalog.ts";
import type { Present } from "./plan.ts";

/** What there is of a participant's aggregates. */
export function presentOf(root: string, files: Files, participant: string): Present {
  const partitions = (grain: string) => {
    const fileOf = (partition: string) => `${root}/${aggregateFile(grain, participant, partition)}`;
    const names = files.list(above(fileOf("any"), 2)).map(({ name }) => name)
      .filter((name) => files.size(fileOf(name)) !== undefined);
    return new Set(names.map(valueOf));
  };
  return {
    minute: partitions("minute"),
    hour: partitions("hour"),
    day: partitions("day"),
    week: partitions("week"),
    month: partitions("month"),
  };
}

/** Participants that have, or had, aggregates. */
export function participantsPresent(root: string, files: Files): Set<string> {
  const grains = aggregates.map(({ name }) =>
    above(`${root}/${aggregateFile(name, "any", "any")}`, 3)
  );
  const folders = grains.flatMap((grain) => files.list(grain)).filter((entry) => entry.isFolder);
  return new Set(folders.map(({ name }) => valueOf(name)));
}

/** The folder that many levels above. */
function above(path: string, levels: number): string {
  return path.split("/").slice(0, -levels).join("/");
}

/** `2026` of `year=2026`. */
function valueOf(partition: string): string {
  return partition.slice(partition.indexOf("=") + 1);
}
