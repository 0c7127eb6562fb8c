/** A whole account made fit to be handed on, and looked through for what must not be in it. */

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { tableNamed } from "../../pipeline/catalog.ts";
import { exitCode } from "../../pipeline/errors.ts";
import { readColumns } from "../../pipeline/read_columns.ts";
import { shiftOf } from "../../pipeline/share/shift.ts";
import { inTemporaryFolder, treeOf, WatchedFiles } from "../support/effects.ts";
import { House } from "../support/house.ts";
import { type PlainRow, plainRows } from "../support/rows.ts";

const key = "a key that nobody can guess";

/** Two days of everything the made-up person has. */
async function houseOfTwoDays(folder: string): Promise<House> {
  const house = new House(`${folder}/data`);
  await house.must("pipeline", "--from", "2026-10-24", "--to", "2026-10-25");
  return house;
}

/** The rows of a table with a part a year, of all of its parts. */
async function rowsOf(root: string, name: string): Promise<PlainRow[]> {
  const table = tableNamed(name);
  const rows: PlainRow[] = [];
  for (const part of (await treeOf(`${root}/tables/${name}`)).keys()) {
    const path = `${root}/tables/${name}/${part}`;
    rows.push(...plainRows(table, await readColumns(table, await Deno.readFile(path), path)));
  }
  return rows;
}

Deno.test("deno task share moves every day by the participant's shift, and nothing leaks", () =>
  inTemporaryFolder(async (folder) => {
    const house = await houseOfTwoDays(folder);
    await Deno.writeTextFile(`${folder}/key`, key);
    const out = `${folder}/shared`;
    const { code, results } = await house.run("share", out, "--key", `${folder}/key`);
    assert.equal(code, exitCode.done, results);
    assert.equal(results, "Nothing leaks");

    const days = async (root: string) =>
      Array.from(
        (await treeOf(`${root}/tables/heart_rate`)).keys(),
        (path) => Date.parse(/date=(\S{10})/.exec(path)?.[1] ?? "") / 86_400_000,
      );
    const [before, after] = [await days(house.root), await days(out)];
    assert.ok(before.length >= 2);
    assert.deepEqual(after, before.map((day) => day + shiftOf("me", key)));
    const top = Array.from(Deno.readDirSync(out), ({ name }) => name).sort();
    assert.deepEqual(top, ["aggregates", "tables"]);

    const again = `${folder}/again`;
    assert.equal((await house.run("share", again, "--key", `${folder}/key`)).code, exitCode.done);
    assert.deepEqual(await treeOf(again), await treeOf(out), "the same key gives the same copy");
  }));

Deno.test("deno task share gives an id one number in every table", () =>
  inTemporaryFolder(async (folder) => {
    const house = await houseOfTwoDays(folder);
    const out = `${folder}/shared`;
    await house.must("share", out, "--key", `${folder}/key`);

    const exercises = await rowsOf(out, "exercise");
    for (const table of ["exercise_split", "exercise_event"]) {
      const rows = await rowsOf(out, table);
      assert.ok(rows.length > 0, table);
      for (const { exercise_id, time, type } of rows) {
        const [whole] = exercises.filter((one) => one["exercise_id"] === exercise_id);
        const inOrder = [whole?.["time"], time, whole?.["end_time"]].map(String);
        assert.deepEqual(inOrder, inOrder.toSorted(), `${table} of exercise ${exercise_id}`);
        assert.notEqual(type, "other", table);
      }
    }
  }));

Deno.test("deno task share --verify finds what was put into a copy", () =>
  inTemporaryFolder(async (folder) => {
    const house = await houseOfTwoDays(folder);
    const out = `${folder}/shared`;
    const first = await house.run("share", out, "--key", `${folder}/made-key`);
    assert.equal(first.code, exitCode.done, first.results);
    assert.match(await Deno.readTextFile(`${folder}/made-key`), /^[0-9a-f]{64}\n$/);

    const parts = Array.from((await treeOf(`${house.root}/tables/sleep`)).keys());
    const year = parts[0] ?? "";
    await Deno.mkdir(dirname(`${out}/tables/sleep/${year}`), { recursive: true });
    await Deno.copyFile(`${house.root}/tables/sleep/${year}`, `${out}/tables/sleep/${year}`);
    await Deno.writeTextFile(`${out}/notes.txt`, "Ada");
    const { code, results } = await house.run("share", out, "--verify");
    assert.equal(code, exitCode.incomplete);
    assert.match(results, /notes.txt: it is no part of a table that may be shared/);
    assert.match(results, new RegExp(`tables/sleep/${year}: utc_offset_s tells where`));
    assert.match(results, new RegExp(`tables/sleep/${year}: sleep_id has "\\d{10,}"`));
  }));

Deno.test("deno task share asks for a key, and writes over nothing", () =>
  inTemporaryFolder(async (folder) => {
    const house = new House(`${folder}/data`);
    const keyless = await house.run("share", `${folder}/out`);
    assert.equal(keyless.code, exitCode.usage);
    assert.match(keyless.said, /--key is missing/);
    await Deno.mkdir(`${folder}/full/tables`, { recursive: true });
    const full = await house.run("share", `${folder}/full`, "--key", `${folder}/key`);
    assert.match(full.said, /There is something in ".*full" already/);
  }));

Deno.test("deno task share that is stopped, or refused by the disk, goes on from nothing", () =>
  inTemporaryFolder(async (folder) => {
    const house = await houseOfTwoDays(folder);
    await Deno.writeTextFile(`${folder}/key`, key);
    const calm = `${folder}/calm`;
    await house.must("share", calm, "--key", `${folder}/key`);
    const changes = house.files.calls.length;
    const expected = await treeOf(calm);

    const out = `${folder}/shared`;
    for (let number = 1; number <= changes; number += Math.ceil(changes / 12)) {
      const files = new WatchedFiles();
      files.failAt = (call) =>
        call < number
          ? undefined
          : Object.assign(new Error("Input/output error (os error 5)"), { code: "EIO" });
      const failed = await house.runWith({ files }, "share", out, "--key", `${folder}/key`);
      const when = `change ${number} of ${changes}`;
      assert.equal(failed.code, exitCode.incomplete, `${when}: ${failed.said}`);
      const left = Array.from((await treeOf(out)).keys());
      assert.deepEqual(left.filter((path) => /^(tables|aggregates)\//.test(path)), [], when);

      await house.must("share", out, "--key", `${folder}/key`);
      assert.deepEqual(await treeOf(out), expected, when);
      await Deno.remove(out, { recursive: true });
    }
  }));

Deno.test("deno task share of a data root without tables says so, and makes nothing", () =>
  inTemporaryFolder(async (folder) => {
    const house = new House(`${folder}/data`);
    const { code, said } = await house.run("share", `${folder}/out`, "--key", `${folder}/key`);
    assert.equal(code, exitCode.incomplete);
    assert.match(said, /There are no tables in ".*data"\n.*--data/);
  }));
