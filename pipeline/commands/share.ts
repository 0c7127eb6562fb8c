/** `deno task share`: a data root made fit to be handed to others. */

import { randomBytes } from "node:crypto";
import type { Effects } from "../effects.ts";
import { exitCode, UsageError } from "../errors.ts";
import { runShare } from "../share/run.ts";
import { leaksOf } from "../share/verify.ts";
import { counted } from "../terminal/counted.ts";
import type { Command } from "./command.ts";

export const share: Command = {
  spec: {
    name: "share",
    operands: "OUT",
    about: "Writes a copy of tables and aggregates that can be handed to others: every\n" +
      "participant's dates moved by a constant secret number of weeks, times on the wearer's own\n" +
      "clock without a zone, ids numbered anew, names of devices and everything typed left out.\n" +
      "Then looks at every file and cell of the copy, and exits with 3 when something leaks.\n" +
      "Participants keep the names they have here. An hour that comes twice, or not at all, still\n" +
      "shows the nights the clocks changed, and by that about when it was: share it with people\n" +
      "who promise not to look.",
    options: [
      {
        name: "key",
        value: "FILE",
        about: "The secret that the dates are moved by, without which nothing is written; made\n" +
          "when it is not there. Keep it: the same key moves the same dates again",
      },
      { name: "verify", about: "Only look at a copy that is there already" },
    ],
  },
  async run({ given, root, effects }) {
    const [out, ...more] = given.operands;
    if (out === undefined || more.length > 0) {
      throw new UsageError("Cannot tell where to", "Name one folder: deno task share shared");
    }
    if (!given.flag("verify")) {
      const key = keyIn(given.text("key"), effects);
      const { participants, rows } = await runShare({ root, out, key }, effects);
      const whose = counted(participants, "participant");
      effects.talk.say(`${counted(rows, "row")} of ${whose} in ${out}`);
    }
    const leaks = await leaksOf(out, effects.files);
    for (const { path, what } of leaks) effects.talk.result(`${path}: ${what}`);
    effects.talk.result(
      leaks.length === 0 ? "Nothing leaks" : `${counted(leaks.length, "thing")} must not be shared`,
    );
    return leaks.length === 0 ? exitCode.done : exitCode.incomplete;
  },
};

function keyIn(path: string | undefined, { files, talk }: Effects): string {
  if (path === undefined) {
    throw new UsageError(
      "Cannot move dates without a secret: --key is missing",
      "Name a file outside of what you share; it is made when it is not there",
    );
  }
  if (files.size(path) === undefined) {
    Deno.writeTextFileSync(path, `${randomBytes(32).toString("hex")}\n`, {
      createNew: true,
      mode: 0o600,
    });
    talk.say(`Made the key "${path}": keep it, and keep it to yourself`);
  }
  return new TextDecoder().decode(files.read(path)).trim();
}
