/** The import of a large archive, timed, against DuckDB reading the same members already unpacked. */

import type { Day } from "../pipeline/day.ts";
import type { Talk } from "../pipeline/effects.ts";
import { type Generation, pathIn } from "../tests/generate/export/layouts.ts";
import { type ZipEntry, zipOf } from "../tests/generate/zip_writer.ts";
import { diskAtRest, firstDay } from "./data_root.ts";
import { exportFiles } from "./export.ts";
import { middle } from "./median.ts";
import { type DuckDb, taskArguments, type Timing } from "./programs.ts";

export interface Importing {
  readonly generation: Generation;
  readonly days: number;
  readonly members: number;
  /** Unpacked, what is skipped not counted. */
  readonly bytes: number;
  readonly packedBytes: number;
  readonly skippedBytes: number;
  readonly ours: Timing;
  /** The same archive once more. */
  readonly again: Timing;
  readonly duckdb: Timing;
}

/** What a person's archive has the most of, and nobody reads. */
const dump = "Takeout/Google Health/Physical Activity_GoogleData/UserActivityProbabilities.csv";

/** Parts of the archive have so many unpacked bytes. */
const partBytes = 100e6;

/** Measures the import of so many days in a layout, each round into a data root of its own. */
export async function measureImport(
  folder: string,
  { generation, days, rounds }: { generation: Generation; days: number; rounds: number },
  duckdb: DuckDb,
  talk: Talk,
): Promise<Importing> {
  talk.say(`Import: making ${days} days of an archive in the layout ${generation}`);
  const made = makeArchive(folder, generation, firstDay, days);
  await diskAtRest();
  const ours: Timing[] = [];
  const again: Timing[] = [];
  const duck: Timing[] = [];
  for (let round = 0; round <= rounds; round++) {
    // None is removed before the end: a file system that gave many files up is slow for minutes.
    const root = `${folder}/data-${round}`;
    const argv = taskArguments("import", ...made.parts, "--data", root);
    ours.push(await duckdb.time(argv));
    again.push(await duckdb.time(argv));
    duck.push(await duckdb.timed(reading(`${folder}/unpacked`)));
    const told = [ours, again, duck].map((timings) => `${timings.at(-1)?.seconds.toFixed(2)} s`);
    talk.say(`Import: round ${round}: ${told.join(", ")}`);
  }
  const { parts: _, ...sizes } = made;
  // The first round warms up.
  const [first, second, third] = [ours, again, duck].map((timings) => middle(timings.slice(1)));
  if (!first || !second || !third) throw new RangeError("Cannot miss a way");
  return { generation, days, ...sizes, ours: first, again: second, duckdb: third };
}

/** Writes the parts of the archive, and beside them its files as DuckDB gets them. */
function makeArchive(folder: string, generation: Generation, first: Day, days: number) {
  const parts: string[] = [];
  let entries: ZipEntry[] = [];
  let waiting = 0;
  const sizes = { members: 0, bytes: 0, packedBytes: 0, skippedBytes: 0 };
  const write = () => {
    const number = String(parts.length + 1).padStart(3, "0");
    const path = `${folder}/takeout-20260402T101112Z-1-${number}.zip`;
    const zip = zipOf(entries);
    Deno.writeFileSync(path, zip);
    sizes.packedBytes += zip.length;
    parts.push(path);
    entries = [];
    waiting = 0;
  };
  const utf8 = new TextEncoder();
  Deno.mkdirSync(`${folder}/unpacked`, { recursive: true });
  for (const file of exportFiles(first, days)) {
    const path = pathIn(generation, file);
    if (path === undefined) continue;
    const bytes = utf8.encode(file.text);
    Deno.writeFileSync(`${folder}/unpacked/${file.name}`, bytes);
    entries.push({ path, bytes });
    sizes.members++;
    sizes.bytes += bytes.length;
    waiting += bytes.length;
    if (waiting >= partBytes) write();
  }
  // A fifth of the archive, as measured; 1 GB for ten years.
  const bulk = new Uint8Array(Math.round(1e9 * days / 3650)).fill(0x31);
  entries.push({ path: dump, bytes: bulk });
  sizes.members++;
  sizes.skippedBytes = bulk.length;
  write();
  return { parts, ...sizes };
}

/**
 * A statement that reads every record of every file, as far as it is there. Not by the names of its
 * columns (`union_by_name`): that opens all files beforehand, takes ten times as long for thousands of
 * them, and here the files of a family have the same.
 */
function reading(folder: string): string {
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const json = (stem: string, value: string) =>
    has(new RegExp(`^${stem}-.*\\.json$`))
      ? [
        `select count(*) as n, min("dateTime") as a, max("dateTime") as b from read_json(
          '${folder}/${stem}-*.json', format = 'array',
          columns = {dateTime: 'VARCHAR', value: '${value}'}) where value is not null`,
      ]
      : [];
  const csv = (glob: string, pattern: RegExp, column: string) =>
    has(pattern)
      ? [
        `select count(*) as n, min("${column}") as a, max("${column}") as b from read_csv(
          '${folder}/${glob}', header = true, all_varchar = true)`,
      ]
      : [];
  const queries = [
    ...json("heart_rate", "STRUCT(bpm INTEGER, confidence INTEGER)"),
    ...["steps", "distance", "calories", "altitude"].flatMap((stem) => json(stem, "VARCHAR")),
    ...json("time_in_heart_rate_zones", "JSON"),
    ...csv("heart_rate_*.csv", /^heart_rate_/, "timestamp"),
    ...csv("body_temperature_*.csv", /^body_temperature_/, "timestamp"),
    ...csv("steps_*.csv", /^steps_/, "timestamp"),
    ...csv("calories_*.csv", /^calories_/, "timestamp"),
    ...csv("time_in_heart_rate_zone_*.csv", /^time_in_heart_rate_zone_/, "timestamp"),
    ...csv("estimated_oxygen_variation-*.csv", /^estimated/, "timestamp"),
    ...csv("Heart Rate Variability Details*.csv", /^Heart Rate V/, "timestamp"),
    ...csv("Minute SpO2*.csv", /^Minute/, "timestamp"),
    ...csv("Device Temperature*.csv", /^Device/, "recorded_time"),
  ];
  return queries.map((query) => `(${query})`).join(" union all ");
}
