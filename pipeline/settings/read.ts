/** A settings file: TOML, since a line is a setting and can be explained by a comment above it. */

import { parse, TomlError } from "smol-toml";
import { UsageError } from "../errors.ts";
import { nearest } from "../terminal/arguments.ts";
import { isSettingName, type SettingName, settingNames } from "./catalog.ts";
import { settingText } from "./value.ts";

/**
 * The settings of a file, as the texts of the options they stand in for. Throws a UsageError that
 * names every key that is unknown, with the one that was probably meant, and every value that cannot
 * be used.
 * @param path For the words only.
 */
export function readSettings(content: string, path: string): Map<SettingName, string> {
  const found = new Map<SettingName, string>();
  const problems: string[] = [];
  for (const [name, value] of Object.entries(parsedToml(content, path))) {
    if (!isSettingName(name)) {
      problems.push(unknownSetting(name));
      continue;
    }
    const read = settingText(name, value);
    if ("text" in read) found.set(name, read.text);
    else problems.push(`${name}: ${read.problem}`);
  }
  if (problems.length === 0) return found;
  throw new UsageError(
    `Cannot use the settings in "${path}":\n${problems.map((line) => `  - ${line}`).join("\n")}`,
    "Mend the file; deno task settings --help lists every setting",
  );
}

function parsedToml(content: string, path: string): Record<string, unknown> {
  try {
    return parse(content);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Its message goes on with the lines themselves.
    const [first = ""] = error.message.split("\n");
    throw new UsageError(
      `Cannot read "${path}", line ${error.line}: ${first.replace(/^Invalid TOML document: /, "")}`,
      'A line is a name, =, and a value; texts stand in quotes: timezone = "Europe/Berlin"',
    );
  }
}

function unknownSetting(name: string): string {
  const near = nearest(name, settingNames);
  return near === undefined
    ? `There is no setting "${name}". Settings: ${settingNames.join(", ")}`
    : `There is no setting "${name}": did you mean ${near}?`;
}
