/**
 * Everything a full run writes, searched for everything that must not be written: tokens, codes,
 * verifiers, client secrets, cookies, e-mail addresses. The service hands all of it back wherever it
 * can.
 */

import assert from "node:assert/strict";
import { zstdDecompressSync } from "node:zlib";
import { commandNames } from "../../pipeline/cli.ts";
import type { User } from "../../pipeline/effects.ts";
import type { ApiName } from "../../pipeline/sources/simulator/api.ts";
import { demoFirstDay, demoLastDay } from "../../pipeline/sources/simulator/demo_person.ts";
import type { Simulator } from "../../pipeline/sources/simulator/simulator.ts";
import { inTemporaryFolder, nobody, treeOf } from "../support/effects.ts";
import { House } from "../support/house.ts";
import { executeNotebook, findPython } from "../support/jupyter.ts";
import { notebookNames, notebooksFolder } from "../support/notebooks.ts";

const cookie = "sid-CANARYcookie-5f2c";
const address = "jane.canary@mail.example.org";

/** Members of forms, queries and answers that are secret. */
const secretNames = ["access_token", "refresh_token", "code", "code_verifier", "client_secret"];

/** A simulator that remembers every secret that passes, and echoes them in its errors. */
class Gossip {
  readonly secrets = new Set([cookie, address]);
  /** How often an error carried secrets back. */
  told = 0;
  /** Nothing is broken or echoed any more. */
  isQuiet = false;
  #calls = 0;

  constructor(readonly simulator: Simulator) {
    this.secrets.add(simulator.google.clientSecret).add(simulator.fitbit.clientSecret);
  }

  readonly handle = async (request: Request): Promise<Response> => {
    const form = await request.clone().text();
    this.#learn(new URLSearchParams(form));
    const credentials = request.headers.get("authorization")?.split(" ")[1];
    if (credentials !== undefined) this.secrets.add(credentials);
    const { pathname } = new URL(request.url);
    const isData = /dataTypes|activities|sleep|body/.test(pathname);
    const isRefresh = form.includes("refresh_token");
    if (isData || isRefresh) this.#calls++;
    const broken = !this.isQuiet &&
      ((isData && this.#calls % 4 === 0) || (isRefresh && this.#calls % 2 === 0));
    const response = broken ? this.#echo(request, form) : await this.simulator.handle(request);
    const location = response.headers.get("location");
    if (location !== null) this.#learn(new URL(location).searchParams);
    const headers = new Headers(response.headers);
    headers.append("set-cookie", `session=${cookie}; Path=/`);
    const body = await response.text();
    for (const [, name = "", value = ""] of body.matchAll(/"(\w+)":\s*"([^"]+)"/g)) {
      if (secretNames.includes(name)) this.secrets.add(value);
    }
    return new Response(response.status === 302 ? null : body, {
      status: response.status,
      headers,
    });
  };

  #learn(fields: URLSearchParams): void {
    for (const name of secretNames) {
      const value = fields.get(name);
      if (value !== null) this.secrets.add(value);
    }
  }

  /** All that was sent, in the shapes in which servers, proxies and debug pages return it. */
  #echo(request: Request, form: string): Response {
    this.told++;
    const authorization = request.headers.get("authorization") ?? "";
    const text = `${address}: ${authorization} Cookie: session=${cookie} ${form}`;
    const token = authorization.split(" ")[1] ?? "";
    const replies = [
      () => new Response(text, { status: 500 }),
      () =>
        Response.json({ error: { message: `No access for ${address} with ${token}` } }, {
          status: 403,
        }),
      () => new Response(`<!DOCTYPE html><p>${text}</p>`),
      () => new Response(`{"dataPoints": "${address} ${token}`),
      () =>
        Response.json({
          errors: [{ errorType: "odd", message: `Access token odd: ${token}. ${address}` }],
        }, { status: 418 }),
      () => Response.json({ error: "odd", error_description: text, form }, { status: 400 }),
    ];
    const reply = replies[this.told % replies.length];
    assert.ok(reply !== undefined);
    return reply();
  }
}

/** Whatever a file holds, unpacked. */
async function content(path: string): Promise<string> {
  const bytes = await Deno.readFile(path);
  const open = path.endsWith(".zst") ? zstdDecompressSync(bytes) : bytes;
  return new TextDecoder("latin1").decode(open);
}

/** A secret as it is, as in an address, and as in a Basic header. */
function spellings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), btoa(secret), secret.replace("@", "%40")];
}

function clientOf({ google, fitbit }: Simulator, source: ApiName) {
  return source === "google-health" ? google : fitbit;
}

/** The text before and after what should not be there, with that left out. */
function around(text: string, secret: string): string {
  const at = text.indexOf(secret);
  return `${text.slice(Math.max(0, at - 100), at)}...${text.slice(at + secret.length, at + 150)}`;
}

Deno.test("nothing that a full run writes holds a token, code, secret, cookie or e-mail address", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = new House(`${folder}/data`);
    const gossip = new Gossip(house.simulator);
    const config = `${folder}/config`;
    house.env.set("EVERYSECOND_CONFIG", config);
    for (const source of ["GOOGLE_HEALTH", "FITBIT_WEB"]) {
      house.env.delete(`EVERYSECOND_${source}_TOKEN`);
    }
    const send = (input: string | URL | Request, init?: RequestInit) =>
      gossip.handle(new Request(input, init));
    const user: User = {
      ...nobody,
      async open(page) {
        const { headers } = await send(page);
        await (await fetch(headers.get("location") ?? "")).body?.cancel();
        return true;
      },
    };
    const texts: [string, string][] = [];
    const run = async (...argv: readonly [string, ...string[]]) => {
      const { code, said, results } = await house.runWith({ fetch: send, user }, ...argv);
      texts.push([argv.join(" "), `${results}\n${said}`]);
      return { code, said };
    };

    for (const source of ["google-health", "fitbit-web"] as const) {
      const { clientId, clientSecret } = clientOf(house.simulator, source);
      const client = `${folder}/client.json`;
      const content = { client_id: clientId, client_secret: clientSecret };
      await Deno.writeTextFile(client, JSON.stringify(content));
      const redirect = ["--redirect", "http://127.0.0.1:0/"];
      const { code, said } = await run("login", source, "--client", client, ...redirect);
      assert.equal(code, 0, said);
      await Deno.remove(client);
      await run("plan", "--source", source);
      for (let again = 0; again < 4; again++) {
        await run("fetch", "--source", source, "--from", "2d");
        // The next run has to renew its access token.
        house.clock.ms += 30_000_000;
      }
    }
    assert.ok(gossip.told > 40, `only ${gossip.told} answers carried secrets back`);
    gossip.isQuiet = true;
    // What the notebooks look at.
    await run("fetch", "--from", demoFirstDay, "--to", demoLastDay);
    await run("transform", "--csv");
    await run("aggregate");
    for (const task of ["status", "verify", "doctor"]) {
      await run(task);
      await run(task, "--json");
    }
    await run("settings");
    await run("pipeline", "--quiet");
    if (commandNames.includes("report")) await run("report");
    const python = findPython();
    for (const name of python === undefined ? [] : notebookNames()) {
      const env = { EVERYSECOND_DATA: house.root };
      await executeNotebook(python ?? "", `${notebooksFolder}/${name}`, `${folder}/${name}`, env);
    }

    const secrets = [...gossip.secrets].filter((secret) => secret.length >= 16);
    assert.ok(secrets.length > 15, `only ${secrets.length} secrets passed`);
    const kept = await content(`${config}/tokens.json`);
    assert.ok(secrets.some((secret) => kept.includes(secret)), "the search finds nothing at all");
    const written = Array.from((await treeOf(folder)).keys())
      .filter((path) => path !== "config/tokens.json");
    for (const end of [".json.zst", "ledger.sqlite", ".parquet", ".csv"]) {
      assert.ok(written.some((path) => path.endsWith(end)), `nothing ends in ${end}`);
    }
    for (const path of written) texts.push([path, await content(`${folder}/${path}`)]);
    for (const [where, text] of texts) {
      for (const spelling of secrets.flatMap(spellings)) {
        assert.ok(!text.includes(spelling), `${where} holds a secret: ${around(text, spelling)}`);
      }
    }
  });
});
