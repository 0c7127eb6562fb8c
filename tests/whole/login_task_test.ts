/** `deno task login` and `logout` as they are typed: processes with exactly their permissions. */

import assert from "node:assert/strict";
import { startSimulator } from "../../pipeline/sources/simulator/server.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { runTask, taskCommand } from "../support/task.ts";

Deno.test({
  name: "login opens the platform's browser, logout needs none, with their own permissions",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const simulator = await startSimulator({ clock: { now: () => Date.now() } });
    try {
      await inTemporaryFolder(async (folder) => {
        const bin = `${folder}/bin`;
        await Deno.mkdir(bin);
        // A browser that only tells which page it was to open.
        const opened = `${folder}/opened`;
        await Deno.writeTextFile(
          `${bin}/xdg-open`,
          `#!/bin/sh\nprintf '%s\\n' "$@" > ${opened}.part && mv ${opened}.part ${opened}\n`,
          {
            mode: 0o755,
          },
        );
        const { clientId, clientSecret } = simulator.google;
        const client = `${folder}/client.json`;
        await Deno.writeTextFile(
          client,
          JSON.stringify({ installed: { client_id: clientId, client_secret: clientSecret } }),
        );
        const env = {
          PATH: `${bin}:${Deno.env.get("PATH") ?? ""}`,
          EVERYSECOND_CONFIG: `${folder}/config`,
          EVERYSECOND_GOOGLE_HEALTH_URL: simulator.googleUrl,
        };
        const child = taskCommand("login", ["--client", client], env).spawn();
        const tooEarly = child.status.then(({ code }) => {
          throw new Error(`It ended with ${code} before it opened a page`);
        });
        const page = await Promise.race([linesOf(opened, folder), tooEarly]);
        tooEarly.catch(() => {});
        assert.equal(page.length, 1, "the address is one argument");
        await (await fetch(page[0] ?? "")).body?.cancel();
        const { code, stdout, stderr } = await child.output();
        const said = new TextDecoder().decode(stderr);
        assert.equal(code, 0, said);
        assert.match(new TextDecoder().decode(stdout), /^Logged in to google-health/);
        assert.doesNotMatch(said, /No browser could be opened|allow-run/);
        assert.match((await runTask("logout", [], env)).results, /consent is withdrawn/);
      });
    } finally {
      await simulator.stop();
    }
  },
});

/** The lines of a file, once it is there. */
async function linesOf(path: string, folder: string): Promise<string[]> {
  const read = () => Deno.readTextFileSync(path).trim().split("\n");
  using watcher = Deno.watchFs(folder, { recursive: false });
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  for await (const { paths } of watcher) {
    if (paths.some((each) => each.endsWith("/opened"))) return read();
  }
  throw new Error("Nothing was opened");
}
