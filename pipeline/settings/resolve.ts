/** Which value of a setting holds: an option beats the environment, that beats the file. */

import { type Files, isAbsent } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { findConfigFolder } from "../sources/token_file.ts";
import { type CommandSpec, type GivenArguments, optionsOf } from "../terminal/arguments.ts";
import { type SettingName, settingOfVariable, settings, settingVariable } from "./catalog.ts";
import { settingText } from "./value.ts";

/** The variable that names another settings file. */
export const fileVariable = "EVERYSECOND_SETTINGS";

type Env = (name: string) => string | undefined;

/** A value and where it was set. */
export interface Found {
  readonly text: string;
  readonly from: "environment" | "file";
}

/** All that was said beside the command line. */
export interface Settings {
  /** Where the settings file is, or would be; undefined when the environment names no home. */
  readonly path: string | undefined;
  /** Whether it is there. */
  readonly exists: boolean;
  /** The value of a setting; throws a UsageError when the environment's cannot be used. */
  find(name: SettingName): Found | undefined;
}

/** Where the settings file is, or would be; undefined when the environment names no home. */
export function settingsPath(chosen: string | undefined, env: Env): string | undefined {
  const folder = findConfigFolder(env);
  return namedFile(chosen, env) ??
    (folder === undefined ? undefined : `${folder}/settings.toml`);
}

/** The file that is to be there; an empty variable counts as one that is not set. */
function namedFile(chosen: string | undefined, env: Env): string | undefined {
  return chosen ?? (env(fileVariable) || undefined);
}

/** Of a command that goes by its own arguments alone. */
export const noSettings: Settings = { path: undefined, exists: false, find: () => undefined };

/**
 * Reads the settings file, if there is one: `--settings`, else what EVERYSECOND_SETTINGS names, else
 * `settings.toml` beside the logins. Throws a UsageError when a named one is missing, or when
 * something in it cannot be used.
 */
export async function loadSettings(
  chosen: string | undefined,
  env: Env,
  files: Pick<Files, "read">,
): Promise<Settings> {
  const path = settingsPath(chosen, env);
  const content = path === undefined ? undefined : contentOf(path, files);
  const isNamed = namedFile(chosen, env) !== undefined;
  if (isNamed && content === undefined) {
    throw new UsageError(
      `Cannot find the settings file "${path}"`,
      "deno task settings --init makes one there, to fill in",
    );
  }
  // The reader of the format is loaded where there is something to read.
  const inFile = path === undefined || content === undefined
    ? new Map<SettingName, string>()
    : (await import("./read.ts")).readSettings(content, path);
  return {
    path,
    exists: content !== undefined,
    find(name) {
      const variable = settingVariable(name);
      const set = env(variable);
      if (set !== undefined) {
        return { text: checkedVariable(name, variable, set), from: "environment" };
      }
      const text = inFile.get(name);
      return text === undefined ? undefined : { text, from: "file" };
    },
  };
}

function contentOf(path: string, files: Pick<Files, "read">): string | undefined {
  try {
    return new TextDecoder().decode(files.read(path));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function checkedVariable(name: SettingName, variable: string, set: string): string {
  const read = settingText(name, settings[name].kind.fromText(set));
  if ("text" in read) return read.text;
  throw new UsageError(`Cannot use ${variable}: ${read.problem}`);
}

/** The arguments of a command, with the settings where nothing was given. */
export function withSettings(
  spec: CommandSpec,
  given: GivenArguments,
  { find }: Settings,
): GivenArguments {
  const settingOf = (option: string) =>
    optionsOf(spec).find(({ name }) => name === option)?.setting;
  return {
    operands: given.operands,
    text(option) {
      const setting = settingOf(option);
      return given.text(option) ?? (setting === undefined ? undefined : find(setting)?.text);
    },
    flag(option) {
      const setting = settingOf(option);
      if (given.flag(option)) return true;
      if (setting === undefined || given.flag(`no-${option}`)) return false;
      return find(setting)?.text === "true";
    },
  };
}

/** The environment, with the settings of the file where a variable is not set; an empty one is not. */
export function environmentWith({ find }: Settings, env: Env): Env {
  return (variable) => {
    const setting = settingOfVariable(variable);
    return (setting === undefined ? undefined : find(setting)?.text) ??
      (env(variable) || undefined);
  };
}
