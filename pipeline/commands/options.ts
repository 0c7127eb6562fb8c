/** Options that several commands take. */

import type { Files } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { defaultSettleDays } from "../fetch/settle.ts";
import {
  checkedParticipant,
  cohortMember,
  defaultParticipant,
  type Holding,
  wholeRoot,
} from "../layout.ts";
import { settingText } from "../settings/value.ts";
import type { GivenArguments, OptionSpec } from "../terminal/arguments.ts";

/** Of everything that brings data in. */
export const participantOption: OptionSpec = {
  name: "participant",
  value: "P",
  about: `Whose data (default: ${defaultParticipant})`,
  setting: "participant",
};

/** Of everything that looks at a data root: a cohort's has a ledger for each participant. */
export const memberOption: OptionSpec = {
  name: "participant",
  value: "P",
  about: "Of a cohort's data root: this participant's part",
};

/** What {@link memberOption} means; all of the data root without it. Throws a UsageError. */
export function memberHolding(
  given: GivenArguments,
  root: string,
  files: Pick<Files, "size">,
): Holding {
  const participant = given.text("participant");
  if (participant === undefined) return wholeRoot;
  const member = cohortMember(checkedParticipant(participant));
  if (files.size(`${root}/${member.ledger}`) !== undefined) return member;
  throw new UsageError(
    `There is no participant ${participant} of a cohort in "${root}"`,
    "Leave --participant out where one ledger serves all",
  );
}

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
