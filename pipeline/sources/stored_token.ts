/**
 * The access token of a stored login, refreshed when it ends. A refresh token may be good for one
 * use only: the new pair is on the disk before the new access token leaves this module, and one
 * refresh runs at a time, among processes too.
 */

import type { Clock } from "../effects.ts";
import { LoginNeeded, LoginsUnwritable } from "../errors.ts";
import type { Http } from "../fetch/http.ts";
import { refreshedLogin } from "./oauth.ts";
import type { Login, LoginKey, LoginStore } from "./token_file.ts";
import type { TokenSource } from "./tokens.ts";

/** A token that ends within this time is refreshed first: the request has to arrive, too. */
const marginMs = 60_000;

/**
 * The token source of a stored login. Throws LoginNeeded when there is none with that key.
 * @param http For the token endpoint: without quota.
 */
export function storedToken(
  store: LoginStore,
  key: LoginKey,
  http: Http,
  clock: Clock,
): TokenSource {
  let current = findLogin(store, key);
  /** A pair that could not be written yet. The server knows no other any more. */
  let unsaved: Login | undefined;
  let refreshing: Promise<string> | undefined;

  const needsRefresh = (login: Login, rejected: string | undefined) =>
    unsaved !== undefined || login.access_token === rejected ||
    (login.expires_at !== null && login.expires_at - marginMs <= clock.now());

  /** Refreshes while no other process does. */
  const refreshHeld = async (rejected: string | undefined): Promise<void> => {
    if (unsaved === undefined) {
      // Another process may have refreshed while this one waited for its turn.
      current = findLogin(store, key);
      if (!needsRefresh(current, rejected)) return;
      // A token that is spent without its successor on the disk would be the end of the login.
      if (current.refresh_lasts !== true) store.probe();
      unsaved = await refreshedFrom(current);
    }
    try {
      store.save(unsaved);
    } catch (error) {
      if (unsaved.refresh_lasts !== true || !(error instanceof LoginsUnwritable)) throw error;
    }
    current = unsaved;
    unsaved = undefined;
  };

  /** The login with new tokens, whoever got them: where a lock does not hold, another may have. */
  const refreshedFrom = async (login: Login): Promise<Login> => {
    try {
      return await refreshedLogin(login, http, clock);
    } catch (error) {
      if (!(error instanceof LoginNeeded)) throw error;
      const found = store.find(key);
      if (found === undefined || found.access_token === login.access_token) throw error;
      return found;
    }
  };

  const refreshAlone = async (rejected: string | undefined): Promise<string> => {
    try {
      await store.alone(() => refreshHeld(rejected));
    } catch (error) {
      // Where nothing can be kept nothing has to be, as long as the refresh token stays the same.
      if (current.refresh_lasts !== true || !(error instanceof LoginsUnwritable)) throw error;
      current = await refreshedLogin(current, http, clock);
    }
    return current.access_token;
  };

  const refresh = (rejected: string | undefined) => {
    refreshing ??= refreshAlone(rejected).finally(() => refreshing = undefined);
    return refreshing;
  };

  return {
    scopes: current.scopes === undefined ? undefined : new Set(current.scopes),
    userId: current.user_id,
    async access() {
      return needsRefresh(current, undefined) ? await refresh(undefined) : current.access_token;
    },
    async refresh(rejected) {
      return needsRefresh(current, rejected) ? await refresh(rejected) : current.access_token;
    },
  };
}

function findLogin(store: LoginStore, key: LoginKey): Login {
  const login = store.find(key);
  if (login !== undefined) return login;
  throw new LoginNeeded(
    `Cannot find a login for ${key.source} of participant "${key.participant}" at ${key.api_url}`,
    `Log in: deno task login ${key.source}. Or hand in an access token in ${
      tokenVariable(key.source)
    }`,
  );
}

/** The environment variable that hands in an access token: `EVERYSECOND_FITBIT_WEB_TOKEN`. */
export function tokenVariable(source: string): string {
  return `EVERYSECOND_${source.replaceAll("-", "_").toUpperCase()}_TOKEN`;
}
