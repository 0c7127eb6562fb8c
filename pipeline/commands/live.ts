/** The live sources as the command line sees them: addresses, tokens, and the talk while they wait. */

import type { Effects, ProgressState, Talk } from "../effects.ts";
import { Http } from "../fetch/http.ts";
import { noQuota } from "../fetch/quota.ts";
import { defaultRetry } from "../fetch/retry.ts";
import type { LiveOptions } from "../sources/api.ts";
import { fitbitWebSource } from "../sources/fitbit_web/client.ts";
import { fitbitOAuth, fitbitWebUrl } from "../sources/fitbit_web/oauth.ts";
import { fitbitWebLive, fitbitWebScopes } from "../sources/fitbit_web/streams.ts";
import { googleHealthSource } from "../sources/google_health/client.ts";
import { googleHealthUrl, googleOAuth } from "../sources/google_health/oauth.ts";
import { googleHealthLive, googleHealthScopes } from "../sources/google_health/streams.ts";
import type { OAuthEndpoints } from "../sources/oauth.ts";
import { checkedBaseUrl } from "../sources/base_url.ts";
import type { LiveName } from "../sources/live_names.ts";
import type { LiveSource, LiveStream } from "../sources/source.ts";
import { storedToken, tokenVariable } from "../sources/stored_token.ts";
import { configFolder, findConfigFolder, LoginFile, type LoginKey } from "../sources/token_file.ts";
import { givenToken, type TokenSource } from "../sources/tokens.ts";
import { untilWhen } from "../terminal/progress.ts";

/** A live source: what `--source` calls it, where it is, and how it is opened. */
interface LiveEntry {
  readonly url: string;
  /** Another address for it. */
  readonly urlVariable: string;
  readonly open: (options: LiveOptions) => LiveSource;
  /** Where its logins are made; of a stand-in when its address is given. */
  readonly oauth: (standIn?: string) => OAuthEndpoints;
  /** What a login asks for. */
  readonly scopes: readonly string[];
  readonly streams: readonly LiveStream[];
}

/** The live sources by name. */
export const liveSources = {
  "google-health": {
    url: googleHealthUrl,
    urlVariable: "EVERYSECOND_GOOGLE_HEALTH_URL",
    open: googleHealthSource,
    oauth: googleOAuth,
    scopes: googleHealthScopes,
    streams: googleHealthLive,
  },
  "fitbit-web": {
    url: fitbitWebUrl,
    urlVariable: "EVERYSECOND_FITBIT_WEB_URL",
    open: fitbitWebSource,
    oauth: fitbitOAuth,
    scopes: fitbitWebScopes,
    streams: fitbitWebLive,
  },
} as const satisfies Record<LiveName, LiveEntry>;

export interface OpenLive {
  readonly name: LiveName;
  readonly participant: string;
  readonly apiUrl: string | undefined;
  readonly timeZone: string | undefined;
  readonly env: (name: string) => string | undefined;
}

/** Opens a live source with the token handed in, or else the stored login. Throws LoginNeeded. */
export function openLive(request: OpenLive, effects: Effects): { source: LiveSource; talk: Talk } {
  const { name, env } = request;
  const entry = liveSources[name];
  const baseUrl = baseUrlOf(request);
  const { talk, onWait } = talkThatWaits(effects.talk);
  const source = entry.open({
    baseUrl,
    token: tokenFor(
      { source: name, participant: request.participant, api_url: baseUrl },
      env,
      effects,
    ),
    fetch: effects.fetch,
    clock: effects.clock,
    signal: effects.signal,
    onWait,
    timeZone: request.timeZone,
  });
  return { source, talk };
}

/** The address that is meant: named for this run, set for all, or the service's own. */
export function baseUrlOf({ name, apiUrl, env }: OpenLive): string {
  const { url, urlVariable } = liveSources[name];
  return checkedBaseUrl(apiUrl ?? env(urlVariable) ?? url);
}

/** The endpoints for logins at an address. */
export function endpointsOf(name: LiveName, baseUrl: string): OAuthEndpoints {
  const { url, oauth } = liveSources[name];
  return baseUrl === url ? oauth() : oauth(baseUrl);
}

/** Whether a token is handed in or a login is stored for that source. */
export function canFetch(request: OpenLive): boolean {
  const { name, env, participant } = request;
  if (env(tokenVariable(name)) !== undefined) return true;
  const api_url = baseUrlOf(request);
  const folder = findConfigFolder(env);
  return folder !== undefined &&
    new LoginFile(folder).find({ source: name, participant, api_url }) !== undefined;
}

function tokenFor(
  key: LoginKey,
  env: (name: string) => string | undefined,
  effects: Effects,
): TokenSource {
  const variable = tokenVariable(key.source);
  const given = env(variable);
  if (given !== undefined) return givenToken(given, variable);
  return storedToken(new LoginFile(configFolder(env)), key, tokenHttp(effects), effects.clock);
}

/** For token endpoints: retries, but no quota. */
export function tokenHttp({ fetch, clock, signal }: Effects): Http {
  return new Http({ fetch, clock, signal, quota: noQuota, retry: defaultRetry });
}

/** Talk that can show a wait within the progress it was showing. */
export function talkThatWaits(
  talk: Talk,
): { talk: Talk; onWait: (waiting: NonNullable<ProgressState["waiting"]>) => void } {
  let last: ProgressState | undefined;
  return {
    talk: {
      say: (line) => talk.say(line),
      result: (line) => talk.result(line),
      progress(state) {
        last = state;
        talk.progress(state);
      },
    },
    onWait(waiting) {
      if (last === undefined) talk.say(`Waiting ${untilWhen(waiting)}`);
      else talk.progress({ ...last, waiting });
    },
  };
}
