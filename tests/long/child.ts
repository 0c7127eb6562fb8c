/**
 * The program as a process of its own that can be killed: runs the commands it is given one after the
 * other, by a clock that stands still, so that two runs leave the same bytes. Says "begun" first.
 */

import { z } from "zod";
import { main } from "../../pipeline/cli.ts";
import { diskFiles } from "../../pipeline/effects.ts";
import { nobody } from "../support/effects.ts";
import { terminalTalk } from "../../pipeline/terminal/talk.ts";

const { now, commands } = z.object({
  now: z.number(),
  commands: z.array(z.array(z.string())),
}).parse(JSON.parse(Deno.args[0] ?? ""));

const talk = terminalTalk();
talk.result("begun");
for (const argv of commands) {
  const code = await main(argv, {
    files: diskFiles,
    // Waits for a quota are over at once.
    clock: { now: () => now, sleep: () => Promise.resolve() },
    fetch: globalThis.fetch.bind(globalThis),
    talk,
    user: nobody,
    signal: new AbortController().signal,
  });
  if (code !== 0) Deno.exit(code);
}
