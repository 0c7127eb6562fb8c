/** What a new login is worth: one look at the account with it, and what it may read, in words. */

import type { Effects } from "../effects.ts";
import { type ExitCode, exitCode, inWords, LoginNeeded, UserError } from "../errors.ts";
import { missingLines, missingScopes, scopeName } from "../login/granted.ts";
import type { LiveName } from "../sources/live_names.ts";
import type { Account } from "../sources/source.ts";
import { storedToken } from "../sources/stored_token.ts";
import { type Login, LoginMemory, type LoginStore } from "../sources/token_file.ts";
import { liveSources, tokenHttp } from "./live.ts";

/**
 * One look at the account with the new login. A login of an account without data is not kept: it
 * would take the place of a good one. Whatever else is in the way leaves the login good.
 *
 * @param next The command that makes use of it.
 */
export async function proveAndKeep(
  name: LiveName,
  made: Login,
  scopes: readonly string[],
  store: LoginStore,
  effects: Effects,
  next: string,
): Promise<ExitCode> {
  const { talk, fetch, clock, signal } = effects;
  const memory = new LoginMemory();
  memory.save(made);
  const token = storedToken(memory, made, tokenHttp(effects), clock);
  let problem: UserError | undefined;
  let account: Account | undefined;
  try {
    account = await liveSources[name].open({ baseUrl: made.api_url, token, fetch, clock, signal })
      .account();
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof LoginNeeded) throw error;
    problem = error;
  }
  const kept = memory.find(made) ?? made;
  await store.alone(() => Promise.resolve(store.save(kept)));
  for (const line of outcomeLines(kept, account, scopes, name)) talk.result(line);
  if (problem === undefined) {
    talk.say(`Next: ${next}`);
    return exitCode.done;
  }
  talk.say(`The login is kept, but cannot be used yet\n${inWords(problem)}`);
  return problem.exitCode;
}

function outcomeLines(
  login: Login,
  account: Account | undefined,
  asked: readonly string[],
  name: LiveName,
): string[] {
  const granted = new Set(login.scopes);
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const facts = account === undefined ? [] : [
    `account ${account.userId}`,
    account.timeZone,
    ...account.memberSince === undefined ? [] : [`since ${account.memberSince}`],
    ...account.lastSync === undefined ? [] : [`watch synced on ${day(account.lastSync)}`],
  ];
  const allowed = asked.filter((scope) => granted.has(scope)).map(scopeName);
  return [
    `Logged in to ${name}${facts.length === 0 ? "" : `: ${facts.join(", ")}`}`,
    `Allowed: ${allowed.length === 0 ? "nothing" : allowed.join(", ")}`,
    ...missingLines(missingScopes(asked, granted, liveSources[name].streams), name),
    ...login.grant_expires_at === undefined ? [] : [
      `This login ends on ${day(login.grant_expires_at)}: the app's publishing status is Testing`,
      "  Press Publish app at https://console.cloud.google.com/auth/audience, then log in again",
    ],
    ...login.refresh_token !== undefined || login.expires_at === null ? [] : [
      `This login ends on ${day(login.expires_at)}: nothing came with it to renew it`,
    ],
  ];
}
