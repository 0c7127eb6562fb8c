/** `start` in a whole house: its commands are really run, in this process. */

import assert from "node:assert/strict";
import { runStart, start } from "../../pipeline/commands/start.ts";
import { UsageError } from "../../pipeline/errors.ts";
import { noSettings } from "../../pipeline/settings/resolve.ts";
import { parseArguments } from "../../pipeline/terminal/arguments.ts";
import { KeptTalk, testEffects } from "../support/effects.ts";
import { assertTruth, type House, inHouse } from "../support/house.ts";
import { writeArchive } from "../support/takeout_of.ts";
import { typing } from "../support/typing.ts";

interface Started {
  readonly code: number;
  readonly said: string;
  /** The commands it shows. */
  readonly shown: readonly string[];
  /** The commands it runs. */
  readonly ran: readonly string[];
}

/** Runs `start` with what is typed at its questions; undefined: nobody is there. */
async function started(
  house: House,
  argv: readonly string[],
  typed: readonly string[] | undefined,
  really = true,
): Promise<Started> {
  const talk = new KeptTalk();
  const ran: string[] = [];
  const { user: nobody, ...effects } = testEffects({ now: house.clock.ms });
  const user = typed === undefined ? nobody : typing(typed);
  const code = await runStart({
    given: parseArguments(start.spec, argv),
    root: house.root,
    effects: { ...effects, talk, user },
    env: (name) => house.env.get(name),
    settings: noSettings,
  }, async ([command = "", ...rest]) => {
    ran.push([command, ...rest].join(" "));
    return really ? (await house.run(command, ...rest)).code : 0;
  });
  const shown = talk.results.map((line) => line.trim().replace(/^(npx -y )?deno task /, ""));
  return { code, said: talk.said.join("\n"), shown, ran };
}

Deno.test("start leads from an archive to its tables, by keyboard", async () => {
  await inHouse(async (house) => {
    const archive = `${house.root}-takeout 1.zip`;
    await writeArchive(archive, house.simulator, ["2026-10-05"]);
    try {
      const typed = ["1", "/nowhere.zip", `'${archive}' `, "", "yes"];
      const found = await started(house, ["--data", house.root], typed);
      assert.equal(found.code, 0, found.said);
      assert.deepEqual(found.ran, [
        `import ${archive} --data ${house.root}`,
        `pipeline --data ${house.root}`,
      ]);
      assert.deepEqual(found.shown, [
        `import '${archive}' --data ${house.root}`,
        `pipeline --data ${house.root}`,
      ]);
      assert.match(found.said, /What do you have\?\n {2}1 {2}An archive/);
      assert.match(found.said, /It brings: All of your past/);
      assert.match(found.said, /It costs: No money/);
      assert.match(found.said, /Cannot find "\/nowhere\.zip"/);
      assert.match(found.said, /All done\. What to do next:\n {2}.*deno task status --data/);
      await assertTruth(house, "2026-10-05", "takeout");
    } finally {
      await Deno.remove(archive);
    }
  });
});

Deno.test("start leads from a login to its tables, by options alone", async () => {
  await inHouse(async (house) => {
    const argv = ["--have", "google", "--from", "2026-11-06", "--daily", "no", "--run", "yes"];
    const found = await started(house, argv, undefined);
    assert.equal(found.code, 0, found.said);
    assert.deepEqual(found.ran, ["plan --from 2026-11-06", "pipeline --from 2026-11-06"]);
    await assertTruth(house, "2026-11-06", "google-health");
  });
});

/** What is given and typed, and the commands that are shown; nothing is run. */
const led: readonly (readonly [
  what: string,
  argv: string[],
  typed: string[] | undefined,
  shown: string[],
])[] = [
  [
    "a first login",
    ["--have", "google"],
    ["", "", "n"],
    ["login google-health", "plan --from 30d", "pipeline --from 30d", "schedule --install"],
  ],
  [
    "a first login, for somebody",
    ["--have", "google", "--participant", "anna", "--from", "7d", "--daily", "no"],
    undefined,
    [
      "login google-health --participant anna",
      "plan --from 7d --participant anna",
      "pipeline --from 7d --participant anna",
    ],
  ],
  [
    "saved files",
    ["--have", "saved", "--timezone", "Asia/Tokyo", "."],
    undefined,
    ["import --timezone Asia/Tokyo .", "pipeline"],
  ],
  ["nothing", [], ["4", "no"], ["demo"]],
  ["nothing, with a data root", ["--have", "nothing", "--data", "elsewhere"], undefined, ["demo"]],
];

for (const [what, argv, typed, shown] of led) {
  Deno.test(`start shows the way from ${what}`, async () => {
    await inHouse(async (house) => {
      house.env.clear();
      const found = await started(house, argv, typed);
      assert.deepEqual(found.shown, shown);
      assert.deepEqual(found.ran, []);
      assert.equal(found.code, 0);
    });
  });
}

Deno.test("start says last what goes with the data it brought, and lets the demo end by itself", async () => {
  await inHouse(async (house) => {
    house.env.clear();
    const whose = ["--participant", "anna", "--data", "elsewhere"];
    const argv = ["--have", "saved", "--timezone", "UTC", "--run", "yes", ".", ...whose];
    const { said } = await started(house, argv, undefined, false);
    const [, last = ""] = said.split("What to do next:\n");
    assert.deepEqual(Array.from(last.matchAll(/deno task (\S.*?) {2}/g), ([, typed]) => typed), [
      "status --data elsewhere",
      "report --data elsewhere --participant anna",
      "notebook --data elsewhere",
      "doctor --data elsewhere --participant anna",
    ]);
    const demo = await started(house, ["--have", "nothing", "--run", "yes"], undefined, false);
    assert.deepEqual(demo.ran, ["demo"]);
    assert.doesNotMatch(demo.said, /What to do next/);
  });
});

Deno.test("start says how to come by an archive that is not there yet", async () => {
  await inHouse(async (house) => {
    for (const typed of [["1", ""], undefined]) {
      const argv = typed === undefined ? ["--have", "archive"] : [];
      const { shown, code } = await started(house, argv, typed);
      assert.equal(code, 0);
      assert.match(shown[0] ?? "", /takeout\.google\.com/);
    }
  });
});

Deno.test("start stops where a command fails, and says how to go on", async () => {
  await inHouse(async (house) => {
    house.simulator.faults.add({ fault: "service-disabled" });
    const argv = ["--have", "google", "--from", "1d", "--daily", "yes", "--run", "yes"];
    const found = await started(house, argv, undefined);
    assert.equal(found.code, 2);
    assert.deepEqual(found.ran, ["plan --from 1d"]);
    assert.match(
      found.said,
      /That ended with 2: .*Then go on with\n.*plan.*\n.*pipeline.*\n.*schedule --install$/,
    );
  });
});

Deno.test("start asks for what neither options nor settings say, and names the option when nobody is there", async () => {
  await inHouse(async (house) => {
    house.env.clear();
    for (
      const [argv, flag] of [
        [[], "--have archive|google|saved|nothing"],
        [["--have", "saved", "."], "--timezone Europe/Berlin"],
        [["--have", "google"], "--from 30d"],
        [["--have", "google", "--from", "7d"], "--daily yes|no"],
      ] as const
    ) {
      await assert.rejects(started(house, argv, undefined), (error) => {
        assert.ok(error instanceof UsageError);
        assert.equal(error.hint, `Answer with ${flag}`);
        return true;
      });
    }
    house.env.set("EVERYSECOND_TIMEZONE", "Asia/Tokyo");
    const found = await started(house, ["--have", "saved", "."], undefined);
    assert.deepEqual(found.shown, ["import --timezone Asia/Tokyo .", "pipeline"]);
  });
});
