/** The page of known troubles, made from their table. */

import { type Trouble, troubles } from "./troubles.ts";

const endsWords: Readonly<Record<Trouble["ends"], string>> = {
  login: "the run, with exit code 4",
  settings: "the run, with exit code 2",
  gone: "the run, with exit code 3: this source gives nothing any more",
  stream: "this kind of data; the others are fetched, exit code 3",
  request: "this request; the others are made, exit code 3",
};

/** The page, as Markdown. */
export function troublesPage(): string {
  return [
    "# When something is in the way",
    "",
    "Made by `deno task docs` from `pipeline/troubles.ts`; edit that, not this page.",
    "",
    "What passes by itself (a refused request, a broken connection, a server's trouble) is tried again",
    "first, with growing waits. What does not is told with these sentences; nothing that was fetched before",
    "is lost by any of them, and no error is ever kept as an empty day.",
    "",
    ...Object.entries(troubles).flatMap(([name, trouble]) => [
      `## ${name}`,
      "",
      `> ${shown(trouble.sentence)}`,
      "",
      `- Shows itself as: ${trouble.symptom}`,
      `- What to do: ${shown(trouble.remedy)}`,
      `- Ends: ${endsWords[trouble.ends]}`,
      "",
    ]),
  ].join("\n").trimEnd() + "\n";
}

/** Holes as dots, and what would be taken for a tag. */
function shown(text: string): string {
  return text.replace(/deno task [a-z]+(?: [a-z-]+)?(?: \{service\})?(?: --client FILE)?/g, "`$&`")
    .replaceAll("{service}", "SOURCE").replace(/\{\w+\}/g, "…");
}
