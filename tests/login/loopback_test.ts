import assert from "node:assert/strict";
import { UsageError } from "../../pipeline/errors.ts";
import { listenOnLoopback } from "../../pipeline/login/loopback.ts";

/** A listener with a login under way, and what it did. */
function listening(options: { redirect?: string; signal?: AbortSignal } = {}) {
  const shown: URL[] = [];
  const seen = { foreign: 0 };
  const listener = listenOnLoopback({
    redirect: new URL(options.redirect ?? "http://127.0.0.1:0/"),
    show: (consent) => shown.push(consent),
    onForeign: () => seen.foreign++,
    signal: options.signal ?? new AbortController().signal,
  });
  const consent = new URL("https://accounts.example/auth?state=OURS");
  return { listener, consent, shown, seen, at: listener.redirectUri };
}

async function ask(url: string, init?: RequestInit): Promise<[number, string]> {
  const response = await fetch(url, init);
  return [response.status, /<h1>(.*)<\/h1>/.exec(await response.text())?.[1] ?? ""];
}

/** A request as it stands on the wire, for headers that fetch() does not let out. */
async function raw(at: string, text: string): Promise<string> {
  const { hostname, port } = new URL(at);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(new TextEncoder().encode(text));
  return await new Response(connection.readable).text();
}

Deno.test("listenOnLoopback() hands over its own answer, shows the last page, and closes", async () => {
  const { listener, consent, shown, at } = listening();
  let visited: Promise<URL>;
  {
    await using _open = listener;
    visited = listener.visit(consent);
    assert.deepEqual(await ask(`${at}?state=OURS&code=c`), [200, "That was all here"]);
    assert.equal((await visited).href, `${at}?state=OURS&code=c`);
    assert.deepEqual(await ask(`${at}?state=OURS&code=other`), [
      409,
      "This login has its answer already",
    ]);
  }
  assert.deepEqual(shown.map(String), [consent.href]);
  await assert.rejects(fetch(at), TypeError);
});

Deno.test("listenOnLoopback() hands over a refusal", async () => {
  const { listener, consent, at } = listening();
  await using _open = listener;
  const visited = listener.visit(consent);
  assert.deepEqual(await ask(`${at}?state=OURS&error=access_denied`), [200, "Nothing was allowed"]);
  assert.equal((await visited).searchParams.get("error"), "access_denied");
});

Deno.test("listenOnLoopback() goes on waiting after whatever is not its own answer", async () => {
  const { listener, consent, seen, at } = listening();
  await using _open = listener;
  assert.deepEqual(await ask(`${at}?state=OURS&code=early`), [
    400,
    "This belongs to another login",
  ]);
  const visited = listener.visit(consent);
  const others: [string, RequestInit, number][] = [
    [`${at}?state=THEIRS&code=x`, {}, 400],
    [`${at}?code=x`, {}, 400],
    [`${at}?state=&code=x`, {}, 400],
    [at, {}, 404],
    [`${at}favicon.ico`, {}, 404],
    [`${at}elsewhere?state=OURS&code=x`, {}, 404],
    [`${at}?state=OURS&code=x`, { method: "POST" }, 404],
  ];
  for (const [url, init, status] of others) assert.equal((await ask(url, init))[0], status, url);
  const host = new URL(at).host;
  for (const name of ["evil.example", `localhost:${new URL(at).port}`, `${host}.evil.example`]) {
    const request =
      `GET /?state=OURS&code=x HTTP/1.1\r\nhost: ${name}\r\nconnection: close\r\n\r\n`;
    assert.match(await raw(at, request), /^HTTP\/1\.1 404/, name);
  }
  assert.equal(seen.foreign, 4);
  await ask(`${at}?state=OURS&code=ours`);
  assert.equal((await visited).searchParams.get("code"), "ours");
});

Deno.test("listenOnLoopback() answers on this machine's own interface only", async () => {
  const { listener, at } = listening();
  await using _open = listener;
  const outside = Deno.networkInterfaces()
    .find(({ family, address }) => family === "IPv4" && !address.startsWith("127."));
  const port = Number(new URL(at).port);
  if (outside !== undefined) {
    await assert.rejects(Deno.connect({ hostname: outside.address, port }));
  }
  using own = await Deno.connect({ hostname: "127.0.0.1", port });
  assert.equal(own.remoteAddr.hostname, "127.0.0.1");
});

Deno.test("listenOnLoopback() answers with a page that tells nobody its address", async () => {
  const { listener, at } = listening();
  await using _open = listener;
  const { headers, body } = await fetch(at);
  await body?.cancel();
  assert.equal(headers.get("referrer-policy"), "no-referrer");
  assert.equal(headers.get("cache-control"), "no-store");
  assert.match(headers.get("content-security-policy") ?? "", /^default-src 'none'/);
});

Deno.test("listenOnLoopback() ends with the signal, and says when the port is taken", async () => {
  const controller = new AbortController();
  const { listener, consent, at } = listening({ signal: controller.signal });
  await using _open = listener;
  const visited = listener.visit(consent);
  assert.throws(() => listening({ redirect: at }), (error) => {
    assert.ok(error instanceof UsageError);
    assert.match(`${error.message} ${error.hint}`, /Cannot listen at http:\/\/127.*--paste/);
    return true;
  });
  controller.abort(new Error("stopped"));
  await assert.rejects(visited, /stopped/);
});
