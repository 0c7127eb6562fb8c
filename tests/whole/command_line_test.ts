/** What is typed wrong, missing or in use: the exit code as designed, and words that help. */

import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { commandNames, loadCommand, main } from "../../pipeline/cli.ts";
import { diskFiles } from "../../pipeline/effects.ts";
import { UserError } from "../../pipeline/errors.ts";
import { holdRoot } from "../../pipeline/raw/lock.ts";
import { demoPerson } from "../../pipeline/sources/simulator/demo_person.ts";
import { savedAnswer, times } from "../generate/saved_answers.ts";
import { inTemporaryFolder, testEffects, treeOf, WatchedFiles } from "../support/effects.ts";
import { assertTruth, House, inHouse, type Ran } from "../support/house.ts";
import { statusOf } from "../support/status.ts";

const oneDay = ["--from", "2026-10-05", "--to", "2026-10-05"];

/** Command lines that cannot be meant: what is typed, and what is said. All end with 2. */
const wrong: readonly (readonly [argv: string[], said: RegExp])[] = [
  [["fetsh"], /There is no command "fetsh": did you mean fetch\?/],
  [["fetch", "--form", "today"], /Unknown option "--form": did you mean --from\?/],
  [["fetch", "today"], /Cannot use "today": fetch takes options only/],
  [["fetch", "--from"], /Option --from needs a value: DAY/],
  [["fetch", "--from", "yesteryear"], /Cannot read --from "yesteryear" as a day\n.*30d/],
  [["fetch", "--to", "2026-02-30"], /Cannot read --to "2026-02-30" as a day/],
  [
    ["fetch", "--source", "garmin"],
    /There is no live source "garmin"\n.*google-health, fitbit-web/,
  ],
  [["fetch", "--source", "takeout"], /There is no live source "takeout"\n.*deno task import/],
  [["fetch", "--participant", "../me"], /Cannot use "\.\.\/me" as a participant/],
  [["fetch", "--timezone", "Berlin"], /Cannot find a time zone "Berlin"\n.*Europe\/Berlin/],
  [["fetch", "--api-url", "http://example.org"], /https/],
  [["fetch", "--from", "2026-10-06", "--to", "2026-10-05"], /2026-10-06 to 2026-10-05: the first/],
  [["fetch", "--to", "2026-11-08"], /up to 2026-11-08: today is 2026-11-07 in Europe\/Berlin/],
  [["import"], /no file or folder was named\n.*takeout/],
  [["import", "/nowhere/takeout.zip"], /Cannot find "\/nowhere\/takeout\.zip"/],
  [["import", ".", "--participant", "a/b"], /Cannot use "a\/b" as a participant/],
  [
    ["transform", "--only", "heartrate"],
    /There is no table "heartrate": did you mean heart_rate\?/,
  ],
  [["transform", "--csv=yes"], /Option --csv takes no value/],
  [["aggregate", "2026"], /aggregate takes options only/],
  [["status", "--jason"], /Unknown option "--jason": did you mean --json\?/],
  [["schedule", "--install", "--remove"], /Cannot both install and remove/],
  [["simulate", "--port", "eighty"], /Cannot use --port eighty: expected a whole number/],
  [["simulate", "--faults", "flood"], /Cannot find a fault "flood"/],
];

Deno.test("what is typed wrong ends with 2, says what was meant, and asks for no day", async () => {
  await inHouse(async (house) => {
    for (const [[command = "", ...argv], said] of wrong) {
      const ran = await house.run(command, ...argv);
      assert.equal(ran.code, 2, `${command} ${argv.join(" ")}: ${ran.said}`);
      assert.match(ran.said, said);
      assert.equal(house.dataRequests, 0);
      assert.deepEqual(Array.from((await treeOf(house.root)).keys()).filter(isData), []);
    }
  });
});

function isData(path: string): boolean {
  return !["ledger.sqlite", ".lock"].includes(path);
}

Deno.test("without a command, and with --help, every command is explained", async () => {
  const effects = testEffects();
  assert.equal(await main([], effects, () => undefined), 2);
  assert.equal(await main(["--help"], effects, () => undefined), 0);
  const [overview = ""] = effects.talk.results;
  for (const name of commandNames) {
    assert.match(overview, new RegExp(`deno task ${name} `));
    const { spec } = await loadCommand(name);
    assert.equal(await main([name, "--help"], effects, () => undefined), 0);
    const help = effects.talk.results.at(-1) ?? "";
    for (const { name } of [...spec.options, { name: "data" }]) {
      assert.ok(help.includes(`--${name}`), `${spec.name} --help does not say --${name}`);
    }
  }
  assert.equal(effects.files.calls.length, 0);
});

/** Fails unless the run ended so, without a request for data or a file below raw/. */
function assertRefused(house: House, ran: Ran, code: number, said: RegExp): void {
  assert.equal(ran.code, code, ran.said);
  assert.match(ran.said, said);
  assert.equal(house.dataRequests, 0);
  assert.deepEqual(diskFiles.list(`${house.root}/raw`), []);
}

Deno.test("no login, a wrong token and a broken one are told apart", async () => {
  await inHouse(async (house) => {
    house.env.set("EVERYSECOND_CONFIG", `${house.root}-config`);
    for (
      const [source, variable] of [
        ["google-health", "EVERYSECOND_GOOGLE_HEALTH_TOKEN"],
        ["fitbit-web", "EVERYSECOND_FITBIT_WEB_TOKEN"],
      ] as const
    ) {
      const fetching = () => house.run("fetch", "--source", source, ...oneDay);
      house.env.delete(variable);
      assertRefused(house, await fetching(), 4, new RegExp(`login.*\n?.*${variable}`, "is"));
      house.env.set(variable, "CANARY-no-token-of-yours");
      const refused = await fetching();
      assertRefused(
        house,
        refused,
        4,
        new RegExp(`${variable} is not accepted.*\n.*new token`),
      );
      assert.doesNotMatch(refused.said, /CANARY/);
      house.env.set(variable, "CANARY two words");
      const broken = await fetching();
      assertRefused(house, broken, 2, /expected one word without blanks/);
      assert.doesNotMatch(broken.said, /CANARY/);
    }
  });
});

Deno.test("a token of another account is refused before anything of it is stored", async () => {
  await inHouse(async (house) => {
    await house.must("fetch", ...oneDay);
    await house.must("fetch", "--source", "fitbit-web", ...oneDay);
    const before = await treeOf(`${house.root}/raw`);
    const person = { ...demoPerson, seed: 5, healthUserId: "99", fitbitUserId: "OTHER9" };
    const other = new House(house.root, { person });
    for (const source of ["google-health", "fitbit-web"]) {
      const ran = await other.run("fetch", "--source", source, "--from", "2026-10-05");
      assert.equal(ran.code, 4);
      assert.match(
        ran.said,
        /this login is of another .* account than the data already here\n.*--participant/,
      );
    }
    assert.equal(other.dataRequests, 0);
    assert.deepEqual(await treeOf(`${house.root}/raw`), before);
  });
});

Deno.test("a data root in use ends with 5 and names who uses it", async () => {
  await inHouse(async (house) => {
    await house.must("fetch", ...oneDay);
    const before = await treeOf(house.root, (path) => path === ".lock");
    {
      using _held = holdRoot(house.root, "transform", house.clock.now(), diskFiles);
      for (
        const argv of [["fetch"], ["import", "."], ["transform"], ["aggregate"], ["pipeline"], [
          "verify",
        ], ["verify", "--rebuild"]]
      ) {
        const [command = "", ...rest] = argv;
        const ran = await house.run(command, ...rest);
        assert.equal(ran.code, 5, `${argv}: ${ran.said}`);
        assert.match(
          ran.said,
          new RegExp(
            `holds the data root ".*": transform, process ${Deno.pid}, since 2026-11-07T12`,
          ),
        );
      }
      // Looking does no harm.
      assert.equal((await statusOf(house)).code, 0);
    }
    assert.deepEqual(await treeOf(house.root, (path) => path === ".lock"), before);
    await house.must("transform");
  });
});

Deno.test("a service that has ended says so, and where to go", async () => {
  await inHouse(async (house) => {
    await house.must("fetch", "--source", "fitbit-web", ...oneDay);
    house.simulator.faults.add({ fault: "gone-410" });
    const ran = await house.run("fetch", "--source", "fitbit-web", "--from", "2026-10-04");
    assert.equal(ran.code, 3);
    assert.match(ran.said, /ended on 2026-11-02.*\n.*--source google-health.*Takeout/);
    await house.must("transform");
    await assertTruth(house, "2026-10-05", "fitbit-web");
  });
});

Deno.test("--data leads everywhere, also with a slash at its end, and nowhere else", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = new House(`${folder}/here`);
    const elsewhere = `${folder}/deep/er/el se`;
    const data = ["--data", `${elsewhere}//`];
    await house.must("fetch", ...oneDay, ...data);
    await house.must("transform", ...data);
    await house.must("aggregate", ...data);
    await house.must("verify", ...data);
    const { results } = await house.must("status", "--json", ...data);
    assert.match(results, /"settled": 1/);
    await assertTruth(
      { root: elsewhere, simulator: house.simulator },
      "2026-10-05",
      "google-health",
    );
    assert.deepEqual(diskFiles.list(folder).map(({ name }) => name), ["deep"]);
  });
});

Deno.test("a data root that cannot be one is named, whatever the command", async () => {
  await inTemporaryFolder(async (folder) => {
    const file = `${folder}/file`;
    await Deno.writeTextFile(file, "not a folder");
    const house = new House(folder);
    for (const root of [file, `${file}/below`, "/proc/nowhere"]) {
      for (const command of ["fetch", "transform", "aggregate", "pipeline", "verify", "status"]) {
        const ran = await house.run(command, "--data", root);
        assert.equal(ran.code, command === "status" ? 3 : 2, `${command} ${root}: ${ran.said}`);
        assert.ok(ran.said.includes(`"${root}"`), ran.said);
      }
    }
    assert.equal(await Deno.readTextFile(file), "not a folder");
  });
});

Deno.test("import where a file stands in the place of a folder names it", async () => {
  await inHouse(async (house) => {
    const saved = `${house.root}-HR2016-06-16.json`;
    await Deno.writeTextFile(saved, savedAnswer({ day: "2016-06-16", times: times(0, 1) }));
    await Deno.mkdir(house.root);
    await Deno.writeTextFile(`${house.root}/raw`, "not a folder");
    const ran = await house.run("import", saved, "--timezone", "UTC");
    assert.equal(ran.code, 3);
    assert.match(ran.said, /Cannot read or write: Not a directory.*\/raw\/.*\n.*Mend the cause/);
  });
});

Deno.test("simulate on a port that is taken ends with 2, and says what to do", async () => {
  using other = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await inHouse(async (house) => {
    const ran = await house.run("simulate", "--port", String(other.addr.port));
    assert.equal(ran.code, 2);
    assert.match(ran.said, /Cannot listen on port \d+: .*\n.*another --port/);
  });
});

Deno.test("status of a place without data says what to do", async () => {
  await inHouse(async (house) => {
    const ran = await house.run("status");
    assert.equal(ran.code, 3);
    assert.match(ran.said, /There is no ledger in the data root ".*"\n.*deno task demo/);
    assert.equal(diskFiles.size(house.root), undefined);
  });
});

Deno.test("verify of a place without data is a slip, and makes no folder", async () => {
  await inHouse(async (house) => {
    for (const more of [[], ["--rebuild"]]) {
      const ran = await house.run("verify", ...more);
      assert.equal(ran.code, 2);
      assert.match(ran.said, /There is nothing in the data root ".*"\n.*another with --data/);
    }
    assert.equal(diskFiles.size(house.root), undefined);
  });
});

Deno.test("status of a data root with nothing in it says so", async () => {
  await inHouse(async (house) => {
    await house.must("transform");
    const { results } = await house.must("status");
    assert.match(results, /^Nothing is there yet: .*deno task demo/);
  });
});

Deno.test("status of documents that wait for a time zone says where it is told", async () => {
  await inHouse(async (house) => {
    const folder = `${house.root}-export`;
    await Deno.mkdir(folder);
    await Deno.writeTextFile(
      `${folder}/heart_rate_2026-07-01.csv`,
      "timestamp,beats per minute\n2026-07-01T12:00:00Z,61.0\n",
    );
    assert.equal((await house.run("import", folder)).code, 3);
    const { results } = await house.must("status");
    assert.match(results, /^Nothing that was imported can be used yet: .*import\//);
  });
});

Deno.test("pipeline without a login does the rest, and with one all of it", async () => {
  await inHouse(async (house) => {
    house.env.set("EVERYSECOND_CONFIG", `${house.root}-config`);
    const first = await house.must("pipeline", ...oneDay, "--csv");
    assert.match(first.said, /Fetched google-health, 2026-10-05/);
    await assertTruth(house, "2026-10-05", "google-health");
    assert.ok((await treeOf(`${house.root}/csv`)).size > 0);
    assert.ok((await treeOf(`${house.root}/aggregates`)).size > 0);

    house.env.delete("EVERYSECOND_GOOGLE_HEALTH_TOKEN");
    const second = await house.must("pipeline", ...oneDay);
    assert.match(second.said, /No login for google-health: nothing is fetched/);

    // A login that ended is told by the exit code, and what is here is transformed all the same.
    await Deno.remove(`${house.root}/tables`, { recursive: true });
    house.env.set("EVERYSECOND_GOOGLE_HEALTH_TOKEN", "expired");
    const third = await house.run("pipeline", ...oneDay);
    assert.equal(third.code, 4);
    await assertTruth(house, "2026-10-05", "google-health");
  });
});

Deno.test("Ctrl-C stops between two documents, and the same command goes on", async () => {
  await inHouse(async (house) => {
    const only = ["--only", "heart_rate,resting_heart_rate"];
    const days = ["--from", "2026-10-01", "--to", "2026-10-06", ...only];
    const controller = new AbortController();
    house.signal = controller.signal;
    const stop = new UserError("Stopped", { hint: "Run the same command again" });
    const stopped = await house.runWith(
      {
        fetch: (input, init) => {
          if (house.dataRequests === 9) controller.abort(stop);
          return house.simulator.handle(new Request(input, init));
        },
      },
      "fetch",
      ...days,
    );
    assert.equal(stopped.code, 3);
    assert.match(stopped.said, /Stopped before all days were fetched/);
    assert.match(stopped.said, /Not asked yet: [1-6] documents/);
    const kept = (await treeOf(`${house.root}/raw`)).size;
    assert.ok(kept > 0);

    const again = await house.run("transform");
    assert.equal(again.code, 3);
    assert.match(again.said, /Stopped\n {2}Run the same command again/);

    house.signal = new AbortController().signal;
    await house.must("fetch", ...days);
    await house.must("transform");
    for (const day of ["2026-10-01", "2026-10-06"]) await assertTruth(house, day, "google-health");
    const asked = house.simulator.requests.filter(({ kind, query }) =>
      kind === "data" && !query.includes("pageToken")
    );
    assert.ok(asked.length <= 7 + 1, "more than the interrupted request was asked twice");
  });
});

for (const [command, ...argv] of [["aggregate"], ["report"], ["verify"], ["share", "OUT"]]) {
  Deno.test(`Ctrl-C stops ${command}, which waits for nothing, and the same command goes on`, async () => {
    await inHouse(async (house) => {
      await house.must("fetch", "--from", "2026-10-24", "--to", "2026-10-25");
      await house.must("transform");
      const out = `${house.root}-out`;
      const words = [
        ...argv.map((word) => word.replace("OUT", out)),
        ...command === "share" ? ["--key", `${house.root}-key`] : [],
        ...command === "report" ? ["--no-browser"] : [],
      ];
      const controller = new AbortController();
      class Stopping extends WatchedFiles {
        override read = (path: string): Uint8Array => {
          // As a signal comes: when the program next looks up from its work.
          setImmediate(() => controller.abort(new UserError("Stopped")));
          return diskFiles.read(path);
        };
      }
      const effects = { files: new Stopping(), signal: controller.signal };
      const stopped = await house.runWith(effects, command ?? "", ...words);
      assert.equal(stopped.code, 3, stopped.said);
      assert.match(stopped.said, /Stopped/);
      await house.must(command ?? "", ...words);
    });
  });
}

Deno.test("access tokens are in no file of the data root and in no line of talk", async () => {
  await inHouse(async (house) => {
    const tokens = Array.from(house.env).filter(([name]) => name.endsWith("_TOKEN"))
      .map(([, token]) => token);
    const ran = [
      await house.must("fetch", ...oneDay),
      await house.must("fetch", "--source", "fitbit-web", ...oneDay),
    ];
    house.simulator.faults.add({ fault: "502-html" });
    ran.push(await house.run("fetch", "--from", "2026-10-04"));
    const texts = ran.flatMap(({ said, results }) => [said, results]);
    for (const path of (await treeOf(house.root)).keys()) {
      texts.push(new TextDecoder().decode(await Deno.readFile(`${house.root}/${path}`)));
    }
    for (const token of tokens) assert.ok(texts.every((text) => !text.includes(token)));
  });
});
