/** The daily job as a scheduler runs it: a shell with next to nothing in its environment. */

import assert from "node:assert/strict";
import { logFile } from "../../pipeline/layout.ts";
import { startSimulator } from "../../pipeline/sources/simulator/server.ts";
import { LoginFile } from "../../pipeline/sources/token_file.ts";
import { denoFolder, inTemporaryFolder, treeOf } from "../support/effects.ts";
import { runTask } from "../support/task.ts";

/** Runs the line of the crontab as cron does. */
async function runAsCron(line: string, home: string) {
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", line.replace(/^(\S+ ){5}/, "").replaceAll("\\%", "%")],
    cwd: home,
    clearEnv: true,
    env: { HOME: home, PATH: "/usr/bin:/bin", DENO_DIR: denoFolder() },
  }).output();
  const decoder = new TextDecoder();
  return { code, said: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** A login that cannot be renewed. */
function saveLogin(config: string, api_url: string, access_token: string): void {
  new LoginFile(config).save({
    source: "google-health",
    participant: "me",
    api_url,
    token_endpoint: `${api_url}/token`,
    client_id: "none",
    client_auth: "none",
    access_token,
    expires_at: null,
  });
}

Deno.test({
  name: "the daily job fetches, is silent when all is well, and says what is wrong when it is not",
  ignore: Deno.build.os === "windows",
  async fn() {
    // The processes go by the machine's clock, so the made-up person does, too.
    const simulator = await startSimulator({ clock: { now: () => Date.now() } });
    try {
      await inTemporaryFolder(async (folder) => {
        const root = `${folder}/my 100% data`;
        const config = `${folder}/config`;
        const env = { EVERYSECOND_CONFIG: config };
        saveLogin(config, simulator.googleUrl, simulator.issue("google-health").accessToken);
        await Deno.writeTextFile(
          `${config}/settings.toml`,
          `data = "${root}"\ngoogle-health-url = "${simulator.googleUrl}"\n` +
            'from = "1d"\nonly = ["heart_rate"]\n',
        );
        const shell = { ...env, EVERYSECOND_SKIP: "weight" };
        const { results, said } = await runTask("schedule", ["--with", "cron"], shell);
        assert.match(said, /The job does not know EVERYSECOND_SKIP: write that into the settings/);
        const line = results.split("\n").find((each) => each.startsWith("30 6 ")) ?? "";

        assert.deepEqual(await runAsCron(line, folder), { code: 0, said: "" });
        const log = () => Deno.readTextFile(`${root}/${logFile}`);
        assert.match(await log(), /Begins\n.*Fetched google-health.* 2 new documents/);
        assert.match(await log(), /Ends with 0\n$/);
        assert.ok((await treeOf(`${root}/tables/heart_rate`)).size > 0);

        saveLogin(config, simulator.googleUrl, "CANARY-revoked");
        const refused = await runAsCron(line, folder);
        assert.equal(refused.code, 4);
        assert.match(refused.said, /log in again/i);
        assert.match(refused.said, /The log: .*pipeline\.log/);
        assert.match(await log(), /Ends with 4\n$/);
        assert.doesNotMatch(await log() + refused.said, /CANARY/);
      });
    } finally {
      await simulator.stop();
    }
  },
});
