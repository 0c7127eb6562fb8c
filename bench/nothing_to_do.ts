/**
 * Commands with nothing to do, over ten years of two dense streams: they must write nothing and ask
 * for no data.
 */

import { createHash } from "node:crypto";
import { addDays, type Day } from "../pipeline/day.ts";
import { diskFiles, type Talk } from "../pipeline/effects.ts";
import { defaultParticipant, ledgerFile, lockFile, webDocument } from "../pipeline/layout.ts";
import { Ledger } from "../pipeline/raw/ledger.ts";
import { runTransform } from "../pipeline/transform/run.ts";
import {
  fitbitDocument,
  googleDocument,
  manifestOf,
  type Sample,
} from "../tests/generate/documents.ts";
import { firstDay, makeDataRoot, unsyncedFiles } from "./data_root.ts";
import { median } from "./median.ts";
import { type DuckDb, taskArguments } from "./programs.ts";
import type { MadeUp } from "./shapes.ts";

export interface NothingToDo {
  readonly days: number;
  readonly documents: number;
  /** Seconds by command. */
  readonly commands: Readonly<Record<string, number>>;
}

const userId = "111111111111111111111";
const timeZone = "Asia/Kolkata";
const offset_s = 19_800;

/** Few samples, since only the number of documents counts here. */
const samples: readonly Sample[] = Array.from(
  { length: 24 },
  (_, hour) => ({ second: hour * 3600, bpm: 60 + hour, confidence: 3 }),
);

/** What the account's own resources answer; anything else would be a request for data. */
const accountAnswers: Readonly<Record<string, unknown>> = {
  "/v4/users/me/identity": { healthUserId: userId },
  "/v4/users/me/settings": { timeZone },
  "/v4/users/me/profile": {},
  "/v4/users/me/pairedDevices": {},
};

/** Measures `transform`, `fetch` and `status`; throws when one of them writes or asks for data. */
export async function measureNothingToDo(
  root: string,
  days: number,
  rounds: number,
  duckdb: DuckDb,
  talk: Talk,
): Promise<NothingToDo> {
  talk.say(`Nothing to do: making ${days} days of two streams`);
  const account = createHash("sha256").update(`google-health:${userId}`).digest("hex").slice(0, 16);
  makeDataRoot(root, days, (day) => documentsOf(day, account));
  const documents = await build(root);

  const dataRequests: string[] = [];
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const { pathname } = new URL(request.url);
    const answer = accountAnswers[pathname];
    if (answer !== undefined) return Response.json(answer);
    dataRequests.push(pathname);
    return new Response(null, { status: 404 });
  });
  const last = addDays(firstDay, days - 1);
  // The ledger of this root holds the streams of heart rate alone.
  const only = ["--only", "heart_rate,resting_heart_rate"];
  const fetchArguments = ["--from", firstDay, "--to", last, ...only];
  fetchArguments.push("--api-url", `http://127.0.0.1:${server.addr.port}`);
  const commands: Record<string, string[]> = {
    transform: taskArguments("transform", "--data", root),
    fetch: taskArguments("fetch", ...fetchArguments, "--data", root),
    status: taskArguments("status", "--data", root),
  };
  const env = { EVERYSECOND_GOOGLE_HEALTH_TOKEN: "made-up" };
  const before = filesOf(root);
  const medians: Record<string, number> = {};
  for (const [name, argv] of Object.entries(commands)) {
    talk.say(`Nothing to do: ${name}`);
    const seconds: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      seconds.push((await duckdb.time(argv, env)).seconds);
    }
    // The first round warms up.
    medians[name] = median(seconds.slice(1));
    const changed = filesOf(root);
    const differing = Array.from(new Set([...before.keys(), ...changed.keys()]))
      .filter((path) => before.get(path) !== changed.get(path));
    if (differing.length > 0) throw new Error(`${name} wrote ${differing.slice(0, 3).join(", ")}`);
    if (dataRequests.length > 0) throw new Error(`${name} asked for ${dataRequests[0]}`);
  }
  return { days, documents, commands: medians };
}

function documentsOf(day: Day, account: string): MadeUp[] {
  const month = day.slice(0, 7);
  const monthEnd = addDays(
    Temporal.PlainDate.from(`${month}-01`).add({ months: 1 }).toString(),
    -1,
  );
  const google = (stream: string, document: Uint8Array, lastDay: Day): MadeUp => ({
    path: webDocument(defaultParticipant, "google-health", stream, day),
    document,
    manifest: {
      ...manifestOf("google-health", stream, day, { kind: "explicit" }),
      last_day: lastDay,
      account,
      asked_at: settledAt,
    },
    samples: samples.length,
  });
  const fitbitStream = "activities/heart/1sec";
  const clock = { kind: "local", time_zone: timeZone, evidence: "made up" } as const;
  return [
    google("heart-rate", googleDocument(day, samples, offset_s, "reconcile"), day),
    ...day.endsWith("-01")
      ? [google("daily-resting-heart-rate", new TextEncoder().encode("[{}]"), monthEnd)]
      : [],
    {
      path: webDocument(defaultParticipant, "fitbit-web", fitbitStream, day),
      document: fitbitDocument(day, samples),
      manifest: { ...manifestOf("fitbit-web", fitbitStream, day, clock), asked_at: settledAt },
      samples: samples.length,
    },
  ];
}

/** Long after the last day. */
const settledAt = "2026-02-01T00:00:00.000Z";

/** Builds all parts without waiting for the disk; how many documents there are. */
async function build(root: string): Promise<number> {
  using ledger = new Ledger(`${root}/${ledgerFile}`);
  const quiet: Talk = { say() {}, result() {}, progress() {} };
  const { signal } = new AbortController();
  const request = { only: [], force: false, csv: false, threads: 1 };
  await runTransform(request, { root, files: unsyncedFiles, ledger, talk: quiet, signal });
  return ledger.documents().length;
}

/** Every file but the lock with its size, its place on the disk and when it was written. */
function filesOf(root: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (folder: string) => {
    for (const { name, isFolder } of diskFiles.list(folder)) {
      const path = `${folder}/${name}`;
      if (isFolder) walk(path);
      else if (name !== lockFile) {
        const { size, ino, mtime } = Deno.statSync(path);
        found.set(path, `${size} ${ino} ${mtime?.getTime()}`);
      }
    }
  };
  walk(root);
  return found;
}
