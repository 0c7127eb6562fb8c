/**
 * Worker threads that build parts, one a core. Batches are handed out in order, each to the worker
 * that is free, so that neighbouring days meet in one worker and share what it has read.
 */

import { doneSchema } from "./messages.ts";
import type { BuiltPart } from "./messages.ts";
import type { PartPlan } from "./plan.ts";

/** Parts in one batch: enough to make messages and commits cheap, few enough to stop soon. */
const batchSize = 8;

/** A batch's outcome: the parts built, and what ended it early. */
export interface Batch {
  readonly parts: readonly BuiltPart[];
  readonly error: string | undefined;
}

/** How many threads are worth it for so many parts. */
export function poolSize(parts: number): number {
  return Math.max(1, Math.min(navigator.hardwareConcurrency, Math.ceil(parts / batchSize), 8));
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
  try {
    let next = 0;
    let failed = false;
    const running = new Map<Worker, Promise<{ worker: Worker; batch: Batch }>>();
    const handOut = (worker: Worker) => {
      running.delete(worker);
      if (next >= plans.length || signal.aborted || failed) return;
      const parts = plans.slice(next, next + batchSize);
      next += parts.length;
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
