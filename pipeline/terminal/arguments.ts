/**
 * The command line, parsed once: every command declares its options in a table, and the same table
 * makes its help.
 */

import { parseArgs } from "node:util";
import { UsageError } from "../errors.ts";
import type { SettingName } from "../settings/catalog.ts";

/** One option of a command. */
export interface OptionSpec {
  readonly name: string;
  /** What stands after it (`DIR`); absent for a switch. */
  readonly value?: string;
  readonly about: string;
  /** The setting that stands in for it where it is not given. */
  readonly setting?: SettingName;
}

/** What a command takes. */
export interface CommandSpec {
  readonly name: string;
  readonly about: string;
  /** What stands besides options (`PATH...`); absent when nothing may. */
  readonly operands?: string;
  readonly options: readonly OptionSpec[];
  /** The data root when `--data` is not given; `data` unless the command has its own. */
  readonly defaultRoot?: string;
}

/** What was given. */
export interface GivenArguments {
  /** The value of an option; undefined when it was not given. */
  text(name: string): string | undefined;
  /** Whether a switch was given. */
  flag(name: string): boolean;
  readonly operands: readonly string[];
}

/** The data root of a command whose `--data` is not given. */
export function defaultRootOf({ defaultRoot = "data" }: CommandSpec): string {
  return defaultRoot;
}

/** All options of a command: its own, and those that every command takes. */
export function optionsOf(spec: CommandSpec): readonly OptionSpec[] {
  return [
    ...spec.options,
    {
      name: "data",
      value: "DIR",
      about: `Where the data are kept (default: ${defaultRootOf(spec)})`,
      setting: "data",
    },
    { name: "settings", value: "FILE", about: "Another settings file (see deno task settings)" },
    { name: "help", about: "Show this help" },
  ];
}

/** Parses a command's arguments; throws a UsageError that names what is wrong and what there is. */
export function parseArguments(spec: CommandSpec, argv: readonly string[]): GivenArguments {
  const known = optionsOf(spec);
  const texts = new Map<string, string>();
  const flags = new Set<string>();
  const operands: string[] = [];
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      known.map(({ name, value }) => [
        name,
        { type: value === undefined ? "boolean" as const : "string" as const },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === "positional") {
      if (spec.operands === undefined) {
        throw new UsageError(
          `Cannot use "${token.value}": ${spec.name} takes options only`,
          helpHint(spec),
        );
      }
      operands.push(token.value);
    } else if (token.kind === "option") {
      const found = known.find(({ name }) => name === token.name);
      if (found === undefined) {
        const near = nearest(token.name, known.map(({ name }) => name));
        throw new UsageError(
          `Unknown option "${token.rawName}"${
            near === undefined ? "" : `: did you mean --${near}?`
          }`,
          helpHint(spec),
        );
      }
      if (found.value === undefined) {
        if (token.value !== undefined) {
          throw new UsageError(`Option --${found.name} takes no value`, helpHint(spec));
        }
        flags.add(found.name);
      } else if (
        token.value === undefined || token.value === "" ||
        // The next option, taken for the value; a value that looks so is written --name=--value.
        (!token.inlineValue && token.value.startsWith("--"))
      ) {
        throw new UsageError(
          `Option --${found.name} needs a value: ${found.value}`,
          helpHint(spec),
        );
      } else {
        texts.set(found.name, token.value);
      }
    }
  }
  return {
    text: (name) => texts.get(name),
    flag: (name) => flags.has(name),
    operands,
  };
}

/** The help of one command. */
export function commandHelp(spec: CommandSpec): string {
  const usage = ["deno task", spec.name, ...spec.operands === undefined ? [] : [spec.operands]]
    .join(" ") + " [options]";
  return [spec.about, "", `Usage: ${usage}`, "", "Options:", ...optionLines(spec)].join("\n");
}

function optionLines(spec: CommandSpec): string[] {
  const rows = optionsOf(spec).map((option) => ({
    left: `--${option.name}${option.value === undefined ? "" : ` ${option.value}`}`,
    about: option.about,
  }));
  const width = Math.max(...rows.map(({ left }) => left.length));
  const indent = `\n${" ".repeat(width + 4)}`;
  return rows.map(({ left, about }) =>
    `  ${left.padEnd(width)}  ${about.replaceAll("\n", indent)}`
  );
}

function helpHint(spec: CommandSpec): string {
  return `See deno task ${spec.name} --help`;
}

/** The word that is at most two single-letter edits away; undefined when none is. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = 3;
  for (const candidate of words) {
    const distance = editDistance(word, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const swap = a[row - 1] === b[column - 1] ? 0 : 1;
      current.push(Math.min(
        (current[column - 1] ?? 0) + 1,
        (previous[column] ?? 0) + 1,
        (previous[column - 1] ?? 0) + swap,
      ));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
