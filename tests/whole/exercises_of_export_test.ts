/** An export tells of its exercises twice, by other ids: what becomes of both. */

import assert from "node:assert/strict";
import { workoutsOf } from "../../pipeline/sources/simulator/workouts.ts";
import { exportOf, tenDays } from "../generate/export/export_of.ts";
import { imported } from "../support/exports.ts";

const of = exportOf(tenDays);
const workouts = of.days.flatMap((day) => workoutsOf(of.world.body, day))
  .filter(({ to_ms }) => to_ms < of.made);

Deno.test("each exercise of an export is one row, with its splits, beside what the watch took for one", () =>
  imported("G6", of, (_, tables) => {
    const rows = (name: string) => tables.get(name) ?? [];
    const ids = rows("exercise").map((row) => row["exercise_id"]);
    assert.equal(ids.length, workouts.length);
    assert.deepEqual(ids.toSorted(), workouts.map(({ id }) => String(id)).toSorted());
    const splits = rows("exercise_split").map((row) => row["exercise_id"]);
    assert.deepEqual(splits.toSorted(), ids.toSorted());
    assert.equal(rows("exercise_candidate").length, workouts.length);
  }));
