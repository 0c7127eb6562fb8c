/** The doctor in a whole house: well, and with one thing wrong at a time. */

import assert from "node:assert/strict";
import { z } from "zod";
import { diskFiles } from "../../pipeline/effects.ts";
import { holdRoot } from "../../pipeline/raw/lock.ts";
import { openLog } from "../../pipeline/terminal/log_file.ts";
import { type House, inHouse } from "../support/house.ts";
import { writeArchive } from "../support/takeout_of.ts";
import { runTask } from "../support/task.ts";

const oneDay = ["--from", "2026-10-05", "--to", "2026-10-05", "--only", "heart_rate"];

/** What `doctor --json` promises. */
const doctorSchema = z.strictObject({
  format: z.literal(1),
  checks: z.array(z.strictObject({
    id: z.string(),
    state: z.enum(["ok", "warning", "error"]),
    says: z.string().min(1),
    remedy: z.string().min(1).nullable(),
  })),
});

/** Other programs go by these: none is renamed, none left out. */
const ids = [
  "deno",
  "dependencies",
  "permissions",
  "settings",
  "disk-space",
  "network",
  "clock",
  "login",
  "login-file",
  "login-lifetime",
  "login-scopes",
  "api",
  "watch-sync",
  "data-root",
  "lock",
  "ledger",
  "failed-days",
  "stopped-streams",
  "put-aside",
  "daily-job",
];

/** Of a machine with little room, only this differs from run to run. */
const ofTheMachine = new Set(["deno", "disk-space"]);

async function examined(house: House) {
  const ran = await house.run("doctor", "--json");
  const { checks } = doctorSchema.parse(JSON.parse(ran.results));
  assert.deepEqual(checks.map(({ id }) => id), ids);
  const wrong = checks.filter(({ id, state }) => state !== "ok" && !ofTheMachine.has(id));
  return {
    code: ran.code,
    wrong,
    said: wrong.map(({ says, remedy }) => `${says} -> ${remedy}`).join("\n"),
  };
}

/** Something wrong: how it comes about, the checks that see it, the exit code, the words. */
const troubles: readonly {
  readonly what: string;
  readonly make: (house: House) => Promise<unknown> | unknown;
  readonly seenBy: string[];
  readonly code: number;
  readonly says: RegExp;
}[] = [
  { what: "nothing", make: () => {}, seenBy: [], code: 0, says: /^$/ },
  {
    what: "logins that cannot be read",
    make: async (house) => {
      house.env.delete("EVERYSECOND_GOOGLE_HEALTH_TOKEN");
      const folder = house.env.get("EVERYSECOND_CONFIG") ?? "";
      await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
      await Deno.writeTextFile(`${folder}/tokens.json`, "CANARY", { mode: 0o600 });
    },
    seenBy: ["login"],
    code: 3,
    says: /^Cannot read the logins in .*: not JSON -> Move that file away/,
  },
  {
    what: "a day that failed",
    make: async (house) => {
      house.simulator.faults.add({ fault: "502-html", day: "2026-10-04" });
      await house.run(
        "fetch",
        "--from",
        "2026-10-04",
        "--to",
        "2026-10-04",
        "--only",
        "heart_rate",
      );
    },
    seenBy: ["failed-days"],
    code: 3,
    says:
      /heart-rate 1.*deno task fetch --source google-health --from 2026-10-04 --to 2026-10-04 --only heart_rate$/,
  },
  {
    what: "the API not enabled",
    make: (house) => house.simulator.faults.add({ fault: "service-disabled" }),
    seenBy: ["api"],
    code: 2,
    says: /not enabled.*console\.cloud\.google\.com/,
  },
  {
    what: "an account that is not linked",
    make: (house) => house.simulator.faults.add({ fault: "account-not-linked" }),
    seenBy: ["api"],
    code: 4,
    says: /not linked/,
  },
  {
    what: "a token that is not accepted",
    make: (house) => house.env.set("EVERYSECOND_GOOGLE_HEALTH_TOKEN", "CANARY-nobody's"),
    seenBy: ["api"],
    code: 4,
    says: /not accepted/,
  },
  {
    what: "no login where there was one",
    make: (house) => house.env.delete("EVERYSECOND_GOOGLE_HEALTH_TOKEN"),
    seenBy: ["login"],
    code: 4,
    says: /none for google-health -> deno task login google-health/,
  },
  {
    what: "a data root that others can read",
    make: (house) => Deno.chmod(house.root, 0o755),
    seenBy: ["data-root"],
    code: 0,
    says: /Others on this machine.*chmod 700/,
  },
  {
    what: "a ledger that is gone",
    make: (house) => Deno.remove(`${house.root}/ledger.sqlite`),
    seenBy: ["ledger"],
    code: 0,
    says: /missing -> deno task verify --rebuild/,
  },
  {
    what: "a ledger that is none",
    make: (house) =>
      Deno.writeTextFile(`${house.root}/ledger.sqlite`, "not a database at all, far from it"),
    seenBy: ["ledger"],
    code: 3,
    says: /ledger.*--rebuild/,
  },
  {
    what: "a daily job that fails",
    make: (house) => {
      using log = openLog(`${house.root}/log/pipeline.log`, house.clock);
      log.write("Begins\nEnds with 4");
    },
    seenBy: ["daily-job"],
    code: 0,
    says: /ended with 4/,
  },
];

for (const { what, make, seenBy, code, says } of troubles) {
  Deno.test(`doctor sees ${what}`, async () => {
    await inHouse(async (house) => {
      house.env.set("EVERYSECOND_CONFIG", `${house.root}-config`);
      await house.must("pipeline", ...oneDay);
      await make(house);
      const found = await examined(house);
      assert.deepEqual(found.wrong.map(({ id }) => id), seenBy, found.said);
      assert.match(found.said, says);
      assert.equal(found.code, code);
      assert.doesNotMatch(found.said, /CANARY/);
    });
  });
}

Deno.test("doctor works before there is anything, and without a network", async () => {
  await inHouse(async (house) => {
    house.env.clear();
    const words = "client error (Connect): dns error: failed to lookup address information";
    const offline = () =>
      Promise.reject(new TypeError("fetch failed", { cause: new Error(words) }));
    const ran = await house.runWith({ fetch: offline }, "doctor");
    assert.equal(ran.code, 0);
    assert.match(
      ran.results,
      /^warning +network +Cannot get health\.googleapis\.com: cannot connect: dns error.*information$/m,
    );
    assert.match(ran.results, /^ +-> Check the network/m);
    assert.match(ran.results, /20 checks: 0 errors, (1 warning|2 warnings)$/);
    assert.equal(diskFiles.size(house.root), undefined);

    house.handOutTokens(house.simulator);
    const withLogin = await house.runWith({ fetch: offline }, "doctor");
    assert.equal(withLogin.code, 3);
    assert.match(withLogin.results, /^error +network/m);
    assert.match(withLogin.results, /^ok +api +Not asked: there is no network$/m);
  });
});

Deno.test("doctor looks into every ledger of a cohort", async () => {
  await inHouse(async (house) => {
    const archive = `${house.root}-takeout.zip`;
    const list = `${house.root}-list.csv`;
    await writeArchive(archive, house.simulator, ["2026-10-05"]);
    await Deno.writeTextFile(
      list,
      `id,source,path\nanna,takeout,${archive}\nbert,takeout,${archive}\n`,
    );
    await runTask("cohort", [list, "--data", house.root]);
    const found = await house.run("doctor");
    assert.match(found.results, /^ok +ledger +All 2 are whole$/m);
    assert.match(found.results, /^ok +failed-days +None$/m);
    await Deno.writeTextFile(
      `${house.root}/raw/bert/ledger.sqlite`,
      "no database, whatever its name",
    );
    const broken = await house.run("doctor");
    assert.equal(broken.code, 3);
    assert.match(broken.results, /^error +ledger +.*raw\/bert\/ledger\.sqlite/m);
    await Deno.remove(archive);
    await Deno.remove(list);
  });
});

Deno.test("doctor names the run that is at work, and compares the clock with the server's", async () => {
  await inHouse(async (house) => {
    await house.must("fetch", ...oneDay);
    using _held = holdRoot(house.root, "fetch", house.clock.now(), diskFiles);
    const late = { headers: { date: "Sat, 07 Nov 2026 14:00:00 GMT" } };
    const ran = await house.runWith({
      fetch: async (input, init) => {
        const { status, body } = await house.simulator.handle(new Request(input, init));
        return new Response(body, { status, ...late });
      },
    }, "doctor");
    assert.match(
      ran.results,
      new RegExp(`^ok +lock +A run is at work: fetch, process ${Deno.pid}, since`, "m"),
    );
    assert.match(
      ran.results,
      /^error +clock +This machine's clock is 2 h 0 min behind the server's$/m,
    );
    assert.equal(ran.code, 3);
  });
});
