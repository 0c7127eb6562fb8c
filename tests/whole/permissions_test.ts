/** The tasks of deno.json as they are typed: real processes with exactly those permissions. */

import assert from "node:assert/strict";
import { startSimulator } from "../../pipeline/sources/simulator/server.ts";
import { assertSameSamples, heartRateOf, present } from "../support/house.ts";
import { inTemporaryFolder, treeOf } from "../support/effects.ts";
import { statusSchema } from "../support/status.ts";
import { runTask, taskCommand, tasks } from "../support/task.ts";
import { writeArchive } from "../support/takeout_of.ts";

Deno.test("every task that touches data works with its own permissions, from door to aggregates", async () => {
  const simulator = await startSimulator({
    clock: { now: () => Date.parse(present) },
  });
  try {
    await inTemporaryFolder(async (folder) => {
      const root = `${folder}/data`;
      const data = ["--data", root];
      const env = {
        EVERYSECOND_CONFIG: `${folder}/config`,
        EVERYSECOND_GOOGLE_HEALTH_URL: simulator.googleUrl,
        EVERYSECOND_GOOGLE_HEALTH_TOKEN: simulator.issue("google-health").accessToken,
        EVERYSECOND_FITBIT_WEB_URL: simulator.fitbitUrl,
        EVERYSECOND_FITBIT_WEB_TOKEN: simulator.issue("fitbit-web").accessToken,
      };
      const day = "2026-10-05";
      const google = ["--from", day, "--to", day, "--only", "heart_rate,resting_heart_rate"];
      const fitbit = ["--source", "fitbit-web", "--from", day, "--to", day, "--only", "heart_rate"];
      await runTask("plan", [...google, ...data], env);
      await runTask("fetch", [...google, ...data], env);
      await runTask("fetch", [...fitbit, ...data], env);
      await writeArchive(`${folder}/takeout.zip`, simulator, ["2026-10-06"]);
      await runTask("import", [`${folder}/takeout.zip`, "--timezone", "Europe/Berlin", ...data]);
      await runTask("transform", ["--csv", ...data]);
      await runTask("aggregate", data);
      const tree = await treeOf(root);
      await runTask("pipeline", [...google, ...data], env);
      await runTask("verify", data);
      await runTask("verify", ["--rebuild", ...data]);
      await runTask("transform", data);
      await runTask("aggregate", data);
      const status = statusSchema.parse(
        JSON.parse((await runTask("status", ["--json", ...data])).results),
      );
      assert.deepEqual(
        status.streams.map(({ source, days }) => [source, days.settled]),
        [["fitbit-web", 1], ["google-health", 5], ["google-health", 1], ["takeout", 1]],
      );
      for (const each of [day, "2026-10-06"]) {
        const rows = await heartRateOf(root, each);
        assert.ok(rows !== undefined);
        assertSameSamples(rows, simulator.truthOf(each), each);
      }
      const after = await treeOf(root);
      assert.deepEqual(Array.from(after.keys()), Array.from(tree.keys()));
    });
  } finally {
    await simulator.stop();
  }
});

Deno.test("transform works on all cores with its own permissions", async () => {
  const simulator = await startSimulator({ clock: { now: () => Date.parse(present) } });
  try {
    await inTemporaryFolder(async (folder) => {
      const days = Array.from(
        { length: 17 },
        (_, i) => `2026-10-${String(i + 1).padStart(2, "0")}`,
      );
      await writeArchive(
        `${folder}/takeout.zip`,
        simulator,
        days.filter((day) => day !== "2026-10-08"),
      );
      const data = ["--data", `${folder}/data`];
      await runTask("import", [`${folder}/takeout.zip`, ...data]);
      await runTask("transform", data);
      for (const day of ["2026-10-01", "2026-10-17"]) {
        const rows = await heartRateOf(`${folder}/data`, day);
        assert.ok(rows !== undefined);
        assertSameSamples(rows, simulator.truthOf(day), day);
      }
    });
  } finally {
    await simulator.stop();
  }
});

Deno.test("simulate serves with its own permissions, prints its address, and ends by Ctrl-C", async () => {
  const child = taskCommand("simulate", ["--seed", "3"]).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await reader.read();
  const url = value.trim();
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  const answer = await fetch(`${url}/v4/users/me/settings`);
  assert.equal(answer.status, 401);
  await answer.body?.cancel();
  child.kill("SIGINT");
  assert.equal((await child.status).code, 0);
  await reader.cancel();
  assert.match(await new Response(child.stderr).text(), /EVERYSECOND_GOOGLE_HEALTH_TOKEN=/);
});

/** Tasks that ask a service, or stand in for one. */
const networked = [
  ...["cohort-worker", "demo", "doctor", "fetch", "login", "logout", "pipeline", "plan"],
  "simulate",
];

Deno.test("tasks that need no network have none, and none has everything", () => {
  const running = Object.entries(tasks)
    .filter(([, command]) => command.includes("pipeline/cli.ts"))
    // Jupyter is another program, with permissions of its own.
    .filter(([task]) => task !== "notebook");
  for (const [task, command] of running) {
    assert.doesNotMatch(command, / (-A|--allow-all|--allow-env|--allow-run)( |$)/, task);
    const hasNetwork = command.includes("--allow-net");
    assert.equal(
      hasNetwork,
      networked.includes(task),
      task,
    );
  }
});
