/** `deno task doctor`: what is well, what is not, and what to do about it. */

import { statfsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkFailed, checkPutAside, checkStopped } from "../doctor/arrivals.ts";
import { broken, type Check, doctorExitCode, ofError, ok } from "../doctor/check.ts";
import { checkClock } from "../doctor/clock.ts";
import { checkDailyJob } from "../doctor/daily_job.ts";
import {
  checkDataRoot,
  checkLock,
  examineLedgers,
  holdingsOf,
  type Known,
  openToOthers,
} from "../doctor/data_root.ts";
import {
  checkLifetime,
  checkLogin,
  checkLoginFile,
  checkScopes,
  type LoginFacts,
} from "../doctor/login.ts";
import {
  checkDeno,
  checkDependencies,
  checkDiskSpace,
  checkPermissions,
} from "../doctor/machine.ts";
import { askAccount, checkSync, reach } from "../doctor/service.ts";
import { reasonOf, UserError } from "../errors.ts";
import { logFile } from "../layout.ts";
import { putAsideIn } from "../raw/ledger_rows.ts";
import { settingsPath } from "../settings/resolve.ts";
import { tokenVariable } from "../sources/stored_token.ts";
import { findConfigFolder, type Login, LoginFile, type LoginKey } from "../sources/token_file.ts";
import { counted } from "../terminal/counted.ts";
import type { Command, CommandContext } from "./command.ts";
import { fetchOptions, liveRequest } from "./fetch.ts";
import { baseUrlOf, openLive } from "./live.ts";

/** The options that say which account is meant. */
const accountOptions = fetchOptions.filter(({ name }) =>
  ["source", "participant", "api-url"].includes(name)
);

export const doctor: Command = {
  spec: {
    name: "doctor",
    about: "Looks at everything that can be wrong, from the version of Deno to days that failed, " +
      "and says what\nto do. Changes nothing. Exits with 0 when nothing is broken, else with what " +
      "the first error means.",
    options: [...accountOptions, { name: "json", about: "Print it for a program" }],
  },
  async run(context) {
    const { given, effects: { talk } } = context;
    const checks = [
      ...machineChecks(context),
      ...await serviceChecks(context),
      ...dataChecks(context),
    ];
    if (given.flag("json")) {
      const rows = checks.map(({ id, state, says, remedy = null }) => ({
        id,
        state,
        says,
        remedy,
      }));
      talk.result(JSON.stringify({ format: 1, checks: rows }, null, 2));
    } else {
      for (const line of checkLines(checks)) talk.result(line);
    }
    return doctorExitCode(checks);
  },
};

/** The checks as lines for a person. */
export function checkLines(checks: readonly Check[]): string[] {
  const width = Math.max(...checks.map(({ id }) => id.length));
  const count = (state: Check["state"]) => checks.filter((check) => check.state === state).length;
  return [
    ...checks.flatMap(({ state, id, says, remedy }) => {
      const head = `${state.padEnd("warning".length)}  ${id.padEnd(width)}  `;
      const below = `${" ".repeat(head.length)}-> `;
      return [head + says, ...remedy === undefined ? [] : [below + remedy]];
    }),
    "",
    count("error") + count("warning") === 0
      ? `All ${counted(checks.length, "check is", "checks are")} well`
      : `${counted(checks.length, "check")}: ${counted(count("error"), "error")}, ` +
        counted(count("warning"), "warning"),
  ];
}

function machineChecks({ given, root, env, effects: { files } }: CommandContext): Check[] {
  const path = settingsPath(given.text("settings"), env);
  const isThere = path !== undefined && files.size(path) !== undefined;
  return [
    checkDeno(Deno.version.deno),
    guarded(
      "dependencies",
      () => checkDependencies(repositoryFile("deno.json"), repositoryFile("deno.lock")),
    ),
    checkPermissions(Object.fromEntries(
      (["read", "write", "net"] as const).map((name) => [
        name,
        Deno.permissions.querySync({ name }).state,
      ]),
    )),
    ok("settings", isThere ? `Read from ${path}` : "None: everything is as it comes"),
    guarded("disk-space", () => {
      const folder = existing(resolve(root));
      const { bavail, bsize } = statfsSync(folder);
      return checkDiskSpace(bavail * bsize, folder);
    }),
  ];
}

async function serviceChecks(context: CommandContext): Promise<Check[]> {
  const { env, effects, root } = context;
  const live = liveRequest(context);
  const api_url = baseUrlOf(live);
  const folder = findConfigFolder(env);
  const variable = tokenVariable(live.name);
  const kept = keptLogin(folder, { source: live.name, participant: live.participant, api_url });
  const facts = {
    source: live.name,
    login: kept instanceof UserError ? undefined : kept,
    given: env(variable) === undefined ? undefined : variable,
    wasFetched: effects.files.list(`${root}/raw/${live.participant}/${live.name}`).length > 0,
  };
  const hasLogin = facts.login !== undefined || facts.given !== undefined;
  const { check, isThere, date } = await reach(live.name, api_url, effects);
  return [
    // Archives and saved files need no network.
    hasLogin || check.state === "ok" ? check : { ...check, state: "warning" },
    checkClock(effects.clock.now(), date),
    kept instanceof UserError && facts.given === undefined
      ? ofError("login", kept)
      : checkLogin(facts),
    checkLoginFile(folder ?? "", {
      folder: folder === undefined ? undefined : openToOthers(folder),
      file: folder === undefined ? undefined : openToOthers(`${folder}/tokens.json`),
    }),
    checkLifetime(facts, effects.clock.now()),
    ...hasLogin ? await loginChecks(context, facts, isThere) : [
      ok("login-scopes", noLogin),
      ok("api", noLogin),
      ok("watch-sync", noLogin),
    ],
  ];
}

/** The stored login, or why the file of the logins cannot be read. */
function keptLogin(folder: string | undefined, key: LoginKey): Login | UserError | undefined {
  try {
    return folder === undefined ? undefined : new LoginFile(folder).find(key);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

const noLogin = "Not asked: there is no login";

/** What only a login can tell. */
async function loginChecks(
  context: CommandContext,
  facts: LoginFacts,
  isThere: boolean,
): Promise<Check[]> {
  const { source } = openLive(liveRequest(context), context.effects);
  const scopes = new Map<string, Set<string>>();
  for (const { scope, table, onRequest } of source.streams) {
    if (onRequest === undefined) scopes.set(scope, (scopes.get(scope) ?? new Set()).add(table));
  }
  const granted = checkScopes(facts, scopes);
  if (!isThere) {
    const says = "Not asked: there is no network";
    return [granted, ok("api", says), ok("watch-sync", says)];
  }
  const { check, account } = await askAccount(source);
  return [granted, check, checkSync(account, context.effects.clock.now())];
}

function dataChecks({ root, effects: { files, clock } }: CommandContext): Check[] {
  const holdings = holdingsOf(root, files);
  const { check, known } = examineLedgers(root, holdings, files);
  return [
    checkDataRoot(root, holdings),
    guarded("lock", () => checkLock(root, holdings)),
    check,
    ...arrivalChecks(known),
    guarded("daily-job", () => {
      const path = `${root}/${logFile}`;
      const log = files.size(path) === undefined
        ? undefined
        : new TextDecoder().decode(files.read(path));
      return checkDailyJob(log, clock.now());
    }),
  ];
}

/** What the ledgers tell of what came in. */
function arrivalChecks(known: readonly Known[]): Check[] {
  if (known.length === 0) {
    return ["failed-days", "stopped-streams", "put-aside"]
      .map((id) => ok(id, "Not known: there is no ledger to look into"));
  }
  return [
    checkFailed(known.flatMap(({ failures }) => failures)),
    checkStopped(known.flatMap(({ documents }) => documents)),
    checkPutAside(known.flatMap(({ parts }) => parts.flatMap(putAsideIn))),
  ];
}

/** A check that could not be made is an error of its own, and the others go on. */
function guarded(id: string, check: () => Check): Check {
  try {
    return check();
  } catch (error) {
    return broken(
      id,
      `Cannot look: ${reasonOf(error)}`,
      "Mend the cause and run deno task doctor again",
    );
  }
}

function repositoryFile(name: string): string {
  return Deno.readTextFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)));
}

/** The nearest folder that is there. */
function existing(path: string): string {
  try {
    Deno.statSync(path);
    return path;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    const above = resolve(path, "..");
    if (above === path) throw error;
    return existing(above);
  }
}
