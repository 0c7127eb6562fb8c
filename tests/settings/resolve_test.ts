import assert from "node:assert/strict";
import { diskFiles } from "../../pipeline/effects.ts";
import { UsageError } from "../../pipeline/errors.ts";
import {
  environmentWith,
  loadSettings,
  noSettings,
  settingsPath,
  withSettings,
} from "../../pipeline/settings/resolve.ts";
import { type CommandSpec, parseArguments } from "../../pipeline/terminal/arguments.ts";
import { inTemporaryFolder } from "../support/effects.ts";

const spec: CommandSpec = {
  name: "fetch",
  about: "Asks for days.",
  options: [
    { name: "from", value: "DAY", about: "First day", setting: "from" },
    { name: "to", value: "DAY", about: "Last day" },
    { name: "csv", about: "CSV too", setting: "csv" },
    { name: "no-csv", about: "No CSV" },
  ],
};

/** What a command sees of a settings file, an environment and a command line. */
async function seen(file: string, env: Record<string, string>, argv: string[]) {
  return await inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/settings.toml`, file);
    const variables = new Map(Object.entries({ EVERYSECOND_CONFIG: folder, ...env }));
    const get = (name: string) => variables.get(name);
    const settings = await loadSettings(undefined, get, diskFiles);
    const given = withSettings(spec, parseArguments(spec, argv), settings);
    const layered = environmentWith(settings, get);
    return {
      from: given.text("from"),
      data: given.text("data"),
      to: given.text("to"),
      csv: given.flag("csv"),
      url: layered("EVERYSECOND_GOOGLE_HEALTH_URL"),
      token: layered("EVERYSECOND_GOOGLE_HEALTH_TOKEN"),
    };
  });
}

const file = 'from = "10d"\ndata = "/file"\ncsv = true\ngoogle-health-url = "https://file.example"';
const env = {
  EVERYSECOND_FROM: "20d",
  EVERYSECOND_DATA: "/env",
  EVERYSECOND_CSV: "no",
  EVERYSECOND_GOOGLE_HEALTH_URL: "https://env.example",
  EVERYSECOND_GOOGLE_HEALTH_TOKEN: "secret",
};
const nothing = {
  from: undefined,
  data: undefined,
  to: undefined,
  csv: false,
  url: undefined,
  token: undefined,
};
const ofFile = { ...nothing, from: "10d", data: "/file", csv: true, url: "https://file.example" };

const layers: readonly (readonly [string, Parameters<typeof seen>, typeof nothing | object])[] = [
  ["nothing", ["", {}, []], nothing],
  ["the file", [file, {}, []], ofFile],
  ["the environment before the file", [file, env, []], {
    ...nothing,
    from: "20d",
    data: "/env",
    url: "https://env.example",
    token: "secret",
  }],
  ["an option before both", [file, env, ["--from", "today", "--data", "here", "--csv"]], {
    ...nothing,
    from: "today",
    data: "here",
    csv: true,
    url: "https://env.example",
    token: "secret",
  }],
  ["a switch taken back", [file, {}, ["--no-csv"]], { ...ofFile, csv: false }],
];

for (const [what, given, expected] of layers) {
  Deno.test(`a command sees ${what}`, async () => {
    assert.deepEqual(await seen(...given), expected);
  });
}

Deno.test("a variable that cannot be used is named", async () => {
  await assert.rejects(
    seen("", { EVERYSECOND_CSV: "perhaps" }, []),
    (error) =>
      error instanceof UsageError && /EVERYSECOND_CSV: expected true or false/.test(error.message),
  );
});

Deno.test("loadSettings() misses a file only when it was named", async () => {
  await inTemporaryFolder(async (folder) => {
    const env = (name: string) => name === "EVERYSECOND_CONFIG" ? folder : undefined;
    assert.equal((await loadSettings(undefined, env, diskFiles)).exists, false);
    assert.equal((await loadSettings(undefined, () => undefined, diskFiles)).path, undefined);
    await assert.rejects(
      loadSettings(`${folder}/other.toml`, env, diskFiles),
      /Cannot find the settings file ".*other\.toml"/,
    );
  });
});

Deno.test("settingsPath() is what is named, else beside the logins", () => {
  const home = (name: string) => name === "HOME" ? "/home/me" : undefined;
  assert.match(settingsPath(undefined, home) ?? "", /^\/home\/me\/.*everysecond\/settings\.toml$/);
  assert.equal(settingsPath("here.toml", home), "here.toml");
  assert.equal(
    settingsPath(undefined, (name) => name === "EVERYSECOND_SETTINGS" ? "/etc/es.toml" : undefined),
    "/etc/es.toml",
  );
  const empty = (name: string) => name === "EVERYSECOND_SETTINGS" ? "" : home(name);
  assert.equal(settingsPath(undefined, empty), settingsPath(undefined, home));
});

Deno.test("environmentWith() counts an empty variable as one that is not set", () => {
  const env = environmentWith(noSettings, (name) => name === "HOME" ? "/home/me" : "");
  assert.equal(env("HOME"), "/home/me");
  assert.equal(env("XDG_CONFIG_HOME"), undefined);
});
