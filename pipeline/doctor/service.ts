/** The service as it is seen from here: reached, its time, whether it takes the login. */

import { duration } from "../terminal/progress.ts";
import type { Effects } from "../effects.ts";
import { UserError } from "../errors.ts";
import { Http } from "../fetch/http.ts";
import { noQuota } from "../fetch/quota.ts";
import { defaultRetry } from "../fetch/retry.ts";
import type { LiveName } from "../sources/live_names.ts";
import type { Account, LiveSource } from "../sources/source.ts";
import { broken, type Check, ofError, ok, warning } from "./check.ts";

/** Longer than this nobody waits to hear that the network is down. */
const patience_ms = 10_000;

/** What a server at an address said, if any did. */
export interface Reached {
  readonly check: Check;
  readonly isThere: boolean;
  /** Its Date header. */
  readonly date: string | undefined;
}

/** An address of each API that answers without a login, if only with a refusal. */
const doors = {
  "google-health": "/v4/users/me/identity",
  "fitbit-web": "/1/user/-/profile.json",
} as const satisfies Record<LiveName, string>;

/** Asks an API for nothing in particular, once: any answer of its own will do. */
export async function reach(
  name: LiveName,
  baseUrl: string,
  { fetch, clock, signal }: Effects,
): Promise<Reached> {
  const url = new URL(baseUrl + doors[name]);
  const http = new Http({
    fetch,
    clock,
    signal,
    quota: noQuota,
    retry: { ...defaultRetry, attempts: 1 },
    deadline: () => AbortSignal.timeout(patience_ms),
  });
  try {
    const { headers } = await http.send({ method: "GET", url, label: url.host });
    const date = headers.get("date") ?? undefined;
    return { check: ok("network", `${url.host} answers`), isThere: true, date };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    return { check: ofError("network", error), isThere: false, date: undefined };
  }
}

/** Whether the service takes the login: its API enabled, the consent given, the account linked. */
export async function askAccount(
  source: Pick<LiveSource, "account" | "name">,
): Promise<{ readonly check: Check; readonly account: Account | undefined }> {
  try {
    const account = await source.account();
    const since = account.memberSince === undefined ? "" : `, data since ${account.memberSince}`;
    return {
      check: ok("api", `${source.name} takes the login: time zone ${account.timeZone}${since}`),
      account,
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const check = error instanceof UserError ? ofError("api", error) : broken(
      "api",
      error.message,
      "Run it again later; the service may have troubles of its own",
    );
    return { check, account: undefined };
  }
}

/** A watch that has not synced for longer than this may lose what it holds: most keep a week. */
const sync_ms = 3 * 86_400_000;

/** Whether the watch hands its data over. */
export function checkSync(account: Account | undefined, now: number): Check {
  const id = "watch-sync";
  const at = account?.lastSync;
  if (at === undefined) return ok(id, "Not told");
  const says = `The watch last synced on ${
    new Date(at).toISOString().slice(0, 16).replace("T", " ")
  } UTC`;
  if (now - at <= sync_ms) return ok(id, says);
  return warning(
    id,
    `${says}, ${duration((now - at) / 1000)} ago`,
    "Open the Fitbit or Google Health app near the watch: it keeps a week of detail, then overwrites it",
  );
}
