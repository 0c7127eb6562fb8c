/**
 * The threads that build parts: this one and, where it is worth it, worker threads beside it. Batches
 * are handed out in order, each to the thread that is free; neighbouring days meet in one batch and
 * share what has been read.
 */

import type { Files } from "../effects.ts";
import type { Stream } from "../sources/source.ts";
import { turnOfEvents } from "../turn_of_events.ts";
import { PartBuilder } from "./build_part.ts";
import type { Crew } from "./crew.ts";
import type { Built } from "./messages.ts";
import type { PartPlan } from "./plan.ts";

/** Parts in one batch at most: enough to make messages cheap, few enough to stop soon. */
const mostInBatch = 32;

/** The same with CSV files, a hundred times as large as the others, of which few may wait at a time. */
const mostWithCsv = 6;

/**
 * Of what is left a thread would take so many batches as large as the next one: they grow smaller, so
 * that all threads end together.
 */
const batchesEach = 6;

/** The last batches are no smaller: each has its price, and threads need not end to the millisecond. */
const leastInBatch = 3;

/** Fewer parts are no work for a second thread, which takes its time to start. */
const leastEach = 8;

/** A thread takes up to 120 MB for the largest documents: with two of them all stays below 400 MB. */
const mostThreads = 2;

/** How many threads are worth it for so many parts. */
export function poolSize(parts: number): number {
  const worthIt = Math.ceil(parts / leastEach);
  return Math.max(1, Math.min(navigator.hardwareConcurrency, worthIt, mostThreads));
}

/** What parts are built from, and by how many. */
export interface Workshop {
  /** The data root. */
  readonly root: string;
  readonly files: Files;
  /** All streams of the sources of the parts' documents. */
  readonly streams: readonly Stream[];
  /** Threads, this one among them. */
  readonly threads: number;
  /** The other threads. */
  readonly crew: Crew;
  readonly signal: AbortSignal;
}

/**
 * Builds all parts and yields what is built as it comes. Ends early, after the batches under way, once
 * the signal is aborted or a batch reports an error. Throws as soon as a thread has crashed.
 */
export async function* buildOnThreads(
  { root, files, streams, threads, crew, signal }: Workshop,
  plans: readonly PartPlan[],
): AsyncGenerator<Built> {
  const batches = batchesOf(plans, threads);
  const arrived: Built[] = [];
  let next = 0;
  let failed = false;
  // Of the last ones nobody takes more than is left for the others.
  const take = (held = 0) =>
    signal.aborted || failed || held >= batches.length - next ? undefined : batches[next++];
  const arrive = (built: Built) => {
    arrived.push(built);
    failed ||= built.error !== undefined;
  };
  const workers = crew.call(threads - 1, new Set(streams.map(({ source }) => source)));
  for (const worker of workers) worker.work({ take, arrive });
  const builder = new PartBuilder(root, files, streams);
  for (;;) {
    for (const worker of workers) worker.assertAlive();
    const mine = take();
    if (mine !== undefined) {
      for (const built of builder.buildBatch(mine)) {
        arrive(built);
        yield* arrived.splice(0);
      }
      await turnOfEvents();
    } else if (arrived.length === 0) {
      const busy = workers.filter(({ waiting }) => waiting > 0);
      if (busy.length === 0) return;
      await Promise.race(busy.map((worker) => worker.news()));
    }
    yield* arrived.splice(0);
  }
}

/** Neighbours together; before them those that take long, each alone, so that none is left for the end. */
function batchesOf(plans: readonly PartPlan[], threads: number): (readonly PartPlan[])[] {
  const most = plans.some(({ csv }) => csv) ? mostWithCsv : mostInBatch;
  const takesLong = ({ series }: PartPlan) =>
    series.reduce((sum, { documents }) => sum + documents.length, 0) > mostInBatch;
  const batches: PartPlan[][] = plans.filter(takesLong).map((plan) => [plan]);
  const others = plans.filter((plan) => !takesLong(plan));
  let batch: PartPlan[] = [];
  let size = 0;
  others.forEach((plan, index) => {
    const last = batch.at(-1);
    const isFull = batch.length >= size &&
      (batch.length >= mostInBatch || last === undefined || needsMore(plan, last));
    if (isFull) {
      batches.push(batch = []);
      const share = Math.ceil((others.length - index) / threads / batchesEach);
      size = Math.min(most, Math.max(leastInBatch, share));
    }
    batch.push(plan);
  });
  return batches;
}

/**
 * Whether a part needs a document that the one before it does not. The days of a month that came in one
 * answer do not: to leave one of them to another batch would be to read all of it once more.
 */
function needsMore(plan: PartPlan, before: PartPlan): boolean {
  const read = new Set(before.series.flatMap(({ documents }) => documents));
  return plan.table !== before.table ||
    plan.series.some(({ documents }) => documents.some((path) => !read.has(path)));
}
