import assert from "node:assert/strict";
import {
  findJupyter,
  hasDenoKernel,
  jupyterFolder,
  type Machine,
} from "../../pipeline/notebook/jupyter.ts";

/** A machine with these files on it. */
function machine(
  os: Machine["os"],
  env: Record<string, string>,
  files: Record<string, string> = {},
): Machine {
  return {
    os,
    env: (name) => env[name],
    files: {
      size: (path) => files[path]?.length,
      read: (path) => new TextEncoder().encode(files[path] ?? ""),
    },
  };
}

Deno.test("findJupyter() looks through the PATH, then in the folder's own .venv", () => {
  const path = { PATH: "/usr/bin:/home/a/.local/bin" };
  const everywhere = { "/home/a/.local/bin/jupyter-lab": "#!", "/es/.venv/bin/jupyter-lab": "#!" };
  const cases = [
    [machine("linux", path, everywhere), "/home/a/.local/bin/jupyter-lab"],
    [machine("linux", {}, everywhere), "/es/.venv/bin/jupyter-lab"],
    [machine("linux", path, { "/usr/bin/jupyter-lab": "#!" }), "/usr/bin/jupyter-lab"],
    [machine("linux", path, { "/usr/bin/jupyter": "#!" }), undefined],
    [machine("linux", {}), undefined],
    [
      machine("windows", { PATH: "C:\\x;C:\\py" }, { "C:\\py/jupyter-lab.exe": "MZ" }),
      "C:\\py/jupyter-lab.exe",
    ],
  ] as const;
  for (const [from, found] of cases) assert.equal(findJupyter("jupyter-lab", from, "/es"), found);
  const installed = machine("linux", path, { "/pipx/bin/jupyter-nbconvert": "#!" });
  assert.equal(findJupyter("jupyter-nbconvert", installed, "/es"), undefined);
  assert.equal(
    findJupyter("jupyter-nbconvert", installed, "/es", ["/pipx/bin"]),
    "/pipx/bin/jupyter-nbconvert",
  );
});

Deno.test("jupyterFolder() is where deno jupyter --install writes", () => {
  const cases = [
    ["linux", { HOME: "/home/a" }, "/home/a/.local/share/jupyter"],
    ["linux", { HOME: "/home/a", XDG_DATA_HOME: "/d" }, "/d/jupyter"],
    ["darwin", { HOME: "/Users/a" }, "/Users/a/Library/Jupyter"],
    ["windows", { APPDATA: "C:\\a" }, "C:\\a/jupyter"],
    ["linux", {}, undefined],
  ] as const;
  for (const [os, env, folder] of cases) assert.equal(jupyterFolder(machine(os, env)), folder);
});

Deno.test("hasDenoKernel() wants a spec that names a Deno that exists", () => {
  const spec = "/home/a/.local/share/jupyter/kernels/deno/kernel.json";
  const kernel = (program: string) => JSON.stringify({ argv: [program, "jupyter", "--kernel"] });
  const cases: [Record<string, string>, boolean][] = [
    [{}, false],
    [{ [spec]: kernel("/opt/deno"), "/opt/deno": "ELF" }, true],
    [{ [spec]: kernel("/gone/deno"), "/opt/deno": "ELF" }, false],
    [{ [spec]: kernel("deno"), "/bin/deno": "ELF" }, true],
    [{ [spec]: kernel("deno") }, false],
    [{ [spec]: '{"argv":[]}' }, false],
    [{ [spec]: "{" }, false],
  ];
  for (const [files, expected] of cases) {
    const env = { HOME: "/home/a", PATH: "/usr/bin:/bin" };
    assert.equal(hasDenoKernel(machine("linux", env, files)), expected, JSON.stringify(files));
  }
});
