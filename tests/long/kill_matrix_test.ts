/**
 * A run that is killed without warning, at many moments, and then finished: not one byte is other
 * than after a run that nobody disturbed.
 */

import assert from "node:assert/strict";
import { ledgerFile } from "../../pipeline/layout.ts";
import { type LoggedRequest } from "../../pipeline/sources/simulator/simulator.ts";
import { type SimulatorServer, startSimulator } from "../../pipeline/sources/simulator/server.ts";
import { seeded } from "../../pipeline/sources/simulator/random.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { copyFolder } from "../support/folders.ts";
import { contentOf, House, present } from "../support/house.ts";
import { type Ended, start } from "../support/process.ts";
import { writeArchive } from "../support/takeout_of.ts";

const now = Date.parse(present);

type Commands = readonly (readonly string[])[];

/** Fetches by both APIs, imports, transforms and aggregates: a few seconds. */
function everything(root: string, zip: string): Commands {
  return [
    [
      "fetch",
      "--from",
      "2026-10-23",
      "--to",
      "2026-10-26",
      "--only",
      "heart_rate,resting_heart_rate",
    ],
    [
      "fetch",
      "--source",
      "fitbit-web",
      "--from",
      "2026-10-24",
      "--to",
      "2026-10-25",
      "--only",
      "heart_rate",
    ],
    ["import", zip],
    ["transform", "--csv"],
    ["aggregate"],
  ].map((argv) => [...argv, "--data", root]);
}

class Stage {
  constructor(readonly folder: string, readonly simulator: SimulatorServer) {}

  get zip(): string {
    return `${this.folder}/takeout.zip`;
  }

  /** Runs the commands, and kills them when told to. */
  async run(commands: Commands, killAfter_ms?: number): Promise<Ended> {
    const { simulator } = this;
    const running = start({
      commands,
      now,
      env: {
        EVERYSECOND_CONFIG: `${this.folder}/config`,
        EVERYSECOND_GOOGLE_HEALTH_URL: simulator.googleUrl,
        EVERYSECOND_GOOGLE_HEALTH_TOKEN: simulator.issue("google-health").accessToken,
        EVERYSECOND_FITBIT_WEB_URL: simulator.fitbitUrl,
        EVERYSECOND_FITBIT_WEB_TOKEN: simulator.issue("fitbit-web").accessToken,
      },
    });
    await running.begun;
    if (killAfter_ms === undefined) return await running.ended;
    const timer = setTimeout(() => running.kill(), killAfter_ms);
    const ended = await running.ended;
    clearTimeout(timer);
    return ended;
  }

  /** The same, and it must reach its end. */
  async finish(commands: Commands): Promise<Ended> {
    const ended = await this.run(commands);
    assert.deepEqual([ended.code, ended.killed], [0, false], ended.said);
    return ended;
  }
}

async function onStage(work: (stage: Stage) => Promise<void>): Promise<void> {
  const simulator = await startSimulator({
    clock: { now: () => now },
    // The clock stands: a quota would never be given back.
    google: { quotaPerMinute: 1_000_000 },
    fitbit: { quotaPerHour: 1_000_000 },
  });
  try {
    await inTemporaryFolder(async (folder) => {
      const stage = new Stage(folder, simulator);
      await writeArchive(stage.zip, simulator, ["2026-10-20", "2026-10-21", "2026-10-24"]);
      await work(stage);
    });
  } finally {
    await simulator.stop();
  }
}

/** How often each document was asked for, its first page counted. */
function askedOf(requests: readonly LoggedRequest[]): Map<string, number> {
  const asked = new Map<string, number>();
  for (const { kind, path, query } of requests) {
    if (kind !== "data" || query.includes("pageToken")) continue;
    const key = `${path}?${query}`;
    asked.set(key, (asked.get(key) ?? 0) + 1);
  }
  return asked;
}

/** The documents of which a request was sent more than once; never more than twice. */
function documentsAskedTwice(requests: readonly LoggedRequest[]): string[] {
  const again = Array.from(askedOf(requests)).filter(([, times]) => times > 1);
  for (const [key, times] of again) assert.equal(times, 2, key);
  // The night the clocks change is one document of two requests, for two UTC dates.
  return Array.from(new Set(again.map(([key]) => key.endsWith("timezone=UTC") ? "in UTC" : key)));
}

/** Looks in after a kill: whatever is said, it is no bug and blames nobody. */
async function assertReadable(root: string): Promise<void> {
  const { code, said } = await new House(root).run("status");
  if (code === 0) return;
  assert.equal(code, 3, said);
  assert.match(
    said,
    /There is no ledger in the data root|A run was interrupted while it wrote the ledger/,
  );
}

const kills = 50;

Deno.test(`a run killed at ${kills} moments and then finished leaves what an undisturbed one does`, async () => {
  await onStage(async (stage) => {
    const calm = `${stage.folder}/calm`;
    await stage.finish(everything(calm, stage.zip));
    const expected = await contentOf(calm);
    assert.ok(expected.files.size > 40);
    let { took_ms } = await stage.finish(everything(`${stage.folder}/timed`, stage.zip));

    const random = seeded("kill", 2016);
    for (let killed = 0; killed < kills;) {
      const root = `${stage.folder}/killed-${killed}`;
      const moment = random() * took_ms;
      const before = stage.simulator.requests.length;
      const ended = await stage.run(everything(root, stage.zip), moment);
      if (ended.killed) killed++;
      else {
        // It was done before: the machine is less busy than it was.
        assert.equal(ended.code, 0, ended.said);
        took_ms = Math.min(took_ms, ended.took_ms);
      }
      const when = `killed after ${moment.toFixed(0)} of ${took_ms.toFixed(0)} ms`;
      await assertReadable(root);

      await stage.finish(everything(root, stage.zip));
      assert.deepEqual(await contentOf(root), expected, when);
      const again = documentsAskedTwice(stage.simulator.requests.slice(before));
      assert.ok(again.length <= 1, `${when}, asked twice: ${again}`);
      const { code, results } = await new House(root).run("verify");
      assert.equal(code, 0, results);
      await Deno.remove(root, { recursive: true });
    }
  });
});

Deno.test("a ledger that is being made again can be killed too, and costs no request", async () => {
  await onStage(async (stage) => {
    const calm = `${stage.folder}/calm`;
    const commands = (root: string) => everything(root, stage.zip);
    await stage.finish(commands(calm));
    const expected = await contentOf(calm);
    const withoutLedger = async (name: string) => {
      const root = `${stage.folder}/${name}`;
      await copyFolder(calm, root);
      await Deno.remove(`${root}/${ledgerFile}`);
      return root;
    };
    const { took_ms } = await stage.finish(commands(await withoutLedger("timed")));
    const asked = askedOf(stage.simulator.requests).size;

    const random = seeded("kill the rebuild", 2016);
    for (let kill = 0; kill < 15; kill++) {
      const root = await withoutLedger(`kill-${kill}`);
      // The ledger is made again right at the beginning.
      const moment = random() ** 2 * took_ms;
      await stage.run(commands(root), moment);
      await assertReadable(root);
      await stage.finish(commands(root));
      assert.deepEqual(await contentOf(root), expected, `killed after ${moment.toFixed(0)} ms`);
      await Deno.remove(root, { recursive: true });
    }
    assert.equal(askedOf(stage.simulator.requests).size, asked);
  });
});
