/** The kinds of settings: how a value is written in the file and in the environment. */

import { z } from "zod";

/** One kind of value; whatever it is, it ends as the text an option would carry. */
export interface Kind {
  /** What the settings file may hold, as the option's text. */
  readonly inFile: z.ZodType<string>;
  /** What an environment variable means, in the words of the file. */
  readonly fromText: (value: string) => unknown;
  /** Throws a UsageError when the text cannot be meant. */
  readonly check: (value: string) => unknown;
  /** Its option takes no value. */
  readonly isSwitch?: true;
}

const wordsSchema = z.string("expected a text in quotes").min(
  1,
  "expected a text that is not empty",
);

/** Words; a date or time of the file's own is taken as it is written. */
export function text(check: Kind["check"]): Kind {
  const date = z.instanceof(Date).transform((value) => value.toISOString());
  return {
    inFile: z.union([wordsSchema, date], "expected a text in quotes"),
    fromText: (value) => value,
    check,
  };
}

/** Names; in the environment with commas between. */
export function list(check: Kind["check"]): Kind {
  const expected = 'expected names in quotes: ["heart_rate", "sleep"]';
  return {
    inFile: z.union([
      wordsSchema,
      z.array(wordsSchema).min(1).transform((names) => names.join(",")),
    ], expected),
    fromText: (value) => value,
    check,
  };
}

/** A whole number. */
export function whole(min: number, max: number): Kind {
  const expected = `expected a whole number from ${min} to ${max}`;
  return {
    inFile: z.int(expected).min(min, expected).max(max, expected).transform(String),
    fromText: (value) => /^\d+$/.test(value) ? Number(value) : value,
    check: () => {},
  };
}

/** The words for on and off in the environment. */
const switchWords: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["yes", true],
  ["false", false],
  ["0", false],
  ["no", false],
]);

/** On or off. */
export const switched: Kind = {
  inFile: z.boolean("expected true or false").transform(String),
  fromText: (value) => switchWords.get(value.toLowerCase()) ?? value,
  check: () => {},
  isSwitch: true,
};
