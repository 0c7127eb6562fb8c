import assert from "node:assert/strict";
import { settingNames } from "../../pipeline/settings/catalog.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { House } from "../support/house.ts";

/** A house whose settings lie in a folder beside it. */
function houseIn(folder: string): House {
  const house = new House(`${folder}/data`);
  house.env.set("EVERYSECOND_CONFIG", `${folder}/config`);
  return house;
}

Deno.test("settings --init writes a file to fill in, once, and settings shows where values come from", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = houseIn(folder);
    const path = `${folder}/config/settings.toml`;
    assert.match((await house.must("settings")).results, /no settings file yet.*--init/);
    assert.ok((await house.must("settings", "--init")).said.includes(path));
    if (Deno.build.os !== "windows") {
      assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
    }
    const again = await house.run("settings", "--init");
    assert.equal(again.code, 2);
    assert.match(again.said, /There is a settings file already/);

    await Deno.writeTextFile(path, 'timezone = "Asia/Tokyo"\ncsv = true\n');
    house.env.set("EVERYSECOND_PARTICIPANT", "anna");
    const { results } = await house.must("settings", "--from", "7d");
    for (
      const line of [
        /^timezone +Asia\/Tokyo +settings file$/m,
        /^csv +true +settings file$/m,
        /^participant +anna +EVERYSECOND_PARTICIPANT$/m,
        /^from +7d +--from$/m,
        /^source +google-health +default$/m,
        /^data +\S+\/data +--data$/m,
      ]
    ) assert.match(results, line);
    const json = JSON.parse((await house.must("settings", "--json")).results);
    assert.deepEqual(json.file, { path, exists: true });
    assert.deepEqual(json.settings.map(({ name }: { name: string }) => name), settingNames);
  });
});

Deno.test("commands go by the settings file, and by an option before it", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = houseIn(folder);
    await house.must("settings", "--init");
    await Deno.writeTextFile(
      `${folder}/config/settings.toml`,
      'participant = "anna"\nfrom = 2026-10-05\nonly = ["heart_rate"]\ncsv = true\n',
    );
    await house.must("pipeline", "--to", "2026-10-05");
    const { results } = await house.must("status", "--json");
    const status = JSON.parse(results);
    assert.deepEqual(
      status.streams.map((
        each: Record<string, unknown>,
      ) => [each["participant"], each["stream"], each["first_day"]]),
      [["anna", "heart-rate", "2026-10-05"]],
    );
    assert.ok((await Deno.stat(`${house.root}/csv/heart_rate/participant=anna`)).isDirectory);
    const plan = await house.must(
      "plan",
      "--participant",
      "bert",
      "--from",
      "2026-10-04",
      "--to",
      "2026-10-05",
    );
    assert.match(plan.results, /2026-10-04 to 2026-10-05/);
    assert.match(plan.results, /At most 2\d requests/);
  });
});

Deno.test("a settings file with a slip ends every command that reads it with 2, and no demo", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = houseIn(folder);
    await house.must("settings", "--init");
    await Deno.writeTextFile(`${folder}/config/settings.toml`, "settle_days = 7\n");
    for (
      const command of ["fetch", "plan", "pipeline", "import", "transform", "status", "settings"]
    ) {
      const ran = await house.run(command);
      assert.equal(ran.code, 2, command);
      assert.match(ran.said, /There is no setting "settle_days": did you mean settle-days\?/);
    }
    const demo = await house.run("demo", "--help");
    assert.equal(demo.code, 0);
  });
});
