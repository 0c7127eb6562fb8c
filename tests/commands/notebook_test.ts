import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { notebook } from "../../pipeline/commands/notebook.ts";
import { exitCode, UsageError } from "../../pipeline/errors.ts";
import { noSettings } from "../../pipeline/settings/resolve.ts";
import { inTemporaryFolder, testEffects } from "../support/effects.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Runs the command with a home of its own, and a PATH that holds only what the test puts there. */
async function runNotebook(folder: string, args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ..."run --no-prompt --allow-read --allow-env --allow-run pipeline/cli.ts notebook".split(" "),
      ...args,
    ],
    cwd: repository,
    env: { PATH: `${folder}/bin`, XDG_DATA_HOME: `${folder}/data`, JUPYTER_PATH: "/elsewhere" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("deno task notebook installs the kernel and opens the notebooks", async () => {
  await inTemporaryFolder(async (folder) => {
    await Deno.mkdir(`${folder}/bin`);
    await Deno.writeTextFile(
      `${folder}/bin/jupyter-lab`,
      `#!/bin/sh\necho "$@"\necho "$JUPYTER_PATH"\necho "$EVERYSECOND_DATA"\n`,
      { mode: 0o755 },
    );
    const first = await runNotebook(folder, ["--no-browser", "--data", "/my/data"]);
    assert.equal(first.stderr, "Installing the Deno kernel for Jupyter\n");
    assert.deepEqual(first.stdout.split("\n"), [
      `${repository}notebooks --no-browser`,
      `${folder}/data/jupyter:/elsewhere`,
      "/my/data",
      "",
    ]);
    assert.equal(first.code, exitCode.done);
    const spec = await Deno.readTextFile(`${folder}/data/jupyter/kernels/deno/kernel.json`);
    assert.ok(spec.includes(JSON.stringify(Deno.execPath())), spec);

    const second = await runNotebook(folder, []);
    assert.deepEqual(second, {
      code: exitCode.done,
      stdout: `${repository}notebooks\n${folder}/data/jupyter:/elsewhere\n\n`,
      stderr: "",
    });
  });
});

Deno.test("deno task notebook --execute has the notebooks run and written as pages", async () => {
  await inTemporaryFolder(async (folder) => {
    // As a tool that installs one program links it: the others lie beside the real one.
    await Deno.mkdir(`${folder}/bin`);
    await Deno.mkdir(`${folder}/real`);
    for (const name of ["jupyter-lab", "jupyter-nbconvert"]) {
      await Deno.writeTextFile(`${folder}/real/${name}`, `#!/bin/sh\necho ${name} "$@"\n`, {
        mode: 0o755,
      });
    }
    await Deno.symlink(`${folder}/real/jupyter-lab`, `${folder}/bin/jupyter-lab`);
    const { code, stdout } = await runNotebook(folder, ["--execute", "--data", `${folder}/my`]);
    assert.equal(code, exitCode.done);
    const [call = "", closing = ""] = stdout.split("\n");
    const pages = `${folder}/my/notebooks`;
    assert.ok(
      call?.startsWith(`jupyter-nbconvert --to html --execute --output-dir ${pages} `),
      call,
    );
    assert.ok(call.includes(`${repository}notebooks/01-one-day.ipynb`), call);
    assert.match(closing, new RegExp(`^\\d+ pages in ${pages}$`));
  });
});

Deno.test("notebook.run() says how to get Jupyter", async () => {
  const effects = testEffects();
  // Wherever it looks, there is nothing.
  const files = { ...effects.files, size: () => undefined };
  const given = { text: () => undefined, flag: () => false, operands: [] };
  await assert.rejects(
    notebook.run({
      given,
      root: "data",
      effects: { ...effects, files },
      env: () => undefined,
      settings: noSettings,
    }),
    (error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, "Cannot find JupyterLab");
      for (const way of ["pipx install", "uv tool install", "pip install"]) {
        assert.ok(error.hint?.includes(`${way} jupyterlab`), error.hint);
      }
      return true;
    },
  );
});
