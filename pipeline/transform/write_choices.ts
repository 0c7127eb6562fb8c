/** Keeps the files that tell of choices in step with the parts. */

import type { Files } from "../effects.ts";
import { choicesFile } from "../layout.ts";
import { holds, writeAllDurablyAtOnce } from "../raw/durable.ts";
import type { Ledger } from "../raw/ledger.ts";
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

/** Whether a file of one of them is missing. */
export function lacksChoices(participants: Iterable<string>, root: string, files: Files): boolean {
  return Array.from(participants).some((participant) =>
    filesOf(participant, root).some(({ path }) => files.size(path) === undefined)
  );
}

/** Writes those that come out different; of participants without rows there are none. */
export async function writeChoices(
  participants: Iterable<string>,
  ledger: Ledger,
  root: string,
  files: Files,
): Promise<void> {
  const utf8 = new TextEncoder();
  for (const participant of participants) {
    // One part after the other: of years there are tens of thousands, with much noted of each.
    const texts = choiceTexts(ledger.partsWithRows(participant));
    const contents = filesOf(participant, root).map(({ name, ending, path }) => ({
      path,
      bytes: utf8.encode(texts[name][ending]),
    }));
    await writeAllDurablyAtOnce(files, contents.filter((content) => !holds(files, content)));
  }
}
