/** The settings file as it is before anybody wrote in it: every setting explained, none set. */

import { settingNames, settings, settingVariable } from "./catalog.ts";

/** The file's text, TOML. */
export function settingsTemplate(): string {
  return [
    "# Settings of Everysecond. Take the # from the front of a line and write your own value.",
    "# An option of a command beats the environment, and that beats this file.",
    "# deno task settings shows which value holds, and where it comes from.",
    ...settingNames.flatMap((name) => {
      const { about, usual, example } = settings[name];
      return [
        "",
        `# ${about}.`,
        `# In the environment: ${settingVariable(name)}. When it is nowhere: ${usual}.`,
        `# ${name} = ${example}`,
      ];
    }),
    "",
  ].join("\n");
}
