/** Options that several commands take. */

import { UsageError } from "../errors.ts";
import { defaultSettleDays } from "../fetch/settle.ts";
import { defaultParticipant } from "../layout.ts";
import { settingText } from "../settings/value.ts";
import type { GivenArguments, OptionSpec } from "../terminal/arguments.ts";

/** Of everything that brings data in. */
export const participantOption: OptionSpec = {
  name: "participant",
  value: "P",
  about: `Whose data (default: ${defaultParticipant})`,
  setting: "participant",
};

/** Of everything that tells final days from young ones. */
export const settleDaysOption: OptionSpec = {
  name: "settle-days",
  value: "N",
  about: `Days after its end that a day is final (default: ${defaultSettleDays})`,
  setting: "settle-days",
};

/** After how many days a day is final. */
export function settleDays(given: GivenArguments): number {
  const text = given.text("settle-days") ?? String(defaultSettleDays);
  const read = settingText("settle-days", Number(text));
  if ("text" in read) return Number(read.text);
  throw new UsageError(`Cannot use --settle-days ${text}: ${read.problem}`);
}
