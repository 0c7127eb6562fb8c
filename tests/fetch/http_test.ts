import assert from "node:assert/strict";
import { UserError } from "../../pipeline/errors.ts";
import { Http, type HttpOptions, type HttpRequest } from "../../pipeline/fetch/http.ts";
import { HourlyBudget, noQuota } from "../../pipeline/fetch/quota.ts";
import { LeapingClock } from "../support/leaping_clock.ts";
import { failureOf } from "../support/scripted_fetch.ts";

const secret = "CANARYtoken0123456789";

const request: HttpRequest = {
  method: "GET",
  url: new URL("https://api.example/data?day=2026-10-25"),
  label: "GET /data?day=2026-10-25",
  headers: { authorization: `Bearer ${secret}` },
  secrets: [secret],
};

type Step = Response | Error | ((signal: AbortSignal) => Promise<Response>);

/** A fetch that answers with the steps in turn, the last one for ever. */
function script(...steps: Step[]) {
  const calls: Request[] = [];
  const send = (input: string | URL | Request, init?: RequestInit) => {
    const call = new Request(input, init);
    const step = steps[Math.min(calls.length, steps.length - 1)];
    calls.push(call);
    if (step instanceof Response) return Promise.resolve(step.clone());
    if (step instanceof Error) return Promise.reject(step);
    assert.ok(step);
    return step(init?.signal ?? new AbortController().signal);
  };
  return { calls, send };
}

function http(send: typeof fetch, clock: LeapingClock, options: Partial<HttpOptions> = {}) {
  return new Http({
    fetch: send,
    clock,
    signal: new AbortController().signal,
    quota: noQuota,
    retry: { attempts: 3, base_ms: 1000, longest_ms: 8000, random: () => 0 },
    ...options,
  });
}

const newClock = () => new LeapingClock("2026-10-25T12:40:00Z");
const good = () => new Response('{"a":1}', { headers: { "x-served": "yes" } });

Deno.test("Http.send() gives the answer, byte for byte and parsed", async () => {
  const { send, calls } = script(good());
  const reply = await http(send, newClock()).send(request);
  assert.equal(reply.status, 200);
  assert.equal(new TextDecoder().decode(reply.body), '{"a":1}');
  assert.deepEqual(reply.json, { a: 1 });
  assert.equal(reply.headers.get("x-served"), "yes");
  assert.equal(calls[0]?.headers.get("authorization"), `Bearer ${secret}`);
  assert.equal(calls[0]?.redirect, "manual");
});

Deno.test("Http.send() tries again what passes by itself", async () => {
  const failures: Step[] = [
    new Response("<html>Bad gateway", { status: 502 }),
    new Response("", { status: 503 }),
    new Response("{}", { status: 500 }),
    new Response("late", { status: 504 }),
    new TypeError("error sending request"),
    new Response(""),
    new Response('{"dataset":[{"time":"00:0'),
    new Response("<!DOCTYPE html><title>Sign in to this network</title>"),
    new Response(new Uint8Array([0x22, 0xff, 0x22])),
    new Response(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d])),
  ];
  for (const failure of failures) {
    const clock = newClock();
    const { send, calls } = script(failure, failure, good());
    const reply = await http(send, clock).send(request);
    assert.deepEqual(reply.json, { a: 1 });
    assert.equal(calls.length, 3);
    assert.deepEqual(clock.waits, [500, 1000]);
  }
});

Deno.test("Http.send() says what came when it never passes", async () => {
  const html = `<!DOCTYPE html>\n<title>Down</title> Bearer ${secret} ${"x".repeat(90)}`;
  const cases: [Step, string][] = [
    [
      new Response(""),
      "Cannot read the answer to GET /data?day=2026-10-25: expected JSON, got nothing (3 attempts)",
    ],
    [
      new Response('{"dataPoints":[{"hea'),
      'Cannot read the answer to GET /data?day=2026-10-25: expected JSON, got 20 bytes beginning "{"dataPoints":[{"hea" (3 attempts)',
    ],
    [
      new Response(html),
      `Cannot read the answer to GET /data?day=2026-10-25: expected JSON, got a web page that is not the service's: ${html.length} bytes beginning "<!DOCTYPE html> <title>Down</title> Bearer [hidden] ${
        "x".repeat(28)
      }..." (3 attempts)`,
    ],
    [
      new Response("", { status: 302 }),
      "Cannot read the answer to GET /data?day=2026-10-25: expected JSON, got a web page that is not the service's: 302, nothing (3 attempts)",
    ],
    [
      new Response("maintenance", { status: 503 }),
      'Cannot get GET /data?day=2026-10-25: answered 503, 11 bytes beginning "maintenance" (3 attempts)',
    ],
    [
      new TypeError("fetch failed", { cause: new Error(`refused, sent ${secret}`) }),
      "Cannot get GET /data?day=2026-10-25: the connection broke: refused, sent [hidden] (3 attempts)",
    ],
  ];
  for (const [step, expected] of cases) {
    const { send, calls } = script(step);
    const error = await failureOf(http(send, newClock()).send(request));
    assert.ok(error instanceof UserError);
    assert.equal(error.message, expected);
    assert.ok(!Deno.inspect(error).includes(secret));
    assert.equal(calls.length, 3);
  }
});

Deno.test("Http.send() hands back every other status at once", async () => {
  for (const status of [400, 401, 403, 404, 410, 422]) {
    const { send, calls } = script(new Response('{"error":"x"}', { status }));
    const reply = await http(send, newClock()).send(request);
    assert.equal(reply.status, status);
    assert.deepEqual(reply.json, { error: "x" });
    assert.equal(calls.length, 1);
  }
  const { send } = script(new Response("<html>", { status: 403 }));
  assert.equal((await http(send, newClock()).send(request)).json, undefined);
  const gateway = script(new Response("", { status: 504 }));
  const reply = await http(gateway.send, newClock()).send({ ...request, handedBack: [504] });
  assert.equal(reply.status, 504);
  assert.equal(gateway.calls.length, 1);
});

Deno.test("Http.send() waits as long as a 503 asks for", async () => {
  const clock = newClock();
  const busy = new Response("", { status: 503, headers: { "retry-after": "20" } });
  await http(script(busy, good()).send, clock).send(request);
  assert.deepEqual(clock.waits, [20_000]);
});

Deno.test("Http.send() waits out a quota, tells until when, and then gives up", async () => {
  const refused = () =>
    new Response("", { status: 429, headers: { "fitbit-rate-limit-reset": "9" } });
  const clock = newClock();
  const told: string[] = [];
  const options = {
    quota: new HourlyBudget(),
    onWait: ({ why, until }: { why: string; until: number }) =>
      told.push(`${why} ${new Date(until).toISOString().slice(11, 19)}`),
  };
  await http(script(refused(), refused(), good()).send, clock, options).send(request);
  assert.deepEqual(clock.waits, [19_000, 129_000]);
  assert.deepEqual(told, ["hourly quota used up 12:40:19", "hourly quota used up 12:42:28"]);

  const always = script(refused());
  const error = await failureOf(
    http(always.send, newClock(), { quota: new HourlyBudget() }).send(request),
  );
  assert.equal(
    error.message,
    "Cannot get GET /data?day=2026-10-25: refused 3 times for too many requests",
  );
  assert.equal(always.calls.length, 3);
});

Deno.test("Http.send() says nothing of a wait too short to notice", async () => {
  const told: unknown[] = [];
  const busy = new Response("", { status: 502 });
  const clock = newClock();
  await http(script(busy, good()).send, clock, { onWait: (wait) => told.push(wait) }).send(request);
  assert.deepEqual(clock.waits, [500]);
  assert.deepEqual(told, []);
});

/** Never answers; rejects with the signal's reason as fetch does. */
const silent: Step = (signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    if (signal.aborted) reject(signal.reason);
  });

Deno.test("Http.send() gives up on an answer that does not come", async () => {
  const asked: number[] = [];
  const deadline = (ms: number) => {
    asked.push(ms);
    return AbortSignal.abort(new DOMException("late", "TimeoutError"));
  };
  const error = await failureOf(http(script(silent).send, newClock(), { deadline }).send(request));
  assert.equal(
    error.message,
    "Cannot get GET /data?day=2026-10-25: no whole answer within 120 s (3 attempts)",
  );
  assert.deepEqual(asked, [120_000, 120_000, 120_000]);
});

Deno.test("Http.send() ends at once when it is stopped, in a request or a wait", async () => {
  const reason = new Error("stopped by Ctrl-C");
  const stop = new AbortController();
  const { send, calls } = script((signal) => {
    stop.abort(reason);
    return Promise.reject(signal.reason);
  });
  assert.equal(
    await failureOf(http(send, newClock(), { signal: stop.signal }).send(request)),
    reason,
  );
  assert.equal(calls.length, 1);

  const stopLater = new AbortController();
  const busy = script(() => {
    stopLater.abort(reason);
    return Promise.resolve(new Response("", { status: 503 }));
  });
  const error = await failureOf(
    http(busy.send, newClock(), { signal: stopLater.signal }).send(request),
  );
  assert.equal(error, reason);
  assert.equal(busy.calls.length, 1);
});

Deno.test("Http.send() does not take a bug for a bad line", async () => {
  const bug = new Deno.errors.NotCapable("Requires net access");
  const { send, calls } = script(bug);
  assert.equal(await failureOf(http(send, newClock()).send(request)), bug);
  assert.equal(calls.length, 1);
});

/** A server on loopback that writes these bytes to its connections in turn and hangs up. */
async function serveBytes(answers: readonly string[], use: (port: number) => Promise<void>) {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    for (const answer of answers) {
      using connection = await listener.accept();
      await connection.read(new Uint8Array(4096));
      await connection.write(new TextEncoder().encode(answer));
    }
  })();
  await use(listener.addr.port);
  await serving;
}

Deno.test("Http.send() recovers from connections that are really cut", async () => {
  const answers = [
    "",
    'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a":',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\n{"a":1}',
  ];
  await serveBytes(answers, async (port) => {
    const clock = newClock();
    const retry = { attempts: 4, base_ms: 1000, longest_ms: 8000, random: () => 0 };
    const url = new URL(`http://127.0.0.1:${port}/data`);
    const reply = await http(fetch, clock, { retry }).send({ ...request, url });
    assert.deepEqual(reply.json, { a: 1 });
    assert.equal(clock.waits.length, 3);
  });
});

Deno.test("Http.send() takes the access token when the request leaves, not before its waits", async () => {
  const clock = newClock();
  const taken: number[] = [];
  const { send, calls } = script(new Response("", { status: 503 }), good());
  const reply = await http(send, clock).send({
    ...request,
    headers: {},
    access: () => Promise.resolve(`${secret}${taken.push(clock.now())}`),
  });
  assert.equal(reply.status, 200);
  assert.deepEqual(
    calls.map((call) => call.headers.get("authorization")),
    [`Bearer ${secret}1`, `Bearer ${secret}2`],
  );
  assert.ok((taken[1] ?? 0) > (taken[0] ?? 0));

  const echo = script(new Response(`no ${secret}1`, { status: 503 }));
  const error = await failureOf(
    http(echo.send, newClock()).send({
      ...request,
      secrets: [],
      access: () => Promise.resolve(`${secret}1`),
    }),
  );
  assert.ok(!Deno.inspect(error).includes(secret));
});
