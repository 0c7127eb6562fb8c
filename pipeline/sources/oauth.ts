/**
 * OAuth 2 for both services: the authorization-code grant with PKCE and state, and the refresh.
 * Which addresses, scopes and habits a service has is a table of the service.
 */

import * as oauth from "oauth4webapi";
import { z } from "zod";
import type { Clock } from "../effects.ts";
import { LoginNeeded } from "../errors.ts";
import type { Http } from "../fetch/http.ts";
import { troubleError } from "../troubles.ts";
import { redact } from "./redact.ts";
import { exchanged } from "./token_endpoint.ts";
import type { Login, LoginKey } from "./token_file.ts";

/** Where a service's logins are made, and how. */
export interface OAuthEndpoints {
  /** The consent page, opened by the person. */
  readonly authorization: string;
  readonly token: string;
  /** Ends a consent with all its tokens. */
  readonly revocation: string;
  /** Whether a refresh token stays good after its use; else each use brings its successor. */
  readonly refreshLasts: boolean;
  /** How the client shows who it is when it has a secret. */
  readonly clientAuth: Login["client_auth"];
  /** What the consent page wants besides the standard. */
  readonly extra: Readonly<Record<string, string>>;
}

/** Opens the consent page and returns the address the person was sent back to. */
export type Visit = (consent: URL) => Promise<URL>;

/** Which consent is asked for, and how the person gets to its page. */
export interface ConsentRequest {
  /** What the login is for. */
  readonly key: LoginKey;
  readonly endpoints: OAuthEndpoints;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly visit: Visit;
}

export interface AuthorizeRequest extends ConsentRequest {
  readonly clientSecret: string | undefined;
  /** For the token endpoint: without quota. */
  readonly http: Http;
  readonly clock: Clock;
}

/**
 * A new login by the authorization-code grant. Throws LoginNeeded when consent was not given or the
 * code was refused, and any other error when that could not be found out now.
 */
export async function authorize(request: AuthorizeRequest): Promise<Login> {
  const { key, endpoints, clientId, clientSecret, redirectUri } = request;
  const client = { client_id: clientId };
  const server = serverOf(endpoints.authorization, endpoints.token);
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const consent = consentPage(request, state, {
    response_type: "code",
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...endpoints.extra,
  });
  const callback = await request.visit(consent);
  const parameters = checkedCallback(server, client, callback, state, key.source);
  const login: Login = {
    ...key,
    token_endpoint: endpoints.token,
    client_id: clientId,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
    client_auth: clientSecret === undefined ? "none" : endpoints.clientAuth,
    access_token: "",
    expires_at: null,
    ...endpoints.refreshLasts ? { refresh_lasts: true } : {},
    scopes: [...request.scopes],
  };
  const secrets = [callback.searchParams.get("code") ?? "", verifier, clientSecret ?? ""];
  const auth = clientAuthOf(login);
  const answer = await exchanged({
    login,
    grant: "code",
    http: request.http,
    clock: request.clock,
    secrets,
    ask: (options) =>
      oauth.authorizationCodeGrantRequest(
        server,
        client,
        auth,
        parameters,
        redirectUri,
        verifier,
        options,
      ),
    read: (response) => oauth.processAuthorizationCodeResponse(server, client, response),
  });
  return { ...login, ...tokensOf(answer, request.clock.now()) };
}

/**
 * The login with new tokens. Throws LoginNeeded when the refresh token is not accepted any more
 * (and only then: a proxy's 403 or a timeout passes), SourceGone when the service has ended.
 */
export async function refreshedLogin(login: Login, http: Http, clock: Clock): Promise<Login> {
  const refreshToken = login.refresh_token;
  if (refreshToken === undefined) {
    throw troubleError("no-refresh-token", { service: login.source });
  }
  const client = { client_id: login.client_id };
  const server = serverOf(login.token_endpoint, login.token_endpoint);
  const auth = clientAuthOf(login);
  const answer = await exchanged({
    login,
    grant: "refresh token",
    http,
    clock,
    secrets: [refreshToken, login.client_secret ?? ""],
    ask: (options) => oauth.refreshTokenGrantRequest(server, client, auth, refreshToken, options),
    read: (response) => oauth.processRefreshTokenResponse(server, client, response),
  });
  const tokens = tokensOf(answer, clock.now());
  // A service that was taken to give lasting ones may begin to exchange them.
  const isOther = (tokens.refresh_token ?? refreshToken) !== refreshToken;
  const lasts = login.refresh_lasts === true && isOther ? { refresh_lasts: false } : {};
  return { ...login, ...tokens, ...lasts };
}

/** The consent page's address with the request in it. */
export function consentPage(
  { endpoints, clientId, redirectUri, scopes }: ConsentRequest,
  state: string,
  extra: Readonly<Record<string, string>>,
): URL {
  const consent = new URL(endpoints.authorization);
  const query = {
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(" "),
    state,
    ...extra,
  };
  for (const [name, value] of Object.entries(query)) consent.searchParams.set(name, value);
  return consent;
}

/** Follows the consent page's own redirect: a server that asks no person (the simulator). */
export function visitWithoutBrowser(send: typeof fetch): Visit {
  return async (consent) => {
    const response = await send(consent, { redirect: "manual" });
    await response.body?.cancel();
    const location = response.headers.get("location");
    if (location !== null) return new URL(location, consent);
    throw new LoginNeeded(
      `Cannot log in at ${consent.host}: it answered ${response.status} instead of a redirect`,
    );
  };
}

function serverOf(issuer: string, token: string): oauth.AuthorizationServer {
  // Google sends `iss` with its answer: the origin of its consent page.
  return { issuer: new URL(issuer).origin, token_endpoint: token };
}

const clientAuths: Record<Login["client_auth"], (secret: string) => oauth.ClientAuth> = {
  post: oauth.ClientSecretPost,
  basic: oauth.ClientSecretBasic,
  none: oauth.None,
};

function clientAuthOf(login: Login): oauth.ClientAuth {
  return clientAuths[login.client_auth](login.client_secret ?? "");
}

function checkedCallback(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  callback: URL,
  state: string,
  service: string,
): URLSearchParams {
  try {
    return oauth.validateAuthResponse(server, client, callback, state);
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) {
      throw troubleError("consent-denied", { service, detail: error.error });
    }
    if (error instanceof Error) {
      throw new LoginNeeded(
        `Cannot use the answer of the consent page: ${redact(error.message, [])}`,
        `Log in again: deno task login ${service}`,
      );
    }
    throw error;
  }
}

/**
 * The members of a token answer beyond the standard's. One that is not what it should be counts as
 * absent: the new refresh token beside it may be the only good one.
 */
const extraAnswer = z.object({
  user_id: z.string().optional().catch(undefined),
  refresh_token_expires_in: z.number().optional().catch(undefined),
});

function tokensOf(answer: oauth.TokenEndpointResponse, now: number): Partial<Login> {
  const extra = extraAnswer.parse(answer);
  return {
    access_token: answer.access_token,
    expires_at: answer.expires_in === undefined ? null : now + answer.expires_in * 1000,
    ...(answer.refresh_token === undefined ? {} : { refresh_token: answer.refresh_token }),
    ...(extra.refresh_token_expires_in === undefined
      ? {}
      : { grant_expires_at: now + extra.refresh_token_expires_in * 1000 }),
    ...(answer.scope === undefined ? {} : { scopes: answer.scope.split(" ") }),
    ...(extra.user_id === undefined ? {} : { user_id: extra.user_id }),
  };
}
