/** A cohort on a real Spark, with executors as processes of their own, one of which is killed on the way. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ask, cohortViews, type Question, questions } from "../../pipeline/cohort/ask.ts";
import { diskFiles } from "../../pipeline/effects.ts";
import { type Frame, pl } from "../../pipeline/frames.ts";
import { cohortTable } from "../../pipeline/layout.ts";
import { cohortMembers } from "../../pipeline/raw/data_root.ts";
import { idsOfCohort, madeFiles, writeCohort } from "../support/cohort.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { taskCommand } from "../support/task.ts";
import { askDuckdb } from "./duckdb.ts";
import { javaMissing, pythonMissing, pythonWith, run } from "./installs.ts";

const size = 50;
const driver = fileURLToPath(new URL("../../pipeline/cluster/driver.py", import.meta.url));
const missing = pythonMissing || javaMissing;

Deno.test({
  name:
    `Spark makes of 50 participants what one machine makes, though an executor is killed${missing}`,
  ignore: missing !== "",
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const list = writeCohort(folder, size, 1);
      const [lake, local] = [`${folder}/lake`, `${folder}/local`];

      const python = await pythonWith("pyspark==4.3.0");
      const spark = new Deno.Command(python, {
        args: [driver, list, "--data", lake, "--deno", Deno.execPath()],
        env: {
          PYSPARK_SUBMIT_ARGS: "--master local-cluster[2,1,1024] --conf spark.ui.enabled=false " +
            `--conf spark.local.dir=${folder}/spark pyspark-shell`,
          PYSPARK_PYTHON: python,
        },
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const killed = killExecutorWhen(() => cohortMembers(lake, diskFiles).length >= 5);
      const { code, stdout, stderr } = await spark.output();
      const said = new TextDecoder().decode(stderr);
      assert.equal(code, 0, said);
      assert.equal(await killed, true, "no executor was killed");
      assert.match(said, /ERROR TaskSchedulerImpl: Lost executor/);
      assert.equal(new TextDecoder().decode(stdout), `${size} participants, ${size} done\n`);

      const one = await taskCommand("cohort", [list, "--data", local]).output();
      assert.equal(one.code, 0, new TextDecoder().decode(one.stderr));
      assert.deepEqual(await madeFiles(lake), await madeFiles(local));

      const views = cohortViews(local, diskFiles);
      for (const question of questions) {
        assertAlike(ask(question, views), answerOfSpark(lake, question), question);
      }
      await assertReadAlike(lake, python);
    }),
});

/** Kills one executor with SIGKILL once that is so; false when Spark is over before. */
async function killExecutorWhen(isSo: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 3000; tries++) {
    const { stdout } = await new Deno.Command("pgrep", { args: ["-f", executorClass] }).output();
    const [pid] = new TextDecoder().decode(stdout).trim().split("\n");
    if (pid !== undefined && pid !== "" && isSo()) {
      Deno.kill(Number(pid), "SIGKILL");
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

const executorClass = "org.apache.spark.executor.CoarseGrainedExecutorBackend";

function answerOfSpark(lake: string, question: Question): Frame {
  const folder = `${lake}/${cohortTable(question)}`;
  const files = diskFiles.list(folder).filter(({ name }) => name.endsWith(".parquet"));
  return pl.concat(files.map(({ name }) => pl.readParquet(`${folder}/${name}`)));
}

/** Equal in every value, numbers to the last few bits: engines add up in different orders. */
function assertAlike(ours: Frame, theirs: Frame, question: string): void {
  assert.ok(ours.height > 0, question);
  const keys = ours.columns.filter((name) => keyColumns.has(name));
  const rows = (frame: Frame) => frame.sort(keys).toRecords().map(plainRow);
  const [mine, others] = [rows(ours), rows(theirs)];
  assert.equal(mine.length, others.length, question);
  for (const [i, row] of mine.entries()) {
    for (const [name, value] of Object.entries(row)) {
      const other = others[i]?.[name];
      const isNear = typeof value === "number" && typeof other === "number" &&
        Math.abs(value - other) <= 1e-12 * Math.max(Math.abs(value), Math.abs(other));
      if (!isNear) assert.equal(value, other, `${question}, row ${i}, ${name}`);
    }
  }
}

const keyColumns = new Set(["participant", "measure", "civil_day", "week"]);

function plainRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, plain(value)]),
  );
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "bigint" ? Number(value) : value;
}

/** Spark, DuckDB and polars find participants and days in the folders' names, and count the same. */
async function assertReadAlike(lake: string, python: string): Promise<void> {
  const heartRate = `${lake}/tables/heart_rate`;
  const script = fileURLToPath(new URL("spark_counts.py", import.meta.url));
  const bySpark: unknown = JSON.parse(await run(python, [script, heartRate]));
  const [byDuckdb] = await askDuckdb([
    `select count(distinct participant), count(*), sum(bpm)::bigint,
        count(distinct (participant, date))
      from read_parquet('${heartRate}/*/*/*.parquet', hive_partitioning = true)`,
  ]);
  assert.deepEqual([bySpark], byDuckdb);

  const parts = idsOfCohort(size).flatMap((id) =>
    diskFiles.list(`${heartRate}/participant=${id}`)
      .map(({ name }) => `${heartRate}/participant=${id}/${name}/part.parquet`)
  );
  const bpm = pl.col("bpm").cast(pl.Float64);
  const [counted] = pl.concat(parts.map((path) => pl.scanParquet(path)))
    .select(bpm.count().alias("rows"), bpm.sum().alias("sum")).collectSync().toRecords();
  const { rows, sum } = counts.parse(counted);
  assert.deepEqual(bySpark, [size, rows, sum, parts.length]);
}

const counts = z.object({ rows: z.number(), sum: z.number() });
