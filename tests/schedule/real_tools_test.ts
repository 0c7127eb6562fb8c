/** The schedulers' own tools on what we write, where this machine has them. */

import assert from "node:assert/strict";
import { cronLines } from "../../pipeline/schedule/cron.ts";
import { systemdInstallation } from "../../pipeline/schedule/systemd.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { awkwardJob, plainJob } from "./jobs.ts";

/** What a program says of its own version or help; undefined when it is not here. */
function toolSays(program: string, ...args: string[]): string | undefined {
  try {
    const { stdout, stderr } = new Deno.Command(program, { args }).outputSync();
    return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

Deno.test({
  name: "systemd-analyze verifies the units",
  ignore: toolSays("systemd-analyze", "--version") === undefined,
  async fn() {
    await inTemporaryFolder(async (folder) => {
      // It looks whether the program is there.
      const program = `${folder}/100% a program`;
      await Deno.writeTextFile(program, "#!/bin/sh\n", { mode: 0o755 });
      for (const job of [plainJob, awkwardJob]) {
        const [, ...args] = job.command;
        const places = { home: folder, config: folder, temporary: folder };
        const { files } = systemdInstallation({ ...job, command: [program, ...args] }, places);
        await Deno.mkdir(`${folder}/systemd/user`, { recursive: true });
        for (const { path, text } of files) await Deno.writeTextFile(path, text);
        const { code, stderr } = await new Deno.Command("systemd-analyze", {
          args: ["--user", "verify", ...files.map(({ path }) => path)],
          env: { XDG_RUNTIME_DIR: folder },
        }).output();
        assert.equal(new TextDecoder().decode(stderr), "");
        assert.equal(code, 0);
      }
    });
  },
});

// Debian's can look at a file without taking it; others would put it in place of the user's own.
Deno.test({
  name: "crontab takes the lines",
  ignore: !toolSays("crontab", "-n")?.includes("[-n] file"),
  async fn() {
    await inTemporaryFolder(async (folder) => {
      await Deno.writeTextFile(
        `${folder}/crontab`,
        [...cronLines(plainJob), ...cronLines(awkwardJob), ""].join("\n"),
      );
      const { code, stderr } = await new Deno.Command("crontab", {
        args: ["-n", `${folder}/crontab`],
      }).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
    });
  },
});
