/**
 * A whole account: a simulated year of every stream of a service, as a fetch keeps it, turned into
 * all its tables by us; and into the larger ones by DuckDB too, in turns.
 */

import { addDays, type Day } from "../pipeline/day.ts";
import type { Talk } from "../pipeline/effects.ts";
import { fetchExitCode } from "../pipeline/fetch/summary.ts";
import { runFetch } from "../pipeline/fetch/run.ts";
import { defaultParticipant, ledgerFile } from "../pipeline/layout.ts";
import { Ledger } from "../pipeline/raw/ledger.ts";
import { RawStore } from "../pipeline/raw/store.ts";
import { fitbitWebSource } from "../pipeline/sources/fitbit_web/client.ts";
import { googleHealthSource } from "../pipeline/sources/google_health/client.ts";
import type { ApiName } from "../pipeline/sources/simulator/api.ts";
import { demoPerson } from "../pipeline/sources/simulator/demo_person.ts";
import { createSimulator } from "../pipeline/sources/simulator/simulator.ts";
import type { LiveOptions } from "../pipeline/sources/api.ts";
import type { LiveSource } from "../pipeline/sources/source.ts";
import { givenToken } from "../pipeline/sources/tokens.ts";
import { HandClock, KeptTalk } from "../tests/support/effects.ts";
import { fitbitQueries } from "./account_fitbit.ts";
import { googleQueries } from "./account_google.ts";
import { type AccountQuery, fingerprintSql, sqlOf, timeZone } from "./account_sql.ts";
import { bytesBelow, diskAtRest, putAside, unsyncedFiles } from "./data_root.ts";
import { middle } from "./median.ts";
import { type DuckDb, taskArguments, type Timing } from "./programs.ts";

/** A service's account, and how it is called in the table. */
export interface Account {
  readonly api: ApiName;
  readonly title: string;
  readonly open: (options: LiveOptions) => LiveSource;
  /** What DuckDB makes of it. */
  readonly queries: readonly AccountQuery[];
}

export const accounts: readonly Account[] = [
  {
    api: "google-health",
    title: "Google Health account",
    open: (options) => googleHealthSource({ ...options, requestsPerSecond: 1000 }),
    queries: googleQueries,
  },
  {
    api: "fitbit-web",
    title: "Fitbit Web account",
    open: fitbitWebSource,
    queries: fitbitQueries,
  },
];

export interface AccountTimes {
  readonly title: string;
  readonly days: number;
  readonly documents: number;
  readonly documentBytes: number;
  readonly rawBytes: number;
  readonly tableBytes: number;
  /** Of all tables with rows, and of those that DuckDB makes too. */
  readonly tables: number;
  readonly rows: number;
  readonly compared: readonly string[];
  readonly comparedRows: number;
  /** All tables. */
  readonly all: Timing;
  /** The compared ones, by us, */
  readonly ours: Timing;
  /** by DuckDB writing a file a table, in any order: the least it can do, */
  readonly oneFile: Timing;
  /** and by DuckDB writing what we write: dense tables a file a civil day, sorted. */
  readonly fileADay: Timing;
}

const firstDay = "2025-01-01";

/** So long after the last day every day is settled. */
const later_ms = 60 * 86_400_000;

/** Measures one account. Throws when the tables differ. */
export async function measureAccount(
  account: Account,
  root: string,
  days: number,
  rounds: number,
  duckdb: DuckDb,
  talk: Talk,
): Promise<AccountTimes> {
  const { api, title, queries } = account;
  talk.say(`${title}: making ${days} days`);
  const lastDay = addDays(firstDay, days - 1);
  await fetchAccount(account, root, lastDay);
  const ledger = `${root}/${ledgerFile}`;
  const unbuilt = `${ledger}.unbuilt`;
  Deno.copyFileSync(ledger, unbuilt);
  const compared = queries.map(({ table }) => table.name);
  const [oneFileFolder, fileADayFolder] = [`${root}/one-file`, `${root}/file-a-day`];

  const transform = (...more: readonly string[]) => {
    Deno.copyFileSync(unbuilt, ledger);
    putAside(`${root}/tables`);
    return duckdb.time(taskArguments("transform", ...more, "--data", root));
  };
  const copies = (folder: string, sql: (query: AccountQuery) => string) => {
    putAside(folder);
    Deno.mkdirSync(folder);
    return duckdb.timed(queries.map(sql).join(";\n"));
  };
  const oneFileSql = (query: AccountQuery, folder: string) =>
    `copy (${sqlOf(api, query, root, lastDay)}) to '${folder}/${query.table.name}.parquet'
      (format parquet, compression zstd)`;
  const fileADaySql = (query: AccountQuery, folder: string) =>
    `copy (select *, (time + to_seconds(utc_offset_s))::date as date
        from (${sqlOf(api, query, root, lastDay)}) order by date, ${query.table.key.join()})
      to '${folder}/${query.table.name}' (format parquet, compression zstd, partition_by (date))`;
  const ways = {
    ours: () => transform("--only", compared.join()),
    oneFile: () => copies(oneFileFolder, (query) => oneFileSql(query, oneFileFolder)),
    fileADay: () =>
      copies(
        fileADayFolder,
        (query) =>
          query.table.partition === "date"
            ? fileADaySql(query, fileADayFolder)
            : oneFileSql(query, fileADayFolder),
      ),
    all: () => transform(),
  };
  talk.say(`${title}: warming up`);
  await ways.oneFile();
  await ways.all();
  for (const { table } of queries) {
    const [ours, theirs] = await Promise.all([
      duckdb.rows(fingerprintSql(table, `${root}/tables/${table.name}/*/*/part.parquet`)),
      duckdb.rows(fingerprintSql(table, `${oneFileFolder}/${table.name}.parquet`)),
    ]);
    if (JSON.stringify(ours) === JSON.stringify(theirs)) continue;
    throw new Error(`${table.name} of the ${title} differs: ours ${ours}, DuckDB's ${theirs}`);
  }

  const timings: Record<keyof typeof ways, Timing[]> = {
    ours: [],
    oneFile: [],
    fileADay: [],
    all: [],
  };
  for (let round = 1; round <= rounds; round++) {
    for (const name of ["ours", "oneFile", "fileADay", "all"] as const) {
      await diskAtRest();
      timings[name].push(await ways[name]());
    }
    const told = Object.entries(timings)
      .map(([name, of]) => `${name} ${of.at(-1)?.seconds.toFixed(2)} s`);
    talk.say(`${title}: round ${round}: ${told.join(", ")}`);
  }
  using built = new Ledger(ledger, { readOnly: true });
  const parts = built.parts().filter(({ rows }) => rows > 0);
  const documents = built.documents();
  const rowsOf = (of: typeof parts) => of.reduce((sum, { rows }) => sum + rows, 0);
  return {
    title,
    days,
    documents: documents.length,
    documentBytes: documents.reduce((sum, { bytes }) => sum + bytes, 0),
    rawBytes: bytesBelow(`${root}/raw`),
    tableBytes: bytesBelow(`${root}/tables`),
    tables: new Set(parts.map(({ table_name }) => table_name)).size,
    rows: rowsOf(parts),
    compared,
    comparedRows: rowsOf(parts.filter(({ table_name }) => compared.includes(table_name))),
    all: middle(timings.all),
    ours: middle(timings.ours),
    oneFile: middle(timings.oneFile),
    fileADay: middle(timings.fileADay),
  };
}

/** Fetches the days of somebody who wears the watch day and night, in a zone without clock changes. */
async function fetchAccount({ api, open }: Account, root: string, lastDay: Day): Promise<void> {
  Deno.mkdirSync(root, { recursive: true });
  const clock = new HandClock(Date.parse(`${lastDay}T00:00:00Z`) + later_ms);
  const simulator = createSimulator({
    person: {
      ...demoPerson,
      memberSince: firstDay,
      zones: [{ from: null, timeZone }],
      unwornDays: [],
      unwornNights: [],
      offline: [],
    },
    clock,
    google: { quotaPerMinute: 1e6 },
    fitbit: { quotaPerHour: 1e6 },
  });
  const { signal } = new AbortController();
  const source = open({
    baseUrl: "http://127.0.0.1:1",
    token: givenToken(simulator.issue(api).accessToken, "TOKEN"),
    fetch: (input, init) => simulator.handle(new Request(input, init)),
    clock,
    signal,
  });
  using ledger = new Ledger(`${root}/${ledgerFile}`);
  const store = new RawStore(root, unsyncedFiles);
  const summary = await runFetch(
    source,
    { participant: defaultParticipant, from: () => firstDay, to: () => lastDay },
    { store, ledger, clock, talk: new KeptTalk(), signal },
  );
  if (fetchExitCode(summary) !== 0) throw new Error(`Cannot make the account of ${api}`);
}
