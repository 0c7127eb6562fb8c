/** The whole program in a data root of its own, with the simulator where the network would be. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { heartRate } from "../../pipeline/catalog.ts";
import { main } from "../../pipeline/cli.ts";
import type { Column } from "../../pipeline/columns.ts";
import type { Day } from "../../pipeline/day.ts";
import type { Effects } from "../../pipeline/effects.ts";
import type { ExitCode } from "../../pipeline/errors.ts";
import { defaultParticipant, ledgerFile, lockFile, partFile } from "../../pipeline/layout.ts";
import { Ledger } from "../../pipeline/raw/ledger.ts";
import { readColumns } from "../../pipeline/read_columns.ts";
import type { ApiName } from "../../pipeline/sources/simulator/api.ts";
import type { Samples } from "../../pipeline/sources/simulator/body.ts";
import { demoPerson } from "../../pipeline/sources/simulator/demo_person.ts";
import type { Person } from "../../pipeline/sources/simulator/person.ts";
import {
  createSimulator,
  type Simulator,
  type SimulatorOptions,
} from "../../pipeline/sources/simulator/simulator.ts";
import { HandClock, inTemporaryFolder, KeptTalk, nobody, treeOf, WatchedFiles } from "./effects.ts";

/** Never dialled: the simulator is called as a function. */
export const simulatedUrl = "http://127.0.0.1:1";

/** The simulator's and the program's present, unless a test says otherwise. */
export const present = "2026-11-07T12:00:00Z";

/** What one run of a command left behind. */
export interface Ran {
  readonly code: ExitCode;
  /** stderr. */
  readonly said: string;
  /** stdout. */
  readonly results: string;
}

export interface HouseOptions extends Omit<SimulatorOptions, "person" | "clock"> {
  /** Where the person differs from the demo's. */
  readonly person?: Partial<Person>;
  /** An instant. */
  readonly now?: string;
}

export class House {
  readonly clock: HandClock;
  readonly simulator: Simulator;
  /** The files of the last run, with every changing call. */
  files = new WatchedFiles();
  /** Environment variables of the next runs; tokens are in it. */
  readonly env = new Map<string, string>();
  /** Ends the next runs when aborted. */
  signal: AbortSignal = new AbortController().signal;

  constructor(readonly root: string, { person, now, ...options }: HouseOptions = {}) {
    this.clock = new HandClock(Date.parse(now ?? present));
    this.simulator = createSimulator({
      ...options,
      person: { ...demoPerson, ...person },
      clock: this.clock,
      sleep: (ms) => this.clock.sleep(ms),
    });
    this.handOutTokens(this.simulator);
  }

  /** The next runs hold tokens of that simulator's person. */
  handOutTokens(simulator: Simulator): void {
    for (const [api, name] of apiVariables) {
      this.env.set(`${name}_URL`, simulatedUrl);
      this.env.set(`${name}_TOKEN`, simulator.issue(api).accessToken);
    }
  }

  /** The clock moves on to an instant, or by so many ms; tokens that ran out meanwhile are renewed. */
  later(by: string | number): void {
    this.clock.ms = typeof by === "string" ? Date.parse(by) : this.clock.ms + by;
    this.handOutTokens(this.simulator);
  }

  /** Runs a command on this data root: `run("fetch", "--from", "2026-10-05")`. */
  async run(command: string, ...argv: readonly string[]): Promise<Ran> {
    return await this.runWith({}, command, ...argv);
  }

  /** The same with other effects. */
  async runWith(
    effects: Partial<Effects>,
    command: string,
    ...argv: readonly string[]
  ): Promise<Ran> {
    const talk = new KeptTalk();
    this.files = new WatchedFiles();
    const root = argv.includes("--data") ? [] : ["--data", this.root];
    const code = await main([command, ...argv, ...root], {
      files: this.files,
      clock: this.clock,
      talk,
      user: nobody,
      fetch: (input, init) => this.simulator.handle(new Request(input, init)),
      signal: this.signal,
      ...effects,
    }, (name) => this.env.get(name));
    return { code, said: talk.said.join("\n"), results: talk.results.join("\n") };
  }

  /** The same, and it must end with 0. */
  async must(command: string, ...argv: readonly string[]): Promise<Ran> {
    const ran = await this.run(command, ...argv);
    assert.equal(ran.code, 0, `${command} ended with ${ran.code}\n${ran.said}\n${ran.results}`);
    return ran;
  }

  /** Looks into the ledger. */
  ledger<T>(look: (ledger: Ledger) => T): T {
    using ledger = new Ledger(`${this.root}/${ledgerFile}`, { readOnly: true });
    return look(ledger);
  }

  /** How many requests for data the simulator has seen. */
  get dataRequests(): number {
    return this.simulator.requests.filter(({ kind }) => kind === "data").length;
  }
}

const apiVariables: readonly (readonly [ApiName, string])[] = [
  ["google-health", "EVERYSECOND_GOOGLE_HEALTH"],
  ["fitbit-web", "EVERYSECOND_FITBIT_WEB"],
];

/** A house for the length of a test. */
export async function inHouse<T>(
  work: (house: House) => T | Promise<T>,
  options: HouseOptions = {},
): Promise<T> {
  return await inTemporaryFolder((folder) => work(new House(`${folder}/data`, options)));
}

/** The heart rate of a part as typed arrays. */
export interface HeartRateRows {
  readonly time_ms: Float64Array;
  readonly utc_offset_s: Int32Array;
  readonly bpm: Int32Array;
  /** Undefined where every value is null. */
  readonly confidence: Int32Array | undefined;
  /** The sources of the rows, each once. */
  readonly sources: readonly string[];
}

/** A civil day of heart rate, read from its part by hyparquet; undefined when there is no part. */
export async function heartRateOf(
  root: string,
  day: Day,
  participant: string = defaultParticipant,
): Promise<HeartRateRows | undefined> {
  const path = `${root}/${partFile("heart_rate", participant, `date=${day}`)}`;
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const { columns } = await readColumns(heartRate, bytes, path);
  const { time, utc_offset_s, bpm, confidence, source } = columns;
  assert.ok(time?.type === "timestamp_ms");
  assert.ok(source?.type === "string");
  return {
    time_ms: time.values,
    utc_offset_s: whole(utc_offset_s),
    bpm: whole(bpm),
    confidence: isAllNull(confidence) ? undefined : whole(confidence),
    sources: source.dictionary,
  };
}

function whole(column: Column | undefined): Int32Array {
  assert.ok(column?.type === "int32" && column.valid === undefined);
  return column.values;
}

function isAllNull(column: Column | undefined): boolean {
  return column?.valid?.every((valid) => valid === 0) ?? false;
}

/** Fails unless the day's part holds exactly what was measured, from that source. */
export async function assertTruth(
  house: Pick<House, "root" | "simulator">,
  day: Day,
  source: string,
  options: { readonly until?: number; readonly participant?: string } = {},
): Promise<void> {
  const truth = house.simulator.truthOf(day, options.until);
  assert.ok(truth.time_ms.length > 0, `nothing was measured on ${day}`);
  const rows = await heartRateOf(house.root, day, options.participant);
  assert.ok(rows !== undefined, `there is no part of ${day}`);
  assertSameSamples(rows, truth, day);
  assert.deepEqual(rows.sources, [source]);
}

/** Fails unless times, offsets and beats agree, one by one. */
export function assertSameSamples(
  rows: Pick<HeartRateRows, "time_ms" | "utc_offset_s" | "bpm">,
  truth: Pick<Samples, "time_ms" | "utc_offset_s" | "bpm">,
  day: Day,
): void {
  assert.equal(rows.time_ms.length, truth.time_ms.length, `rows of ${day}`);
  assert.deepEqual(rows.time_ms, truth.time_ms, `times of ${day}`);
  assert.deepEqual(rows.utc_offset_s, truth.utc_offset_s, `offsets of ${day}`);
  assert.deepEqual(rows.bpm, truth.bpm, `beats of ${day}`);
}

/** Everything the ledger holds, table by table, whatever the order in the file. */
export function ledgerContent(root: string): Record<string, string[]> {
  using db = new DatabaseSync(`${root}/${ledgerFile}`, { readOnly: true });
  const name = z.object({ name: z.string() });
  const tables = db.prepare("select name from sqlite_master where type = 'table'").all()
    .map((row) => name.parse(row).name);
  return Object.fromEntries(
    tables.sort().map((table) => [
      table,
      db.prepare(`select * from "${table}"`).all().map((row) => JSON.stringify(row)).sort(),
    ]),
  );
}

/** All that a data root holds, comparable from run to run: the ledger by content, the lock left out. */
export async function contentOf(root: string) {
  return {
    files: await treeOf(root, (path) => path === ledgerFile || path === lockFile),
    ledger: ledgerContent(root),
  };
}
