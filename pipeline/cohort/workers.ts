/** Worker processes that each take one participant after the other. */

import { fileURLToPath } from "node:url";
import { type Outcome, outcomeSchema } from "./outcome.ts";

/** A process that answers each participant's id with the outcome. */
export interface Worker {
  /** The outcome; throws an Error when the process ended instead. */
  work(id: string): Promise<Outcome>;
  /** Lets the process end; after the work under way. */
  close(): Promise<void>;
}

export interface WorkOrder {
  readonly ids: readonly string[];
  /** How many processes at a time. */
  readonly size: number;
  readonly start: () => Worker;
  /** What to report of a participant on whom processes ended. */
  readonly lost: (id: string, reason: string) => Outcome;
  readonly signal: AbortSignal;
}

/** A process that ends on a participant is replaced, and the participant tried so many times in all. */
const attempts = 2;

/**
 * The outcomes as they come. A participant on whom processes end again and again is lost, the others
 * are not. Ends early, after the work under way, once the signal is aborted.
 */
export async function* workOnAll(order: WorkOrder): AsyncGenerator<Outcome> {
  const waiting = [...order.ids];
  const answers: Outcome[] = [];
  let wake = () => {};
  const runners = Array.from({ length: Math.min(order.size, waiting.length) }, async () => {
    let worker = order.start();
    while (!order.signal.aborted) {
      const id = waiting.shift();
      if (id === undefined) break;
      for (let attempt = 1;; attempt++) {
        try {
          answers.push(await worker.work(id));
          break;
        } catch (error) {
          if (!(error instanceof WorkerEnded)) throw error;
          // What ends us ends the workers too: the next run goes on with this participant.
          if (order.signal.aborted) return;
          worker = order.start();
          if (attempt < attempts) continue;
          answers.push(order.lost(id, error.message));
          break;
        }
      }
      wake();
    }
    await worker.close();
  });
  let isOver = false;
  const over = Promise.all(runners).finally(() => {
    isOver = true;
    wake();
  });
  while (!isOver) {
    // Others may have answered while the last ones were looked at.
    if (answers.length === 0) await new Promise<void>((resolve) => wake = resolve);
    yield* answers.splice(0);
  }
  yield* answers.splice(0);
  await over;
}

/** A worker process ended before it had answered. */
export class WorkerEnded extends Error {
  override readonly name = "WorkerEnded";
}

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Starts `deno task cohort-worker`, with the permissions that deno.json gives it. */
export function startWorker(args: readonly string[]): Worker {
  // By its name: that is what the task may run.
  const child = new Deno.Command("deno", {
    args: ["task", "--quiet", "--config", `${repository}deno.json`, "cohort-worker", ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const input = child.stdin.getWriter();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(lineStream())
    .getReader();
  return {
    async work(id) {
      try {
        await input.write(new TextEncoder().encode(`${id}\n`));
      } catch (error) {
        // Writing to a process that ended: what it ended with is told below.
        if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
      }
      const { value } = await lines.read();
      if (value !== undefined) return outcomeSchema.parse(JSON.parse(value));
      const { code, signal } = await child.status;
      throw new WorkerEnded(`its worker ended with ${signal ?? `code ${code}`}`);
    },
    async close() {
      await input.close();
      await child.status;
    },
  };
}

/** Text in any pieces to whole lines. */
export function lineStream(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(text, controller) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) controller.enqueue(line);
    },
    flush(controller) {
      if (rest !== "") controller.enqueue(rest);
    },
  });
}
