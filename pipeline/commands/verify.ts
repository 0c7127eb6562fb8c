/** `deno task verify`: everything hashed and counted again. */

import { exitCode } from "../errors.ts";
import { type Holding, wholeRoot } from "../layout.ts";
import { assertNoCohort, assertSomethingThere, openDataRoot } from "../raw/data_root.ts";
import { rebuildLedger } from "../raw/rebuild.ts";
import { RawStore } from "../raw/store.ts";
import { holdRoot } from "../raw/lock.ts";
import { verifyDataRoot } from "../raw/verify.ts";
import { counted } from "../terminal/counted.ts";
import type { Command, CommandContext } from "./command.ts";
import { memberHolding, memberOption } from "./options.ts";

export const verify: Command = {
  spec: {
    name: "verify",
    about: "Hashes every raw document and counts every part again, and names what differs.\n" +
      "Exits with 3 when something does.",
    options: [
      { name: "json", about: "Print it for a program" },
      { name: "rebuild", about: "First make the ledger again from raw/ alone" },
      memberOption,
    ],
  },
  async run(context) {
    const { given, root, effects } = context;
    const holding = memberHolding(given, root, effects.files);
    if (holding === wholeRoot) assertNoCohort(root, effects.files);
    assertSomethingThere(root, effects.files, holding);
    if (given.flag("rebuild")) rebuild(context, holding);
    using data = openDataRoot(root, "verify", effects, holding);
    const verified = await verifyDataRoot({
      ...data,
      ...effects,
      documentsOnly: given.flag("rebuild"),
    });
    if (given.flag("json")) {
      effects.talk.result(JSON.stringify(verified, null, 2));
    } else {
      for (const { path, what, cure } of verified.differences) {
        effects.talk.result(`${path}: ${what} (${cure})`);
      }
      effects.talk.result(
        `${counted(verified.documents, "raw document")} and ${counted(verified.parts, "part")} ` +
          `with ${counted(verified.rows, "row")}: ${
            verified.differences.length === 0
              ? "all as they were written"
              : `${counted(verified.differences.length, "difference")}`
          }`,
      );
    }
    return verified.differences.length === 0 ? exitCode.done : exitCode.incomplete;
  },
};

function rebuild({ root, effects }: CommandContext, holding: Holding): void {
  const { files, talk } = effects;
  using _held = holdRoot(root, "verify --rebuild", effects.clock.now(), files, holding);
  const { documents, unreadable } = rebuildLedger(
    root,
    new RawStore(root, files),
    files,
    holding,
  );
  talk.say(`Made the ledger again from ${counted(documents, "raw document")}`);
  for (const { path, reason } of unreadable) talk.say(`Left out ${path}: ${reason}`);
  talk.say(
    "Run deno task transform and deno task aggregate next: they check what is already built",
  );
}
