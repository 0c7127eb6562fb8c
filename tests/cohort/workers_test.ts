import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { lostOutcome, type Outcome } from "../../pipeline/cohort/outcome.ts";
import { lineStream, type Worker, WorkerEnded, workOnAll } from "../../pipeline/cohort/workers.ts";

const outcome = (id: string): Outcome => ({
  ...lostOutcome(id, "takeout", ""),
  ending: "done",
  missing: [],
});

/** Workers that do what the table says of an id, once for each time it comes. */
function crew(fates: Record<string, ("ends" | "answers")[]>) {
  const asked: string[] = [];
  let started = 0;
  let open = 0;
  const start = (): Worker => {
    started++;
    open++;
    return {
      work(id) {
        asked.push(id);
        if (fates[id]?.shift() !== "ends") return Promise.resolve(outcome(id));
        open--;
        return Promise.reject(new WorkerEnded("its worker ended with SIGKILL"));
      },
      close() {
        open--;
        return Promise.resolve();
      },
    };
  };
  return { asked, start, counts: () => ({ started, open }) };
}

const lost = (id: string, reason: string) => lostOutcome(id, "takeout", reason);

Deno.test("workOnAll() asks each participant once, and closes every worker", async () => {
  const { asked, start, counts } = crew({});
  const ids = ["a", "b", "c", "d", "e"];
  const signal = new AbortController().signal;
  const found = await Array.fromAsync(workOnAll({ ids, size: 2, start, lost, signal }));
  assert.deepEqual(found.map(({ participant }) => participant).sort(), ids);
  assert.deepEqual(asked.sort(), ids);
  assert.deepEqual(counts(), { started: 2, open: 0 });
});

Deno.test("workOnAll() loses a participant on whom workers end, and no other", async () => {
  const { asked, start, counts } = crew({ b: ["ends", "ends"], c: ["ends"] });
  const signal = new AbortController().signal;
  const order = { ids: ["a", "b", "c", "d"], size: 1, start, lost, signal };
  const found = await Array.fromAsync(workOnAll(order));
  assert.deepEqual(found.map(({ participant, ending }) => [participant, ending]), [
    ["a", "done"],
    ["b", "failed"],
    ["c", "done"],
    ["d", "done"],
  ]);
  assert.deepEqual(found[1]?.missing, ["its worker ended with SIGKILL"]);
  assert.deepEqual(asked, ["a", "b", "b", "c", "c", "d"]);
  assert.equal(counts().open, 0);
});

Deno.test("workOnAll() takes no further participant once it is stopped", async () => {
  const stop = new AbortController();
  let closed = 0;
  const start = (): Worker => ({
    work(id) {
      if (id === "b") stop.abort();
      return Promise.resolve(outcome(id));
    },
    close() {
      closed++;
      return Promise.resolve();
    },
  });
  const order = { ids: ["a", "b", "c"], size: 1, start, lost, signal: stop.signal };
  const found = await Array.fromAsync(workOnAll(order));
  assert.deepEqual(found.map(({ participant }) => participant), ["a", "b"]);
  assert.equal(closed, 1);
});

Deno.test("workOnAll() starts no worker again that ended with it", async () => {
  const stop = new AbortController();
  let started = 0;
  const start = (): Worker => {
    started++;
    return {
      work() {
        stop.abort();
        return Promise.reject(new WorkerEnded("its worker ended with SIGINT"));
      },
      close: () => Promise.resolve(),
    };
  };
  const order = { ids: ["a", "b"], size: 1, start, lost, signal: stop.signal };
  assert.deepEqual(await Array.fromAsync(workOnAll(order)), []);
  assert.equal(started, 1);
});

Deno.test("workOnAll() passes on what is no fault of a worker", async () => {
  const start = (): Worker => ({
    work: () => Promise.reject(new TypeError("Cannot read the answer")),
    close: () => Promise.resolve(),
  });
  const signal = new AbortController().signal;
  const order = { ids: ["a"], size: 1, start, lost, signal };
  await assert.rejects(Array.fromAsync(workOnAll(order)), /Cannot read the answer/);
});

Deno.test("lineStream() makes lines of text in any pieces", async () => {
  const pieces = ["a", "b\nc", "\n\nd"];
  const lines = await Array.fromAsync(ReadableStream.from(pieces).pipeThrough(lineStream()));
  assert.deepEqual(lines, ["ab", "c", "", "d"]);
});

Deno.test("workOnAll() does not keep an outcome back that came while another was looked at", async () => {
  const gates = { a: Promise.withResolvers<void>(), b: Promise.withResolvers<void>() };
  const slow = Promise.withResolvers<void>();
  const start = (): Worker => ({
    async work(id) {
      await (id === "a" ? gates.a : id === "b" ? gates.b : slow).promise;
      return outcome(id);
    },
    close: () => Promise.resolve(),
  });
  const order = {
    ids: ["a", "b", "c"],
    size: 3,
    start,
    lost,
    signal: new AbortController().signal,
  };
  const outcomes = workOnAll(order);
  gates.a.resolve();
  assert.equal((await outcomes.next()).value?.participant, "a");
  gates.b.resolve();
  await setImmediate();
  const second = outcomes.next();
  const late = setImmediate().then(() => setImmediate());
  assert.equal((await Promise.race([second, late]))?.value?.participant, "b");
  slow.resolve();
  assert.equal((await outcomes.next()).value?.participant, "c");
});
