/** The image's recipe: what it holds, who runs it, and that it keeps up with the rest. */

import assert from "node:assert/strict";

const here = (path: string) => new URL(`../${path}`, import.meta.url);
const read = (path: string) => Deno.readTextFileSync(here(path));
const dockerfile = read("Dockerfile");

Deno.test("the image has the Deno that the tests run with", () => {
  const tested = /!= (\d+\.\d+\.\d+) \]/.exec(read(".ci/run"))?.[1];
  assert.equal(/^FROM denoland\/deno:(\S+)$/m.exec(dockerfile)?.[1], tested);
});

Deno.test("the image holds the program and nothing of a person", () => {
  const allowed = read(".dockerignore").split("\n").filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));
  const copied = Array.from(dockerfile.matchAll(/^COPY (.+) \S+$/gm))
    .flatMap(([, names = ""]) => names.split(" "));
  assert.deepEqual(copied.toSorted(), allowed.toSorted());
  assert.match(read(".dockerignore"), /^\*$/m);
  for (const name of copied) assert.ok(Deno.statSync(here(name)), name);
});

Deno.test("the image runs as a plain user and ends as by Ctrl-C", () => {
  const last = dockerfile.lastIndexOf("\nUSER ");
  assert.match(dockerfile.slice(last), /^\nUSER [1-9]\d*:[1-9]\d*\n/);
  assert.ok(last > dockerfile.lastIndexOf("\nRUN "));
  assert.match(dockerfile, /^STOPSIGNAL SIGINT$/m);
  for (const [, folder = ""] of dockerfile.matchAll(/^ +EVERYSECOND_\w+=(\S+)/gm)) {
    assert.ok(dockerfile.includes(`"${folder}"`), `${folder} is no volume`);
  }
});
