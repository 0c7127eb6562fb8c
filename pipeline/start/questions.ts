/**
 * Questions that a flag can answer too. Plain lines, so that they work in every terminal and with
 * every screen reader.
 */

import type { Talk, User } from "../effects.ts";
import { UsageError, UserError } from "../errors.ts";

/** Who is asked, and where a wrong answer is told. */
export interface Asking {
  readonly user: User;
  readonly talk: Talk;
}

/** A question, and the flag that answers it without asking. */
export interface Question<Value> {
  readonly text: string;
  /** `--have archive`. */
  readonly flag: string;
  /** What an empty answer means, as it is shown and as a value; absent: it is asked again. */
  readonly usual?: { readonly shown: string; readonly value: Value };
  /** The value of an answer; throws a UsageError when it has none. */
  readonly read: (answer: string) => Value;
}

/**
 * Asks until there is an answer. Throws a UsageError that names the flag when nobody is there, and a
 * UserError when the input ends.
 */
export async function ask<Value>(
  { text, flag, usual, read }: Question<Value>,
  { user, talk }: Asking,
): Promise<Value> {
  if (!user.present) {
    throw new UsageError(`Cannot ask "${text}": nobody is at the keyboard`, `Answer with ${flag}`);
  }
  for (;;) {
    const line = await user.line(`${text}${usual === undefined ? "" : ` [${usual.shown}]`} `);
    if (line === undefined) throw new UserError("Stopped: the input ended");
    const answer = line.trim();
    if (answer === "" && usual !== undefined) return usual.value;
    try {
      if (answer !== "") return read(answer);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      talk.say(`  ${error.message}`);
    }
  }
}

/** Asks for yes or no; an empty answer is yes. */
export async function isWanted(text: string, flag: string, asking: Asking): Promise<boolean> {
  const usual = { shown: "yes", value: true };
  return await ask({ text, flag: `${flag} yes|no`, usual, read: yesOrNo }, asking);
}

/** Asks for one of several, by number or by name. */
export async function choose<Name extends string>(
  text: string,
  flag: string,
  choices: readonly (readonly [name: Name, words: string])[],
  asking: Asking,
): Promise<Name> {
  if (asking.user.present) {
    asking.talk.say(text);
    choices.forEach(([, words], index) => asking.talk.say(`  ${index + 1}  ${words}`));
  }
  const names = choices.map(([name]) => name);
  return await ask({
    text: asking.user.present ? `Your choice, 1 to ${choices.length}:` : text,
    flag: `${flag} ${names.join("|")}`,
    read: (answer) => chosen(answer, names),
  }, asking);
}

/** The one that is meant by a number or a name; throws a UsageError. */
export function chosen<Name extends string>(answer: string, names: readonly Name[]): Name {
  const found = names.find((name, index) => name === answer || `${index + 1}` === answer);
  if (found !== undefined) return found;
  throw new UsageError(`Cannot use "${answer}": expected one of ${names.join(", ")}`);
}

/** Yes or no, in a letter or in full; throws a UsageError. */
export function yesOrNo(answer: string): boolean {
  const word = answer.toLowerCase();
  if (["y", "yes"].includes(word)) return true;
  if (["n", "no"].includes(word)) return false;
  throw new UsageError(`Cannot use "${answer}": expected yes or no`);
}
