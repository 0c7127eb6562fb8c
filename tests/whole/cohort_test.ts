/** A cohort by worker processes, as it is typed, against one run that does it all. */

import assert from "node:assert/strict";
import { questions } from "../../pipeline/cohort/ask.ts";
import { type Outcome, outcomeSchema } from "../../pipeline/cohort/outcome.ts";
import { exitCode } from "../../pipeline/errors.ts";
import { idsOfCohort, madeFiles, makeInOneRun, writeCohort } from "../support/cohort.ts";
import { inTemporaryFolder, treeOf } from "../support/effects.ts";
import { House } from "../support/house.ts";
import { taskCommand } from "../support/task.ts";

async function cohort(...args: readonly string[]) {
  const { code, stdout, stderr } = await taskCommand("cohort", [...args, "--json"]).output();
  const decoder = new TextDecoder();
  const said = decoder.decode(stderr);
  const lines = decoder.decode(stdout).trim().split("\n");
  assert.ok(lines[0] !== "", said);
  return { code, said, outcomes: lines.map((line) => outcomeSchema.parse(JSON.parse(line))) };
}

const byId = (outcomes: readonly Outcome[]) =>
  outcomes.toSorted((a, b) => (a.participant < b.participant ? -1 : 1));

Deno.test("deno task cohort makes what one run makes, byte for byte; a second one writes nothing", () =>
  inTemporaryFolder(async (folder) => {
    const list = writeCohort(folder, 3, 1);
    const lake = `${folder}/lake`;
    const first = await cohort(list, "--data", lake, "--workers", "2");
    assert.equal(first.code, exitCode.done, first.said);
    assert.deepEqual(byId(first.outcomes).map(({ participant }) => participant), idsOfCohort(3));
    assert.ok(first.outcomes.every(({ rows, ending }) => rows > 0 && ending === "done"));

    await makeInOneRun(`${folder}/one`, folder, idsOfCohort(3));
    assert.deepEqual(await madeFiles(lake), await madeFiles(`${folder}/one`));

    const before = await treeOf(lake);
    const second = await cohort(list, "--data", lake);
    assert.equal(second.code, exitCode.done);
    assert.deepEqual(await treeOf(lake), before);
  }));

Deno.test("deno task cohort names whose data are missing, and the others have theirs", () =>
  inTemporaryFolder(async (folder) => {
    const list = writeCohort(folder, 2, 1);
    await Deno.writeTextFile(list, "p03,takeout,gone.zip\np04,takeout,torn.zip\n", {
      append: true,
    });
    const whole = await Deno.readFile(`${folder}/p01.zip`);
    await Deno.writeFile(`${folder}/torn.zip`, whole.subarray(0, whole.length / 2));
    const { code, outcomes } = await cohort(list, "--data", `${folder}/lake`);
    assert.equal(code, exitCode.incomplete);
    assert.deepEqual(
      byId(outcomes).map(({ ending, missing }) => [ending, missing.length]),
      [["done", 0], ["done", 0], ["failed", 1], ["incomplete", 1]],
    );
    const [, , gone, torn] = byId(outcomes);
    assert.match(gone?.missing[0] ?? "", /Cannot find ".*gone.zip"/);
    assert.match(torn?.missing[0] ?? "", /torn.zip/);
    const table = await Deno.readTextFile(`${folder}/lake/cohort/outcomes.csv`);
    assert.match(table, /^participant,.*\np01,takeout,done,.*\n(.*\n){3}$/);
  }));

Deno.test("two workers with the same participant: one waits, and the result is right", () =>
  inTemporaryFolder(async (folder) => {
    const list = writeCohort(folder, 1, 1);
    const lake = `${folder}/lake`;
    const both = await Promise.all([cohort(list, "--data", lake), cohort(list, "--data", lake)]);
    for (const { code, said, outcomes } of both) {
      assert.equal(code, exitCode.done, said);
      assert.deepEqual(outcomes.map(({ ending }) => ending), ["done"]);
    }
    await makeInOneRun(`${folder}/one`, folder, idsOfCohort(1));
    assert.deepEqual(await madeFiles(lake), await madeFiles(`${folder}/one`));
  }));

Deno.test("a data root of a cohort is worked on participant by participant", () =>
  inTemporaryFolder(async (folder) => {
    const list = writeCohort(folder, 1, 1);
    await cohort(list, "--data", `${folder}/lake`);
    const house = new House(`${folder}/lake`);
    for (const command of ["transform", "status", "verify"]) {
      const { code, said } = await house.run(command);
      assert.equal(code, exitCode.usage, command);
      assert.match(said, /belongs to a cohort, with a ledger for each participant \(there is 1\)/);
    }
    await house.must("verify", "--participant", "p01");
    const { results } = await house.must("status", "--participant", "p01");
    assert.match(results, /\nheart_rate +[\d,]+ /);
    const before = await madeFiles(house.root);
    await Deno.remove(`${house.root}/raw/p01/ledger.sqlite`);
    await cohort(list, "--data", house.root);
    await house.must("verify", "--participant", "p01");
    assert.deepEqual(await madeFiles(house.root), before);
    const stranger = await house.run("status", "--participant", "p02");
    assert.match(stranger.said, /no participant p02 of a cohort/);
  }));

Deno.test("deno task cohort-report answers every question in a table, and makes the same page again", () =>
  inTemporaryFolder(async (folder) => {
    await cohort(writeCohort(folder, 2, 1), "--data", `${folder}/lake`);
    const house = new House(`${folder}/lake`);
    await house.must("cohort-report");
    const page = await Deno.readTextFile(`${house.root}/cohort.html`);
    for (const id of idsOfCohort(2)) assert.ok(page.includes(id), id);
    const made = await treeOf(`${house.root}/cohort`);
    assert.deepEqual(
      Array.from(made.keys()).filter((path) => path.endsWith(".parquet")),
      ["outcomes", ...questions].toSorted().map((name) => `${name}/part.parquet`),
    );
    await house.must("cohort-report");
    assert.deepEqual(await treeOf(`${house.root}/cohort`), made);
    assert.equal(await Deno.readTextFile(`${house.root}/cohort.html`), page);
  }));
