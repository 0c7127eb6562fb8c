import assert from "node:assert/strict";
import { UsageError } from "../../pipeline/errors.ts";
import { readSettings } from "../../pipeline/settings/read.ts";
import { settingNames } from "../../pipeline/settings/catalog.ts";
import { settingsTemplate } from "../../pipeline/settings/template.ts";

/** A file, and the texts of the options it stands for. */
const files: readonly (readonly [content: string, texts: Record<string, string>])[] = [
  ["", {}],
  ["# nothing yet", {}],
  ['data = "/srv/my data"  # a folder', { data: "/srv/my data" }],
  [String.raw`data = 'C:\Users\me'`, { data: String.raw`C:\Users\me` }],
  ['only = ["heart_rate", "sleep"]\nskip = "weight"', { only: "heart_rate,sleep", skip: "weight" }],
  ["csv = true\nsettle-days = 0", { csv: "true", "settle-days": "0" }],
  ["csv = false", { csv: "false" }],
  ["from = 2026-10-01", { from: "2026-10-01" }],
  ['from = "30d"', { from: "30d" }],
  ['timezone = "Europe/Berlin"', { timezone: "Europe/Berlin" }],
];

for (const [content, texts] of files) {
  Deno.test(`readSettings() reads ${JSON.stringify(content)}`, () => {
    assert.deepEqual(Object.fromEntries(readSettings(content, "settings.toml")), texts);
  });
}

/** A file that cannot be used, and the words that say why. */
const wrong: readonly (readonly [content: string, ...said: RegExp[]])[] = [
  ['time-zone = "Europe/Berlin"', /There is no setting "time-zone": did you mean timezone\?/],
  ["settle_days = 7", /did you mean settle-days\?/],
  ['banana = "yes"', /There is no setting "banana"\. Settings: data, participant/],
  ['[fetch]\nfrom = "30d"', /There is no setting "fetch"/],
  ['csv = "yes"', /csv: expected true or false/],
  ['settle-days = "7"', /settle-days: expected a whole number from 0 to 90/],
  ["settle-days = 7.5", /expected a whole number/],
  ["settle-days = 91", /from 0 to 90/],
  ["data = 3", /data: expected a text in quotes/],
  ['data = ""', /data: expected a text/],
  [
    'timezone = "Berlin"',
    /timezone: Cannot find a time zone "Berlin"\. Write it as Europe\/Berlin/,
  ],
  ['from = "yesteryear"', /from: Cannot read --from "yesteryear" as a day.*30d/],
  ['only = ["hart_rate"]', /only: There is no table "hart_rate": did you mean heart_rate\?$/m],
  ["only = []", /only: expected names in quotes/],
  ['daily-at = "25:00"', /daily-at: Cannot read "25:00" as a time of day\. Write it as 06:30/],
  ['google-health-url = "http://example.org"', /google-health-url: .*only travel encrypted/],
  ['participant = "a/b"', /participant: Cannot use "a\/b" as a participant/],
  ['source = "garmin"', /source: There is no live source "garmin"/],
  ["timezone = Europe/Berlin", /"settings\.toml", line 1: invalid value/, /texts stand in quotes/],
  ['data = "a"\ndata = "b"', /"settings\.toml", line 2/],
  // All at once, so that a file is mended in one go.
  ["tz = 1\ncsv = 1\ndata = 1", /"tz"/, /csv: /, /data: /],
];

for (const [content, ...said] of wrong) {
  Deno.test(`readSettings() refuses ${JSON.stringify(content)}`, () => {
    assert.throws(() => readSettings(content, "settings.toml"), (error) => {
      assert.ok(error instanceof UsageError);
      for (const words of said) assert.match(`${error.message}\n${error.hint}`, words);
      return true;
    });
  });
}

Deno.test("readSettings() quotes no line of a file that is not TOML", () => {
  assert.throws(() => readSettings("token = ya29.CANARY x", "settings.toml"), (error) => {
    assert.ok(error instanceof UsageError);
    assert.doesNotMatch(`${error.message}${error.hint}`, /CANARY/);
    return true;
  });
});

Deno.test("settingsTemplate() sets nothing as it is, and every setting once its lines are taken out", () => {
  const template = settingsTemplate();
  assert.equal(readSettings(template, "settings.toml").size, 0);
  const filled = template.replace(/^# ([a-z-]+ = )/gm, "$1");
  assert.deepEqual(Array.from(readSettings(filled, "settings.toml").keys()), settingNames);
});
