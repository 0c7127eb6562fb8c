/** What the schedulers are told, held as files beside this test. */

import assert from "node:assert/strict";
import { cronLines } from "../../pipeline/schedule/cron.ts";
import type { DailyJob } from "../../pipeline/schedule/job.ts";
import { launchdInstallation } from "../../pipeline/schedule/launchd.ts";
import { systemdInstallation } from "../../pipeline/schedule/systemd.ts";
import { windowsInstallation } from "../../pipeline/schedule/windows.ts";
import { awkwardJob, places, plainJob } from "./jobs.ts";

/** Each file of a job by the name it has among the fixtures. */
function textsOf(job: DailyJob): Record<string, string> {
  const files = [
    ...systemdInstallation(job, places).files,
    ...launchdInstallation(job, places, 501).files,
    ...windowsInstallation(job, places).files,
    { path: `${job.name}.crontab`, text: `${cronLines(job).join("\n")}\n` },
  ];
  return Object.fromEntries(files.map(({ path, text }) => [path.replace(/^.*[\\/]/, ""), text]));
}

const folder = new URL("../fixtures/schedule/", import.meta.url);

for (const job of [plainJob, awkwardJob]) {
  for (const [name, text] of Object.entries(textsOf(job))) {
    Deno.test(`the scheduler's file ${name} is as it should be`, () => {
      assert.equal(text, Deno.readTextFileSync(new URL(name, folder)));
    });
  }
}

Deno.test("each scheduler keeps its files where it looks for them", () => {
  const paths = [
    systemdInstallation(plainJob, places),
    systemdInstallation(plainJob, { ...places, config: "/home/me/cfg" }),
    launchdInstallation(plainJob, places, 501),
  ].flatMap(({ files }) => files.map(({ path }) => path));
  assert.deepEqual(paths, [
    "/home/me/.config/systemd/user/everysecond.service",
    "/home/me/.config/systemd/user/everysecond.timer",
    "/home/me/cfg/systemd/user/everysecond.service",
    "/home/me/cfg/systemd/user/everysecond.timer",
    "/home/me/Library/LaunchAgents/org.everysecond.plist",
  ]);
});
