/**
 * Worker threads that look at members. Each has a few waiting, so that none waits for the disk; what
 * is under way is bounded in number and in bytes, so that memory is too.
 */

import { look, type Looked, type LookJob } from "./look.ts";
import { handedOver, lookedSchema } from "./look_messages.ts";

/** Members that a worker has at a time: one at work, the others waiting. */
const waitingEach = 3;

/** So many unpacked bytes are under way at most, but for a single larger member. */
const mostUnderWay = 48e6;

/** Less is no work for threads, which take their time to start. */
const leastForThreads = 24e6;

/** A thread takes up to 120 MB. */
const mostThreads = 3;

/** How many threads are worth it for so many unpacked bytes; 1: the main thread alone. */
export function threadsFor(bytes: number): number {
  if (bytes < leastForThreads) return 1;
  return Math.max(1, Math.min(navigator.hardwareConcurrency, mostThreads));
}

/** A member to be looked at, what for, and how large it is unpacked. */
export interface Task<T> {
  readonly what: T;
  readonly size: number;
  readonly job: LookJob;
}

/** What became of a task. */
export interface Done<T> {
  readonly what: T;
  readonly looked: Looked;
}

/**
 * Looks at members as they come and yields what they showed, in whatever order they are done. Ends
 * early where the tasks do: what is under way then is still yielded.
 */
export async function* lookAll<T>(
  tasks: AsyncIterable<Task<T>>,
  threads: number,
): AsyncGenerator<Done<T>> {
  if (threads === 1) {
    for await (const { what, job } of tasks) yield { what, looked: look(job) };
    return;
  }
  const workers = Array.from({ length: threads }, () => new LookWorker());
  const running = new Map<Promise<unknown>, Promise<Running<T>>>();
  const done: Done<T>[] = [];
  let underWay = 0;
  const finishOne = async () => {
    const { what, size, looked, key } = await Promise.race(running.values());
    running.delete(key);
    underWay -= size;
    done.push({ what, looked });
  };
  try {
    for await (const { what, size, job } of tasks) {
      while (
        running.size >= threads * waitingEach ||
        (running.size > 0 && underWay + size > mostUnderWay)
      ) {
        await finishOne();
        yield* done.splice(0);
      }
      const worker = workers.reduce((a, b) => (b.waiting < a.waiting ? b : a));
      const key = worker.look(job);
      underWay += size;
      const answer = key.then((looked) => ({ what, size, looked, key }));
      // One failure ends it all; that of the others with it is no news.
      answer.catch(() => {});
      running.set(key, answer);
    }
    while (running.size > 0) {
      await finishOne();
      yield* done.splice(0);
    }
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

interface Running<T> extends Done<T> {
  readonly size: number;
  readonly key: Promise<unknown>;
}

/** A thread, and whom it owes an answer, in the order they asked. */
class LookWorker {
  readonly #worker = new Worker(new URL("./look_worker.ts", import.meta.url), { type: "module" });
  readonly #owed: { resolve(looked: Looked): void; reject(error: Error): void }[] = [];

  constructor() {
    this.#worker.onmessage = (event) => this.#owed.shift()?.resolve(lookedSchema.parse(event.data));
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const error = new Error(`An import worker failed: ${event.message}`);
      for (const { reject } of this.#owed.splice(0)) reject(error);
    };
  }

  get waiting(): number {
    return this.#owed.length;
  }

  look(job: LookJob): Promise<Looked> {
    const { promise, resolve, reject } = Promise.withResolvers<Looked>();
    this.#owed.push({ resolve, reject });
    this.#worker.postMessage(job, handedOver(job.packed.bytes));
    return promise;
  }

  terminate(): void {
    this.#worker.terminate();
  }
}
