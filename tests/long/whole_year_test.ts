/**
 * A simulated year of a whole account costs no more requests than the plan said, and not far fewer; and
 * to make all its tables takes no more memory than a year of heart rate may.
 */

import assert from "node:assert/strict";
import { z } from "zod";
import { taskArguments } from "../../bench/programs.ts";
import { type House, inHouse } from "../support/house.ts";
import { canTellMemory, peakMemory } from "../support/peak_memory.ts";

const year = ["--from", "2025-11-08", "--to", "2026-11-07"] as const;

/** For any number of days. */
const most_mb = 400;

/** What `plan --json` says of a fetch. */
const planned = z.object({
  requests: z.int(),
  minutes: z.number(),
  bytes: z.int(),
  streams: z.array(z.object({ stream: z.string(), requests: z.int() })),
});

/** How many requests were for each stream of Google's, from one of them on. */
function requestsByStream({ simulator }: House, from: number): Map<string, number> {
  const types = simulator.requests.slice(from)
    .filter(({ api, kind }) => api === "google-health" && kind === "data")
    .map(({ path }) => path.split("/")[5] ?? path);
  return new Map(Array.from(Map.groupBy(types, (type) => type), ([type, { length }]) => [
    type,
    length,
  ]));
}

/** How many bytes the data root keeps as they were received. */
function bytesReceived(house: House): number {
  return house.ledger((ledger) => ledger.documents()).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Plans and fetches, and says how the two compare; fails where more was asked than planned. */
async function fetchAsPlanned(house: House, ...argv: readonly string[]): Promise<string> {
  const plan = planned.parse(JSON.parse((await house.must("plan", "--json", ...argv)).results));
  const requests = house.simulator.requests.length;
  const began = house.clock.now();
  await house.must("fetch", ...argv);
  const made = house.simulator.requests.length - requests;
  const minutes = (house.clock.now() - began) / 60_000;
  const bytes = bytesReceived(house);

  for (const [name, count] of requestsByStream(house, requests)) {
    const most = plan.streams.find(({ stream }) => stream === name)?.requests ?? 0;
    assert.ok(count <= most, `${name}: planned ${most} requests, made ${count}`);
  }
  assert.ok(made <= plan.requests, `planned ${plan.requests} requests, made ${made}`);
  assert.ok(made > plan.requests * 0.75, `planned ${plan.requests} requests, made only ${made}`);
  assert.ok(minutes <= plan.minutes, `planned ${plan.minutes} minutes, took ${minutes}`);
  assert.ok(bytes > plan.bytes / 2 && bytes < plan.bytes * 2, `${bytes} of ${plan.bytes} bytes`);
  return `planned ${plan.requests} requests, ${
    plan.minutes.toFixed(0)
  } min, ${plan.bytes} bytes; ` +
    `made ${made}, ${minutes.toFixed(0)} min, ${bytes} bytes`;
}

/** The most memory of the stage as a user runs it, in MB. */
async function transformPeak(house: House): Promise<number> {
  const [program = "", ...args] = taskArguments("transform", "--data", house.root);
  const child = new Deno.Command(program, { args, stdout: "null", stderr: "piped" }).spawn();
  const { peak_mb, ended } = await peakMemory(child.pid, child.output());
  assert.equal(ended.code, 0, new TextDecoder().decode(ended.stderr));
  return peak_mb;
}

for (const source of ["google-health", "fitbit-web"]) {
  Deno.test(`a year of everything of ${source} takes no more requests than the plan said`, async () => {
    await inHouse(async (house) => {
      const told = await fetchAsPlanned(house, "--source", source, ...year);
      await Deno.stdout.write(new TextEncoder().encode(`${told}\n`));

      // What is settled is not planned again, and asking goes no further than planned.
      const settled = ["--source", source, "--from", "2025-11-08", "--to", "2026-10-30"];
      house.later(0);
      const rest = planned.parse(
        JSON.parse((await house.must("plan", "--json", ...settled)).results),
      );
      assert.deepEqual(rest.streams, []);
      const asked = house.dataRequests;
      assert.match((await house.must("fetch", ...settled)).said, /nothing is due/);
      assert.equal(house.dataRequests, asked);

      if (canTellMemory) {
        const peak_mb = await transformPeak(house);
        assert.ok(peak_mb < most_mb, `all tables of a year took ${peak_mb.toFixed(0)} MB`);
      }
      // With the quota it has, a year of the Fitbit Web API outlasts a token.
    }, { person: { memberSince: "2025-11-08" }, fitbit: { quotaPerHour: 10_000 } });
  });
}
