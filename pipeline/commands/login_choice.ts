/** Which login is meant, for the commands that make and end one. */

import { UsageError } from "../errors.ts";
import { checkedParticipant, defaultParticipant } from "../layout.ts";
import { liveName, liveNames } from "../sources/live_names.ts";
import type { OptionSpec } from "../terminal/arguments.ts";
import type { CommandContext } from "./command.ts";
import type { OpenLive } from "./live.ts";
import { participantOption } from "./options.ts";

/** What stands besides options. */
export const loginOperands = `[${liveNames.join("|")}]`;

/** The options that tell logins apart. */
export const loginOptions: readonly OptionSpec[] = [
  participantOption,
  { name: "api-url", value: "URL", about: "Another address of the API" },
];

/** The login that the arguments and the settings mean. */
export function loginOf({ given, env }: Pick<CommandContext, "given" | "env">): OpenLive {
  const [source, ...more] = given.operands;
  if (more.length > 0) {
    throw new UsageError(`Cannot use "${more[0]}" as well`, "Name one source at a time");
  }
  return {
    name: liveName(source ?? env("EVERYSECOND_SOURCE")),
    participant: checkedParticipant(given.text("participant") ?? defaultParticipant),
    apiUrl: given.text("api-url"),
    timeZone: undefined,
    env,
  };
}
