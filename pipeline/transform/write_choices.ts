/** Keeps the files that tell of choices in step with the parts. */

import type { Files } from "../effects.ts";
import { choicesFile } from "../layout.ts";
import { writeAllDurably } from "../raw/durable.ts";
import type { PartRow } from "../raw/ledger.ts";
import { choiceTexts } from "./choice_files.ts";

const names = ["chosen", "disagreements"] as const;

/** Removes the files of parts that are about to change: they are true or not there. */
export function dropChoices(
  parts: readonly { readonly participant: string }[],
  root: string,
  files: Files,
): void {
  for (const participant of new Set(parts.map(({ participant }) => participant))) {
    for (const name of names) {
      const path = `${root}/${choicesFile(participant, name)}`;
      if (files.size(path) !== undefined) files.remove(path);
    }
  }
}

/** Writes those that are not there. */
export function writeChoices(parts: readonly PartRow[], root: string, files: Files): void {
  const filled = parts.filter(({ rows }) => rows > 0);
  for (const [participant, own] of Map.groupBy(filled, ({ participant }) => participant)) {
    const pathOf = (name: typeof names[number]) => `${root}/${choicesFile(participant, name)}`;
    if (names.every((name) => files.size(pathOf(name)) !== undefined)) continue;
    const texts = choiceTexts(own);
    const utf8 = new TextEncoder();
    writeAllDurably(
      files,
      names.map((name) => ({ path: pathOf(name), bytes: utf8.encode(texts[name]) })),
    );
  }
}
