/** `deno task settings`: which values hold, and where each comes from. */

import { exitCode, UsageError } from "../errors.ts";
import { writeDurably } from "../raw/durable.ts";
import {
  type Setting,
  type SettingName,
  settingNames,
  settings,
  settingVariable,
} from "../settings/catalog.ts";
import { loadSettings, type Settings, settingsPath } from "../settings/resolve.ts";
import { settingsTemplate } from "../settings/template.ts";
import { secretFiles } from "../sources/token_file.ts";
import { type GivenArguments, type OptionSpec } from "../terminal/arguments.ts";
import { textTable } from "../terminal/table.ts";
import type { Command, CommandContext } from "./command.ts";

export const settingsCommand: Command = {
  spec: {
    name: "settings",
    about: "Shows every setting, its value, and where that comes from: an option beats the " +
      "environment,\nthat beats the settings file. --init writes a file with everything explained.",
    options: [
      { name: "init", about: "Write a settings file to fill in, where there is none" },
      { name: "json", about: "Print it for a program" },
      // The data root is an option of all commands.
      ...settingNames.filter((name) => name !== "data").map(optionOf),
    ],
  },
  // It tells the three apart, and writes the file that others read.
  withoutSettings: true,
  async run({ given, env, effects: { talk, files } }) {
    const chosen = given.text("settings");
    if (given.flag("init")) {
      const path = writeTemplate(settingsPath(chosen, env), files);
      talk.say(`Wrote ${path}: open it in any editor, every setting is explained there`);
      return exitCode.done;
    }
    const found = await loadSettings(chosen, env, files);
    const rows = settingNames.map((name) => ({ name, ...valueOf(name, given, found) }));
    if (given.flag("json")) {
      const file = { path: found.path ?? null, exists: found.exists };
      talk.result(JSON.stringify({ format: 1, file, settings: rows }, null, 2));
      return exitCode.done;
    }
    talk.result(
      found.exists
        ? `Settings file: ${found.path}`
        : "There is no settings file yet: deno task settings --init writes one to fill in",
    );
    talk.result("");
    const lines = textTable(
      ["setting", "value", "from"],
      rows.map(({ name, value, from }) => [name, value ?? settings[name].usual, from]),
    );
    for (const line of lines) talk.result(line);
    return exitCode.done;
  },
};

function optionOf(name: SettingName): OptionSpec {
  const { about, kind }: Setting = settings[name];
  return { name, about, ...kind.isSwitch ? {} : { value: "VALUE" } };
}

/** The value that holds, null where none is set, and who said so. */
function valueOf(
  name: SettingName,
  given: GivenArguments,
  { find }: Settings,
): { readonly value: string | null; readonly from: string } {
  const typed = given.text(name) ?? (given.flag(name) ? "true" : undefined);
  if (typed !== undefined) return { value: typed, from: `--${name}` };
  const found = find(name);
  if (found === undefined) return { value: null, from: "default" };
  const from = found.from === "environment" ? settingVariable(name) : "settings file";
  return { value: found.text, from };
}

function writeTemplate(
  path: string | undefined,
  files: CommandContext["effects"]["files"],
): string {
  if (path === undefined) {
    throw new UsageError(
      "Cannot find a folder for the settings: HOME is not set",
      "Say where: --settings FILE",
    );
  }
  if (files.size(path) !== undefined) {
    throw new UsageError(
      `There is a settings file already: "${path}"`,
      "Open it in any editor; deno task settings --help lists every setting",
    );
  }
  // The folder is the one of the logins, too.
  writeDurably(secretFiles, path, new TextEncoder().encode(settingsTemplate()));
  return path;
}
