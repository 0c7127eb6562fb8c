/** Keeps the files that tell of choices in step with the parts. */

import type { Files } from "../effects.ts";
import { choicesFile } from "../layout.ts";
import { holds, writeAllDurably } from "../raw/durable.ts";
import type { PartRow } from "../raw/ledger.ts";
import { choiceFiles, choiceTexts } from "./choice_files.ts";

const endings = ["csv", "json"] as const;

/** All files of a participant. */
function filesOf(participant: string, root: string) {
  return choiceFiles.flatMap((name) =>
    endings.map((ending) => ({
      name,
      ending,
      path: `${root}/${choicesFile(participant, name, ending)}`,
    }))
  );
}

/** Removes the files of parts that are about to change: they are true or not there. */
export function dropChoices(
  parts: readonly { readonly participant: string }[],
  root: string,
  files: Files,
): void {
  for (const participant of new Set(parts.map(({ participant }) => participant))) {
    for (const { path } of filesOf(participant, root)) {
      if (files.size(path) !== undefined) files.remove(path);
    }
  }
}

/** Whether a file is missing of a participant who has parts. */
export function lacksChoices(parts: readonly PartRow[], root: string, files: Files): boolean {
  const participants = new Set(
    parts.filter(({ rows }) => rows > 0).map(({ participant }) => participant),
  );
  return Array.from(participants).some((participant) =>
    filesOf(participant, root).some(({ path }) => files.size(path) === undefined)
  );
}

/** Writes those that come out different. */
export function writeChoices(parts: readonly PartRow[], root: string, files: Files): void {
  const filled = parts.filter(({ rows }) => rows > 0);
  const utf8 = new TextEncoder();
  for (const [participant, own] of Map.groupBy(filled, ({ participant }) => participant)) {
    const texts = choiceTexts(own);
    const contents = filesOf(participant, root).map(({ name, ending, path }) => ({
      path,
      bytes: utf8.encode(texts[name][ending]),
    }));
    writeAllDurably(files, contents.filter((content) => !holds(files, content)));
  }
}
