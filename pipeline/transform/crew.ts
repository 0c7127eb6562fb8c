/**
 * The threads that build parts beside the main one, and what the main one knows of them: how much
 * each has yet to do, what it has answered, whether it has crashed.
 */

import type { SourceName } from "../sources/source.ts";
import type { Built, Work } from "./messages.ts";
import type { PartPlan } from "./plan.ts";

/** Batches that a thread has at a time: one to build, the others for while the main thread is busy. */
const batchesAhead = 3;

/** Where batches come from, and where what is built of them goes. */
export interface Orders {
  /** The next batch for a thread that has so many; undefined when there is none, or none for it. */
  readonly take: (held: number) => readonly PartPlan[] | undefined;
  readonly arrive: (built: Built) => void;
}

/** Dispose of it to end its threads. */
export class Crew {
  readonly #workers: BuildingWorker[] = [];

  /** @param root The data root. */
  constructor(private readonly root: string) {}

  /**
   * So many threads. Those that are new begin at once to load what they need: that takes as long as a
   * plan for them does, so they may be called before there is one.
   * @param sources Of the documents of all parts.
   */
  call(threads: number, sources: ReadonlySet<SourceName>): readonly BuildingWorker[] {
    while (this.#workers.length < threads) {
      this.#workers.push(new BuildingWorker({ root: this.root, sources }));
    }
    return this.#workers.slice(0, threads);
  }

  [Symbol.dispose](): void {
    for (const worker of this.#workers) worker.end();
  }
}

/** A thread and how many batches it has yet to build. */
export class BuildingWorker {
  readonly #worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  #orders: Orders | undefined;
  #news = Promise.withResolvers<void>();
  #crash: Error | undefined;
  waiting = 0;

  constructor(private readonly site: Omit<Work, "parts">) {
    this.#worker.onmessage = ({ data }: MessageEvent<Built>) => {
      this.#orders?.arrive(data);
      if (data.isLast) {
        this.waiting--;
        this.#takeMore();
      }
      this.#news.resolve();
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#crash = new Error(`A transform worker failed: ${event.message}`);
      this.#news.resolve();
    };
    // No work yet: for this it loads what it needs.
    this.#post([]);
  }

  /** Takes batches and has them built, until there are none. */
  work(orders: Orders): void {
    this.#orders = orders;
    this.#takeMore();
  }

  /** Waits until it has answered or crashed since the last time. */
  async news(): Promise<void> {
    await this.#news.promise;
    this.#news = Promise.withResolvers();
  }

  /** Throws when it has crashed: what it had to build will never come. */
  assertAlive(): void {
    if (this.#crash !== undefined) throw this.#crash;
  }

  end(): void {
    this.#worker.terminate();
  }

  #takeMore(): void {
    while (this.waiting < batchesAhead) {
      const parts = this.#orders?.take(this.waiting);
      if (parts === undefined) return;
      this.#post(parts);
      this.waiting++;
    }
  }

  #post(parts: readonly PartPlan[]): void {
    const work: Work = { ...this.site, parts };
    this.#worker.postMessage(work);
  }
}
