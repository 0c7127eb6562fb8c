/**
 * `deno task login` as it is typed, with its own permissions, and a real browser that goes through the
 * simulator's consent page.
 */

import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { type SimulatorServer, startSimulator } from "../../pipeline/sources/simulator/server.ts";
import { LoginFile } from "../../pipeline/sources/token_file.ts";
import { chromiumPath, inBrowser } from "../support/browser.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { taskCommand } from "../support/task.ts";

/** A login under way in a process of its own. */
interface Waiting {
  /** The consent page it wants opened. */
  readonly consent: string;
  readonly ended: Promise<{ code: number; said: string; results: string }>;
}

interface Stage {
  readonly simulator: SimulatorServer;
  readonly page: Page;
  readonly context: BrowserContext;
  readonly folder: string;
  begin(...argv: string[]): Promise<Waiting>;
  /** The login that was kept, if any. */
  kept(): ReturnType<LoginFile["list"]>[number] | undefined;
}

async function onStage(work: (stage: Stage) => Promise<void>): Promise<void> {
  const simulator = await startSimulator({
    clock: { now: () => Date.now() },
    google: { consent: "ask" },
    fitbit: { consent: "ask" },
  });
  try {
    await inTemporaryFolder(async (folder) => {
      const client = `${folder}/client_secret.json`;
      const { clientId, clientSecret } = simulator.google;
      await Deno.writeTextFile(
        client,
        JSON.stringify({ installed: { client_id: clientId, client_secret: clientSecret } }),
      );
      const config = `${folder}/config`;
      const env = {
        EVERYSECOND_CONFIG: config,
        EVERYSECOND_GOOGLE_HEALTH_URL: simulator.googleUrl,
        EVERYSECOND_FITBIT_WEB_URL: simulator.fitbitUrl,
      };
      await inBrowser(async (browser) => {
        const context = await browser.newContext();
        await work({
          simulator,
          context,
          page: await context.newPage(),
          folder,
          begin: (...argv) => begin(["--client", client, "--no-browser", ...argv], env),
          kept: () => new LoginFile(config).list()[0],
        });
      });
    });
  } finally {
    await simulator.stop();
  }
}

async function begin(argv: readonly string[], env: Record<string, string>): Promise<Waiting> {
  const child = taskCommand("login", argv, env).spawn();
  const consent = Promise.withResolvers<string>();
  const listen = async () => {
    let said = "";
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      said += text;
      const address = /^ {2}(http\S+)$/m.exec(said)?.[1];
      if (address !== undefined) consent.resolve(address);
    }
    consent.reject(new Error(`The login showed no consent page:\n${said}`));
    return said;
  };
  const said = listen();
  const end = async () => {
    const results = await new Response(child.stdout).text();
    const { code } = await child.status;
    return { code, said: await said, results };
  };
  const ended = end();
  return { consent: await consent.promise, ended };
}

const title = (page: Page) => page.locator("h1").innerText();

function inRealBrowser(name: string, work: (stage: Stage) => Promise<void>): void {
  Deno.test({
    name: `a real browser: ${name}`,
    ignore: chromiumPath === undefined && Deno.env.get("CI") === undefined,
    fn: () => onStage(work),
  });
}

inRealBrowser("granted, and a box left unticked", async ({ page, begin, kept }) => {
  const { consent, ended } = await begin();
  await page.goto(consent);
  await page.getByLabel("sleep.readonly").uncheck();
  await page.getByRole("button", { name: "Allow" }).click();
  assert.equal(await title(page), "That was all here");
  const { code, results } = await ended;
  assert.equal(code, 0);
  assert.match(results, /^Logged in to google-health: account 8412907366153/);
  assert.match(results, /sleep: these tables stay empty: sleep, sleep_stage/);
  const login = kept();
  assert.ok(login?.refresh_token !== undefined);
  assert.equal(login.scopes?.some((scope) => scope.endsWith("sleep.readonly")), false);
  // The page came from nowhere else and leaves nothing behind.
  assert.deepEqual(await page.evaluate("[localStorage.length, document.cookie]"), [0, ""]);
});

inRealBrowser("denied", async ({ page, begin, kept }) => {
  const { consent, ended } = await begin();
  await page.goto(consent);
  await page.getByRole("button", { name: "Deny" }).click();
  assert.equal(await title(page), "Nothing was allowed");
  const { code, said } = await ended;
  assert.equal(code, 4);
  assert.match(said, /Consent was not given: access_denied/);
  assert.equal(kept(), undefined);
});

inRealBrowser(
  "a wrong state is turned away, and the right one still counts",
  async ({ page, begin }) => {
    const { consent, ended } = await begin();
    const forged = new URL(consent);
    forged.searchParams.set("state", "forged");
    await page.goto(forged.href);
    await page.getByRole("button", { name: "Allow" }).click();
    assert.equal(await title(page), "This belongs to another login");
    await page.goto(consent);
    await page.getByRole("button", { name: "Allow" }).click();
    assert.equal(await title(page), "That was all here");
    const { code, said } = await ended;
    assert.equal(code, 0);
    assert.match(said, /An answer to another login came in and was not used/);
  },
);

inRealBrowser("a second tab with the same page changes nothing any more", async (stage) => {
  const { page, context, begin, kept } = stage;
  const { consent, ended } = await begin();
  const second = await context.newPage();
  await page.goto(consent);
  await second.goto(consent);
  await page.getByRole("button", { name: "Allow" }).click();
  assert.equal((await ended).code, 0);
  const login = kept();
  // The listener has closed: the browser finds nobody there.
  const failed = second.waitForEvent("requestfailed");
  await second.getByRole("button", { name: "Deny" }).click({ noWaitAfter: true });
  assert.equal((await failed).failure()?.errorText, "net::ERR_CONNECTION_REFUSED");
  assert.deepEqual(kept(), login);
});

inRealBrowser("two logins at once do not take each other's answers", async (stage) => {
  const { page, context, begin } = stage;
  const [one, two] = await Promise.all([begin(), begin("--participant", "anna")]);
  const second = await context.newPage();
  await second.goto(two.consent);
  await page.goto(one.consent);
  await second.getByRole("button", { name: "Allow" }).click();
  await page.getByRole("button", { name: "Allow" }).click();
  assert.deepEqual([(await one.ended).code, (await two.ended).code], [0, 0]);
});

inRealBrowser(
  "the old API's app, with a registered address",
  async ({ page, begin, folder, simulator }) => {
    const { clientId, clientSecret } = simulator.fitbit;
    const free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const redirect_uri = `http://localhost:${free.addr.port}/callback`;
    free.close();
    simulator.fitbit.redirectUri = redirect_uri;
    const client = `${folder}/fitbit.json`;
    const content = { client_id: clientId, client_secret: clientSecret, redirect_uri };
    await Deno.writeTextFile(client, JSON.stringify(content));
    const { consent, ended } = await begin("fitbit-web", "--client", client);
    await page.goto(consent);
    await page.getByRole("button", { name: "Allow" }).click();
    assert.equal(await title(page), "That was all here");
    const { code, results } = await ended;
    assert.equal(code, 0);
    assert.match(results, /^Logged in to fitbit-web: account 9SIM42/);
  },
);
