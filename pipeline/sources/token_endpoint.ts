/**
 * One exchange with a token endpoint: sent through our own requests, its errors understood in both
 * envelopes, and nothing of the answer in any error.
 */

import * as oauth from "oauth4webapi";
import { z } from "zod";
import type { Clock } from "../effects.ts";
import { UserError } from "../errors.ts";
import type { Http } from "../fetch/http.ts";
import { troubleError, type TroubleName } from "../troubles.ts";
import { isLoopback } from "./base_url.ts";
import { sourceGone } from "./gone.ts";
import { excerpt, redact } from "./redact.ts";
import type { Login } from "./token_file.ts";

/** The two shapes of an error: RFC 6749, and the Fitbit Web API's own. */
const errorAnswer = z.union([
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.object({ errors: z.array(z.object({ errorType: z.string() })).min(1) })
    .transform(({ errors }) => errors[0]?.errorType ?? ""),
]);

/** What is asked with, and what must not show. */
export interface Exchange {
  readonly login: Login;
  /** What is handed in for tokens. */
  readonly grant: "code" | "refresh token";
  readonly http: Http;
  readonly clock: Clock;
  /** All that the form or its headers carry: an answer may echo them. */
  readonly secrets: readonly string[];
  /** Sends the grant's request. */
  readonly ask: (options: oauth.TokenEndpointRequestOptions) => Promise<Response>;
  /** Checks the grant's answer. */
  readonly read: (response: Response) => Promise<oauth.TokenEndpointResponse>;
}

/**
 * The answer to a grant. Throws LoginNeeded when the grant or the client is refused (and only then:
 * a proxy's 403, a 5xx or a timeout passes), SourceGone when the service has ended.
 */
export async function exchanged(exchange: Exchange): Promise<oauth.TokenEndpointResponse> {
  const { login, http, secrets } = exchange;
  const response = await exchange.ask(requestOptions(http, login.token_endpoint, secrets));
  await refuseErrors(response, exchange);
  return await withoutSecrets(exchange.read(response), login);
}

function requestOptions(
  http: Http,
  endpoint: string,
  secrets: readonly string[],
): oauth.TokenEndpointRequestOptions {
  const url = new URL(endpoint);
  return {
    [oauth.allowInsecureRequests]: isLoopback(url),
    [oauth.customFetch]: async (
      _url: string,
      options: oauth.CustomFetchOptions<"POST", URLSearchParams>,
    ) => {
      const reply = await http.send({
        method: options.method,
        url,
        label: `POST ${url.host}${url.pathname}`,
        headers: {
          "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
          ...options.headers,
        },
        body: options.body.toString(),
        secrets,
      });
      return new Response(reply.body, { status: reply.status, headers: reply.headers });
    },
  };
}

/** Errors before the library reads them: it knows neither the other envelope nor what passes. */
async function refuseErrors(response: Response, exchange: Exchange): Promise<void> {
  if (response.status === 200) return;
  const { login, secrets } = exchange;
  const body = await response.text();
  const host = new URL(login.token_endpoint).host;
  if (response.status === 410) throw sourceGone(login.source);
  const code = errorCode(body);
  if (code === "invalid_grant") {
    throw troubleError(refusedGrant(exchange), { service: login.source });
  }
  if (code === "invalid_client" || code === "unauthorized_client") {
    throw troubleError("client-refused", { service: login.source, detail: host });
  }
  throw new UserError(
    `Cannot get a token from ${host}: answered ${response.status} ${excerpt(body, secrets)}`,
  );
}

/** Google tells of apps in testing when the grant ends; the answer to a late refresh does not. */
function refusedGrant({ grant, login, clock }: Exchange): TroubleName {
  if (grant === "code") return "code-refused";
  const { grant_expires_at } = login;
  return grant_expires_at !== undefined && grant_expires_at <= clock.now()
    ? "testing-ended"
    : "login-ended";
}

function errorCode(body: string): string | undefined {
  try {
    return errorAnswer.safeParse(JSON.parse(body)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The library's errors carry the whole answer, tokens included; only their message may go on. */
async function withoutSecrets<Value>(work: Promise<Value>, login: Login): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    const host = new URL(login.token_endpoint).host;
    throw new UserError(
      `Cannot read the tokens of ${host}: ${
        redact(error instanceof Error ? error.message : "unknown answer", [])
      }`,
    );
  }
}
