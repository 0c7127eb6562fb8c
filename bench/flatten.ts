/** Raw documents to Parquet, by us and by DuckDB, in turns; and how large the stores are. */

import type { Talk } from "../pipeline/effects.ts";
import { ledgerFile } from "../pipeline/layout.ts";
import { bytesBelow, diskAtRest, makeDataRoot, putAside } from "./data_root.ts";
import { middle } from "./median.ts";
import { type DuckDb, taskArguments, type Timing } from "./programs.ts";
import type { Shape } from "./shapes.ts";

export interface Flattening {
  readonly shape: string;
  readonly title: string;
  readonly days: number;
  readonly samples: number;
  readonly documentBytes: number;
  readonly rawBytes: number;
  readonly tableBytes: number;
  readonly duckdbBytes: number;
  readonly ours: Timing;
  /** DuckDB writing one file, in any order: the least it can do. */
  readonly oneFile: Timing;
  /** DuckDB writing what we write: a file a civil day, sorted by time. */
  readonly fileADay: Timing;
  /** The query that was fastest, and how long the others took (s). */
  readonly query: string;
  readonly otherQueries: Readonly<Record<string, number>>;
}

/** One way to the table: how it is run, and where the table then is. */
interface Way {
  readonly run: () => Promise<Timing>;
  readonly folder: string;
  readonly files: string;
}

/** Rounds beyond those asked for while the times of a way lie far apart. */
const moreRounds = 4;

/** The largest by the smallest time of a way, beyond which they lie far apart. */
const farApart = 1.3;

/**
 * Measures one shape: after one round to warm up, in which DuckDB's fastest query is found, the ways
 * take turns. The data root stays. Throws when the tables differ.
 */
export async function measureFlattening(
  shape: Shape,
  root: string,
  rounds: number,
  duckdb: DuckDb,
  talk: Talk,
): Promise<Flattening> {
  talk.say(`${shape.title}: making ${shape.days} days`);
  const made = makeDataRoot(root, shape.days, (day) => [shape.make(day)]);

  talk.say(`${shape.title}: warming up`);
  const ours = ourWay(root, duckdb);
  await ours.run();
  const expected = await fingerprint(duckdb, ours);
  const tried: { name: string; seconds: number; sql: string }[] = [];
  for (const [name, query] of Object.entries(shape.queries)) {
    const sql = query.replace("$files", `'${root}/${shape.files}'`);
    const way = oneFileWay(root, sql, duckdb);
    const { seconds } = await way.run();
    tried.push({ name, seconds, sql });
    await check(way);
  }
  const [best, ...others] = tried.sort((a, b) => a.seconds - b.seconds);
  if (best === undefined) throw new RangeError(`Cannot compare ${shape.title}: it has no query`);
  const oneFile = oneFileWay(root, best.sql, duckdb);
  const fileADay = fileADayWay(root, best.sql, duckdb);

  const ways = [ours, oneFile, fileADay].map((way) => ({ way, timings: new Array<Timing>() }));
  for (
    let round = 1;
    round <= rounds || (round <= rounds + moreRounds && ways.some(isFarApart));
    round++
  ) {
    for (const { way, timings } of ways) {
      await diskAtRest();
      timings.push(await way.run());
    }
    const told = ways.map(({ timings }) => `${timings.at(-1)?.seconds.toFixed(2)} s`);
    talk.say(`${shape.title}: round ${round}: ${told.join(", ")}`);
  }
  await check(fileADay);
  const [ourTiming, oneFileTiming, fileADayTiming] = ways.map(({ timings }) => middle(timings));
  if (!ourTiming || !oneFileTiming || !fileADayTiming) throw new RangeError("Cannot miss a way");
  const duckdbBytes = bytesBelow(oneFile.folder);
  for (const { folder } of [oneFile, fileADay]) putAside(folder);
  return {
    shape: shape.name,
    title: shape.title,
    days: shape.days,
    ...made,
    tableBytes: bytesBelow(ours.folder),
    duckdbBytes,
    ours: ourTiming,
    oneFile: oneFileTiming,
    fileADay: fileADayTiming,
    query: best.name,
    otherQueries: Object.fromEntries(others.map(({ name, seconds }) => [name, seconds])),
  };

  async function check(way: Way): Promise<void> {
    const found = await fingerprint(duckdb, way);
    if (found === expected) return;
    throw new Error(`The tables of ${shape.title} differ: ours ${expected}, DuckDB's ${found}`);
  }
}

/** The transform stage as a user runs it, on raw documents of which nothing is built yet. */
function ourWay(root: string, duckdb: DuckDb): Way {
  const ledger = `${root}/${ledgerFile}`;
  const unbuilt = `${ledger}.unbuilt`;
  Deno.copyFileSync(ledger, unbuilt);
  const folder = `${root}/tables`;
  return {
    folder,
    files: `${folder}/heart_rate/*/*/part.parquet`,
    run() {
      Deno.copyFileSync(unbuilt, ledger);
      putAside(folder);
      return duckdb.time(taskArguments("transform", "--only", "heart_rate", "--data", root));
    },
  };
}

function oneFileWay(root: string, sql: string, duckdb: DuckDb): Way {
  const folder = `${root}/one-file`;
  return {
    folder,
    files: `${folder}/part.parquet`,
    run() {
      putAside(folder);
      Deno.mkdirSync(folder);
      return duckdb.timed(
        `copy (${sql}) to '${folder}/part.parquet' (format parquet, compression zstd)`,
      );
    },
  };
}

function fileADayWay(root: string, sql: string, duckdb: DuckDb): Way {
  const folder = `${root}/file-a-day`;
  return {
    folder,
    files: `${folder}/*/*.parquet`,
    run() {
      putAside(folder);
      return duckdb.timed(
        `copy (select *, (time + to_seconds(utc_offset_s))::date as date from (${sql})
          order by date, time)
        to '${folder}' (format parquet, compression zstd, partition_by (date))`,
      );
    },
  };
}

/** What two tables have in common only when they are equal, for all practical purposes. */
async function fingerprint(duckdb: DuckDb, { files }: Way): Promise<string> {
  const [row] = await duckdb.rows(
    `select count(*), sum(bpm), min(epoch_ms(time)), max(epoch_ms(time)), sum(epoch_ms(time)),
      sum(epoch_ms(time) % 1009 * bpm), sum(utc_offset_s), sum(confidence), min(source), max(source)
    from read_parquet('${files}', hive_partitioning = false)`,
  );
  return JSON.stringify(row);
}

function isFarApart({ timings }: { timings: readonly Timing[] }): boolean {
  const seconds = timings.map((timing) => timing.seconds);
  return Math.max(...seconds) > farApart * Math.min(...seconds);
}
