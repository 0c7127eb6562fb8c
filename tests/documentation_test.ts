/** What the documentation says exists, and what exists is documented. */

import assert from "node:assert/strict";
import { z } from "zod";
import { commandNames, loadCommand } from "../pipeline/cli.ts";
import { exitCode } from "../pipeline/errors.ts";
import { isSettingName } from "../pipeline/settings/catalog.ts";
import { pages } from "../pipeline/reference.ts";

const here = (path: string) => new URL(`../${path}`, import.meta.url);
const readme = Deno.readTextFileSync(here("README.md"));
const { tasks, imports } = z.object({
  tasks: z.record(z.string(), z.object({ description: z.string(), command: z.string() })),
  imports: z.record(z.string(), z.string()),
}).parse(JSON.parse(Deno.readTextFileSync(here("deno.json"))));

Deno.test("every command is a task and every task of the README exists", () => {
  for (const name of commandNames) assert.ok(name in tasks, `deno.json has no task ${name}`);
  for (const [, name = ""] of readme.matchAll(/deno task ([a-z:-]+)/g)) {
    assert.ok(name in tasks, `README.md mentions deno task ${name}`);
  }
});

for (const name of commandNames) {
  Deno.test(`deno task ${name} has its words in the help, deno.json and README.md`, async () => {
    const { spec } = await loadCommand(name);
    assert.equal(spec.name, name);
    assert.ok(readme.includes(`\`${name}`), `README.md does not mention ${name}`);
    assert.match(tasks[name]?.command ?? "", new RegExp(`pipeline/cli\\.ts ${name}$`));
    for (const option of spec.options) {
      // What can be set once stands in docs/settings.md, which is made from the same table.
      if (name === "settings" && isSettingName(option.name)) continue;
      assert.ok(readme.includes(`--${option.name}`), `README.md does not mention --${option.name}`);
    }
  });
}

for (const [path, made] of Object.entries(pages)) {
  Deno.test(`${path} is what the code says`, async () => {
    const page = Deno.readTextFileSync(here(path));
    const formatted = new Deno.Command(Deno.execPath(), {
      args: ["fmt", "--ext", "md", "-"],
      stdin: "piped",
      stdout: "piped",
      cwd: here("."),
    }).spawn();
    const writer = formatted.stdin.getWriter();
    await writer.write(new TextEncoder().encode(made()));
    await writer.close();
    const { stdout } = await formatted.output();
    assert.equal(page, new TextDecoder().decode(stdout), "run deno task docs");
  });
}

Deno.test("every exit code is in README.md", () => {
  for (const code of Object.values(exitCode)) assert.ok(readme.includes(`${code} `), `${code}`);
});

Deno.test("every dependency is pinned exactly", () => {
  for (const [name, from] of Object.entries(imports)) {
    assert.match(from, /^npm:(@[^/]+\/)?[^@/]+@\d+\.\d+\.\d+(\/.*)?$/, name);
  }
});
