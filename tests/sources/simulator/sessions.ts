/** What the tests of sleep and exercise share: the client on a simulator, rows against the truth. */

import assert from "node:assert/strict";
import { tableNamed } from "../../../pipeline/catalog.ts";
import { type Day, daysBetween } from "../../../pipeline/day.ts";
import { jsonArray } from "../../../pipeline/fetch/bodies.ts";
import type { Manifest } from "../../../pipeline/raw/manifest.ts";
import { googleHealthSource } from "../../../pipeline/sources/google_health/client.ts";
import type { Json } from "../../../pipeline/sources/simulator/json.ts";
import {
  createSimulator,
  type Simulator,
  type SimulatorOptions,
} from "../../../pipeline/sources/simulator/simulator.ts";
import type {
  Answer,
  Flattened,
  LiveSource,
  Stream,
  Window,
} from "../../../pipeline/sources/source.ts";
import { givenToken } from "../../../pipeline/sources/tokens.ts";
import { arrange } from "../../../pipeline/transform/arrange.ts";
import { LeapingClock } from "../../support/leaping_clock.ts";
import { type PlainRow, plainRows } from "../../support/rows.ts";
import { ask, at, pointsPath } from "./ask.ts";

/** A simulator at that instant, and the client on it. */
export function clientAt(now: string, options: SimulatorOptions = {}) {
  const clock = new LeapingClock(now);
  const simulator = createSimulator({ clock, ...options });
  const source = googleHealthSource({
    baseUrl: "http://127.0.0.1:1",
    token: givenToken(simulator.issue("google-health").accessToken, "TOKEN"),
    fetch: (input, init) => simulator.handle(new Request(input, init)),
    clock,
    signal: new AbortController().signal,
    random: () => 0,
  });
  return { simulator, source, clock };
}

/** What the source answers about a window of a stream. */
export async function answerOf(source: LiveSource, name: string, window: Window): Promise<Answer> {
  const stream = source.streams.find((stream) => stream.name === name);
  assert.ok(stream);
  return await source.ask(stream, window, await source.account());
}

/** The answer as a stream flattens it. */
export function flattened(stream: Stream, answer: Answer, window: Window): Flattened {
  const manifest: Manifest = {
    ...{ format: 1, participant: "me", source: "google-health", stream: stream.name },
    ...{ first_day: window.first, last_day: window.last, sha256: "", bytes: 0, origin: [] },
    ...{ received_at: "", asked_at: "", synced_to: null, empty: false, clock: answer.clock },
  };
  return stream.flatten(jsonArray(answer.bodies), manifest);
}

/** The rows of the window's civil days, sorted by the table's key. */
export function rowsOf(
  stream: Stream,
  flattened: readonly Flattened[],
  window: Window,
): PlainRow[] {
  const table = tableNamed(stream.table);
  const arranged = arrange(table, flattened, window);
  assert.equal(arranged.conflicts, 0);
  return plainRows(table, arranged.columns);
}

/** The rows that a client must end up with, in order of the table's key. */
export function truthOf(simulator: Simulator, table: string, { first, last }: Window): PlainRow[] {
  const names = tableNamed(table).columns.map(({ name }) => name).filter((name) =>
    name !== "source"
  );
  return daysBetween(first, last)
    .flatMap((day) => simulator.truthRows("google-health", table, day))
    .map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null])));
}

/** Every point of a type in a range, over all pages. */
export async function allPoints(
  simulator: Simulator,
  type: string,
  filter: string,
  verb: "list" | "reconcile",
  more: Readonly<Record<string, string>> = {},
): Promise<{ points: Json[]; pages: number }> {
  const token = simulator.issue("google-health").accessToken;
  const points: Json[] = [];
  let pages = 0;
  for (let pageToken = "";;) {
    const query = { filter, ...more, ...pageToken === "" ? {} : { pageToken } };
    const { status, json, text } = await ask(simulator, pointsPath(type, query, verb), { token });
    assert.equal(status, 200, text);
    pages++;
    const found = at(json, "dataPoints");
    if (Array.isArray(found)) points.push(...found);
    const next = at(json, "nextPageToken");
    if (typeof next !== "string") return { points, pages };
    pageToken = next;
  }
}

/** From the first day on, up to before another one, by a member that the type can be filtered by. */
export function between(member: string, from: Day, to: Day): string {
  return `${member} >= "${from}" AND ${member} < "${to}"`;
}
