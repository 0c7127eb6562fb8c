/** The stored login: where it lies, what it may, how long it lasts. */

import type { Login } from "../sources/token_file.ts";
import { broken, type Check, ok, warning } from "./check.ts";
import { exitCode } from "../errors.ts";
import { duration } from "../terminal/progress.ts";

/** What the doctor knows of a login. */
export interface LoginFacts {
  readonly source: string;
  readonly login: Login | undefined;
  /** The variable that hands a token in, when it is set. */
  readonly given: string | undefined;
  /** Whether anything was ever fetched from that source. */
  readonly wasFetched: boolean;
}

/** Whether there is a login at all. */
export function checkLogin({ source, login, given, wasFetched }: LoginFacts): Check {
  if (given !== undefined) return ok("login", `An access token is handed in by ${given}`);
  if (login !== undefined) {
    return ok("login", `For ${source}, participant "${login.participant}", at ${login.api_url}`);
  }
  const says = `There is none for ${source}`;
  return wasFetched
    ? broken("login", says, `deno task login ${source}`, exitCode.login)
    : ok("login", `${says}: archives and saved files need none`);
}

/** Whether the file with the tokens is its owner's alone. */
export function checkLoginFile(
  folder: string,
  isOpen: { folder: boolean | undefined; file: boolean | undefined },
): Check {
  if (isOpen.file === undefined) return ok("login-file", "None yet");
  if (!isOpen.file && isOpen.folder !== true) return ok("login-file", "Its owner's alone");
  return broken(
    "login-file",
    `Others on this machine can read the logins in "${folder}"`,
    `chmod 700 "${folder}" && chmod 600 "${folder}"/tokens.json`,
  );
}

/**
 * Whether the login has all scopes.
 * @param needed The tables that each scope brings.
 */
export function checkScopes(
  { source, login }: LoginFacts,
  needed: ReadonlyMap<string, ReadonlySet<string>>,
): Check {
  if (login?.scopes === undefined) return ok("login-scopes", "Not told");
  const granted = new Set(login.scopes);
  const missing = Array.from(needed).filter(([scope]) => !granted.has(scope));
  if (missing.length === 0) return ok("login-scopes", "All that a fetch needs are granted");
  const tables = new Set(missing.flatMap(([, names]) => Array.from(names)));
  return warning(
    "login-scopes",
    `Not granted: ${
      missing.map(([scope]) => scope.replace(/^.*\//, "")).join(", ")
    }; so these stay ` +
      `empty: ${Array.from(tables).join(", ")}`,
    `Log in again and leave every box ticked: deno task login ${source}. Or do without them: skip = [${
      Array.from(tables, (name) => `"${name}"`).join(", ")
    }] in the settings`,
  );
}

/** How long the login lasts. */
export function checkLifetime({ source, login }: LoginFacts, now: number): Check {
  const id = "login-lifetime";
  const again = `deno task login ${source}`;
  if (login === undefined) return ok(id, "Not told");
  const end = login.grant_expires_at ??
    (login.refresh_token === undefined ? login.expires_at : undefined);
  if (end === undefined || end === null) {
    return ok(id, "Until it is revoked, or unused for half a year");
  }
  const when = new Date(end).toISOString().slice(0, 16).replace("T", " ");
  if (end <= now) return broken(id, `It ended on ${when} UTC`, again, exitCode.login);
  const left = duration((end - now) / 1000);
  if (login.grant_expires_at === undefined) {
    return warning(id, `It cannot be renewed and ends on ${when} UTC, in ${left}`, again);
  }
  return warning(
    id,
    `The app is in testing: the login ends on ${when} UTC, in ${left}`,
    "Publish the app once at https://console.cloud.google.com/auth/audience (Publish app), then " +
      `log in again: ${again}`,
  );
}
