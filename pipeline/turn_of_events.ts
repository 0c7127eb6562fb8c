/** Long work that never waits lets nothing in by itself: no Ctrl-C, no worker's answer. */

import { setImmediate } from "node:timers/promises";

/**
 * Polls of the event loop: a worker's answer is in after two, Ctrl-C after about ten. They take
 * microseconds, where a timer's shortest wait is two milliseconds.
 */
const polls = 16;

/** Lets in what has come meanwhile: answers of workers, Ctrl-C. */
export async function turnOfEvents(): Promise<void> {
  for (let poll = 0; poll < polls; poll++) await setImmediate();
}

/** Lets Ctrl-C in; throws the signal's reason when it has come. */
export async function stopWhenTold(signal: AbortSignal): Promise<void> {
  await turnOfEvents();
  signal.throwIfAborted();
}
