/**
 * Every task with exactly the permissions of deno.json, and then with one less at a time: what is
 * granted is needed, down to each host, program, folder and group of variables.
 */

import assert from "node:assert/strict";
import { type SimulatorServer, startSimulator } from "../../pipeline/sources/simulator/server.ts";
import { pages } from "../../pipeline/reference.ts";
import { LoginFile } from "../../pipeline/sources/token_file.ts";
import { denoFolder, inTemporaryFolder } from "../support/effects.ts";
import { repository, tasks, taskWords } from "../support/task.ts";
import { writeArchive } from "../support/takeout_of.ts";

/** For developers, with every permission or none at all; or made of other tasks. */
const forDevelopers = ["test", "test:long", "test:foreign", "ok", "page", "kernels", "bench"];

/** What is needed on another system only. */
const elsewhere = ["APPDATA", "USERPROFILE", "open", "rundll32", "launchctl", "schtasks"];

/** Where a scenario plays. */
interface Stage {
  readonly folder: string;
  readonly simulator: SimulatorServer;
}

/** One way to run a task. */
interface Scenario {
  readonly task: string;
  readonly args: (stage: Stage) => readonly string[];
  /** Its data root, where that is another than everybody's. */
  readonly data?: string;
  /** What it reads on stdin. */
  readonly stdin?: string;
  /** Makes what it needs; before every run. */
  readonly before?: (stage: Stage) => Promise<unknown> | unknown;
  /** What it says where it can do without a permission, but not as well. */
  readonly without?: RegExp;
  /** What it says when it is at work, where it does not end by itself. */
  readonly until?: RegExp;
}

/** A login whose access token has just ended, so that it is refreshed. */
function logIn({ folder, simulator }: Stage): void {
  const { refreshToken, accessToken } = simulator.issue("google-health");
  new LoginFile(`${folder}/home/.config/everysecond`).save({
    source: "google-health",
    participant: "me",
    api_url: simulator.googleUrl,
    token_endpoint: `${simulator.googleUrl}/token`,
    client_id: simulator.google.clientId,
    client_secret: simulator.google.clientSecret,
    client_auth: "post",
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_at: 0,
  });
}

/** A list of participants. */
const study = (list: string) => ({ folder }: Stage) => [`${folder}/${list}.csv`];

const fetching = () => ["--from", "1d", "--only", "resting_heart_rate"];

/** A notebook of this test's own. */
const question = "may-it-be-written";

/** Every task, in the order in which they find what they need. */
const scenarios: readonly Scenario[] = [
  { task: "demo", args: ({ folder }) => ["--data", `${folder}/demo`] },
  {
    task: "start",
    args: ({ folder }) => [
      ...["--have", "archive", "--run", "yes"],
      `${folder}/takeout.zip`,
    ],
  },
  {
    task: "login",
    args: (
      { folder, simulator },
    ) => ["--client", `${folder}/client.json`, "--api-url", simulator.googleUrl],
    without: /No browser could be opened/,
  },
  { task: "plan", args: fetching, before: logIn },
  { task: "fetch", args: fetching, before: logIn },
  { task: "import", args: ({ folder }) => [`${folder}/takeout.zip`] },
  { task: "transform", args: () => [] },
  { task: "aggregate", args: () => [] },
  { task: "pipeline", args: fetching, before: logIn },
  { task: "report", args: () => [], without: /No browser could be opened/ },
  { task: "status", args: () => [] },
  { task: "verify", args: () => [] },
  { task: "doctor", args: () => [], before: logIn },
  { task: "logout", args: () => [], before: logIn },
  { task: "schedule", args: () => ["--with", "systemd", "--install"] },
  { task: "schedule", args: () => ["--with", "cron", "--install"] },
  { task: "schedule", args: () => ["--with", "launchd"] },
  {
    task: "settings",
    args: ({ folder }) => ["--init", "--settings", `${folder}/${crypto.randomUUID()}.toml`],
  },
  { task: "settings", args: () => [] },
  { task: "cohort", args: study("archives"), data: "study" },
  {
    task: "cohort-worker",
    args: study("live"),
    data: "study",
    stdin: "bert\n",
    // Whatever happens to a participant, the others go on.
    without: /"missing":\[".*Requires \w+ access/,
  },
  { task: "cohort-report", args: () => [], data: "study" },
  { task: "simulate", args: () => [], until: /Ctrl-C ends it/ },
  { task: "notebook", args: () => ["--no-browser"] },
  { task: "new-notebook", args: () => [question] },
  { task: "docs", args: () => [] },
  {
    task: "share",
    args: ({ folder }) => [`${folder}/${crypto.randomUUID()}`, "--key", `${folder}/key`],
  },
];

/** Programs of the system, as far as these scenarios go. */
const programs: Readonly<Record<string, string>> = {
  systemctl: "exit 0",
  crontab: 'if [ "$1" = -l ]; then echo "no crontab for me" >&2; exit 1; fi; cat > /dev/null',
  "jupyter-lab": "exit 0",
  // A browser that agrees to everything, and is sent back to the login that waits.
  "xdg-open": `exec "${Deno.execPath()}" eval 'await (await fetch(Deno.args[0])).text()' "$1"`,
};

async function onStage(work: (stage: Stage) => Promise<void>): Promise<void> {
  const pagesBefore = await Promise.all(
    Object.keys(pages).map(async (page) => {
      const path = `${repository}${page}`;
      return [path, await Deno.readTextFile(path)] as const;
    }),
  );
  const simulator = await startSimulator({ clock: { now: () => Date.now() } });
  try {
    await inTemporaryFolder(async (folder) => {
      const { clientId, clientSecret } = simulator.google;
      await Deno.mkdir(`${folder}/bin`);
      for (const [name, text] of Object.entries(programs)) {
        await Deno.writeTextFile(`${folder}/bin/${name}`, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
      }
      await Deno.writeTextFile(
        `${folder}/client.json`,
        JSON.stringify({ installed: { client_id: clientId, client_secret: clientSecret } }),
      );
      const { accessToken } = simulator.issue("google-health");
      await Deno.writeTextFile(`${folder}/token`, accessToken);
      const lists = {
        archives: "id,source,path\nanna,takeout,takeout.zip\n",
        live: "id,source,token_file,from\nbert,google-health,token,today\n",
      };
      for (const [name, text] of Object.entries(lists)) {
        await Deno.writeTextFile(`${folder}/${name}.csv`, text);
      }
      await writeArchive(`${folder}/takeout.zip`, simulator, ["2026-10-06"]);
      await work({ folder, simulator });
    });
  } finally {
    await simulator.stop();
    for (const { name } of Deno.readDirSync(`${repository}/notebooks`)) {
      if (name.includes(question)) Deno.removeSync(`${repository}/notebooks/${name}`);
    }
    // Only the second half of the task would format them.
    for (const [path, text] of pagesBefore) await Deno.writeTextFile(path, text);
  }
}

/** Runs a scenario with those words in place of the task's own. */
async function played(words: readonly string[], scenario: Scenario, stage: Stage) {
  const { folder, simulator } = stage;
  await scenario.before?.(stage);
  const child = new Deno.Command(Deno.execPath(), {
    args: [...words, ...scenario.args(stage)],
    cwd: repository,
    clearEnv: true,
    env: {
      NO_COLOR: "1",
      HOME: `${folder}/home`,
      PATH: `${folder}/bin:${Deno.env.get("PATH")}`,
      DENO_DIR: denoFolder(),
      EVERYSECOND_DATA: `${folder}/${scenario.data ?? "data"}`,
      EVERYSECOND_GOOGLE_HEALTH_URL: simulator.googleUrl,
    },
    stdin: scenario.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  if (scenario.stdin !== undefined) await typeInto(child, scenario.stdin);
  let said = "";
  const listen = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      said += text;
      if ([scenario.until, scenario.without].some((words) => words?.test(said))) stop(child);
    }
  };
  await Promise.all([listen(child.stdout), listen(child.stderr)]);
  return { code: (await child.status).code, said };
}

async function typeInto(child: Deno.ChildProcess, text: string): Promise<void> {
  const writer = child.stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
  } catch (error) {
    // It has ended without reading.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

function stop(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGINT");
  } catch (error) {
    // It has ended meanwhile.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** The command's words with one permission less each, and what that is. */
function withOneLess(words: readonly string[]): { less: string; words: string[] }[] {
  return words.flatMap((word, at) => {
    if (!word.startsWith("--allow-")) return [];
    const [flag = "", list] = word.split("=");
    const replaced = (by: string[]) => [...words.slice(0, at), ...by, ...words.slice(at + 1)];
    if (list === undefined) return [{ less: flag, words: replaced([]) }];
    const values = list.split(",");
    return values.filter((value) => !elsewhere.includes(value)).map((value) => {
      const others = values.filter((other) => other !== value);
      const by = others.length === 0 ? [] : [`${flag}=${others.join(",")}`];
      return { less: `${flag}=${value}`, words: replaced(by) };
    });
  });
}

/** Deno's own words for a permission that was not granted. */
const refused = /NotCapable|Requires \w+ access/;

Deno.test({
  name: "every task works with its permissions, and not with one less",
  ignore: Deno.build.os === "windows",
  async fn(test) {
    const whole = new Set(scenarios.map(({ task }) => task));
    assert.deepEqual(
      Object.keys(tasks).filter((task) => !whole.has(task)).sort(),
      forDevelopers.toSorted(),
      "every task needs a scenario above",
    );
    await onStage(async (stage) => {
      for (const scenario of scenarios) {
        const { code, said } = await played(taskWords(scenario.task), scenario, stage);
        assert.equal(code, 0, `${scenario.task}: ${said}`);
        assert.doesNotMatch(said, refused);
      }
      for (const task of whole) {
        const ways = scenarios.filter((scenario) => scenario.task === task);
        for (const { less, words } of withOneLess(taskWords(task))) {
          await test.step(`${task} needs ${less}`, async () => {
            const all: string[] = [];
            for (const scenario of ways) {
              const { code, said } = await played(words, scenario, stage);
              if (scenario.without?.test(said)) return;
              if (refused.test(said) && code !== 0) return;
              all.push(`ended with ${code}: ${said}`);
            }
            assert.fail(all.join("\n"));
          });
        }
      }
    });
  },
});
