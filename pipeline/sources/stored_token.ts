/**
 * The access token of a stored login, refreshed when it ends. A refresh token may be good for one
 * use only: the new pair is on the disk before the new access token leaves this module, and one
 * refresh runs at a time, among processes too.
 */

import type { Clock } from "../effects.ts";
import { LoginNeeded } from "../errors.ts";
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

  const refreshAlone = (rejected: string | undefined) =>
    store.alone(async () => {
      if (unsaved === undefined) {
        // Another process may have refreshed while this one waited for its turn.
        current = findLogin(store, key);
        if (!needsRefresh(current, rejected)) return current.access_token;
        unsaved = await refreshedLogin(current, http, clock);
      }
      store.save(unsaved);
      current = unsaved;
      unsaved = undefined;
      return current.access_token;
    });

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
    `Log in, or hand in an access token in ${tokenVariable(key.source)}`,
  );
}

/** The environment variable that hands in an access token: `EVERYSECOND_FITBIT_WEB_TOKEN`. */
export function tokenVariable(source: string): string {
  return `EVERYSECOND_${source.replaceAll("-", "_").toUpperCase()}_TOKEN`;
}
