/**
 * Worker threads that build parts. Batches are handed out in order, each to the worker
 * that is free; neighbouring days meet in one batch and share what the worker has read.
 */

import { doneSchema } from "./messages.ts";
import type { BuiltPart } from "./messages.ts";
import type { PartPlan } from "./plan.ts";

/** Parts in one batch at most: enough to make messages and commits cheap, few enough to stop soon. */
const mostInBatch = 32;

/** Batches for every worker at least, so that none ends long after the others. */
const batchesEach = 8;

/** Fewer parts are no work for a second thread, which takes its time to start. */
const leastEach = 8;

/** A batch's outcome: the parts built, and what ended it early. */
export interface Batch {
  readonly parts: readonly BuiltPart[];
  readonly error: string | undefined;
}

/** A thread takes up to 120 MB for the largest documents: with two of them all stays below 400 MB. */
const mostThreads = 2;

/** How many threads are worth it for so many parts. */
export function poolSize(parts: number): number {
  const worthIt = Math.ceil(parts / leastEach);
  return Math.max(1, Math.min(navigator.hardwareConcurrency, worthIt, mostThreads));
}

/**
 * Builds all parts on `size` threads and yields the batches as they are done. Ends early, after the
 * batches under way, once the signal is aborted or a batch reports an error.
 */
export async function* buildOnWorkers(
  root: string,
  plans: readonly PartPlan[],
  size: number,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const workers = Array.from(
    { length: size },
    () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }),
  );
  const batches = batchesOf(plans, Math.ceil(plans.length / size / batchesEach));
  try {
    let next = 0;
    let failed = false;
    const running = new Map<Worker, Promise<{ worker: Worker; batch: Batch }>>();
    const handOut = (worker: Worker) => {
      running.delete(worker);
      const parts = batches[next++];
      if (parts === undefined || signal.aborted || failed) return;
      running.set(worker, askWorker(worker, root, parts));
    };
    workers.forEach(handOut);
    while (running.size > 0) {
      const { worker, batch } = await Promise.race(running.values());
      failed ||= batch.error !== undefined;
      handOut(worker);
      yield batch;
    }
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

/** Neighbours together; before them those that take long, each alone, so that none is left for the end. */
function batchesOf(plans: readonly PartPlan[], wanted: number): (readonly PartPlan[])[] {
  const size = Math.min(wanted, mostInBatch);
  const takesLong = ({ series }: PartPlan) =>
    series.reduce((sum, { documents }) => sum + documents.length, 0) > mostInBatch;
  const batches = plans.filter(takesLong).map((plan) => [plan]);
  const others = plans.filter((plan) => !takesLong(plan));
  for (let first = 0; first < others.length; first += size) {
    batches.push(others.slice(first, first + size));
  }
  return batches;
}

function askWorker(
  worker: Worker,
  root: string,
  parts: readonly PartPlan[],
): Promise<{ worker: Worker; batch: Batch }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ worker: Worker; batch: Batch }>();
  worker.onmessage = (event) => {
    const { parts, error } = doneSchema.parse(event.data);
    resolve({ worker, batch: { parts, error } });
  };
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`A transform worker failed: ${event.message}`));
  };
  worker.postMessage({ root, parts });
  return promise;
}
