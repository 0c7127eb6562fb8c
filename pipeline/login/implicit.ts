/**
 * The implicit grant of the Fitbit Web API, the way of 2016: the token stands in the fragment of the
 * address that the browser is sent to, which no server ever sees, and the person copies it.
 */

import * as oauth from "oauth4webapi";
import type { Clock } from "../effects.ts";
import { LoginNeeded } from "../errors.ts";
import { consentPage, type ConsentRequest } from "../sources/oauth.ts";
import type { Login } from "../sources/token_file.ts";
import { givenToken } from "../sources/tokens.ts";
import { troubleError } from "../troubles.ts";

/** The longest life a token of this grant can be asked for, a year (s). */
const longestLife_s = 31_536_000;

/**
 * A login with the token that was pasted. It cannot be renewed. Throws LoginNeeded when consent was
 * not given, or when what was pasted is of another login.
 */
export async function implicitLogin(request: ConsentRequest, clock: Clock): Promise<Login> {
  const { key, clientId, scopes, endpoints } = request;
  const page = consentPage(request, oauth.generateRandomState(), {
    response_type: "token",
    expires_in: String(longestLife_s),
  });
  const address = await request.visit(page);
  const answer = new URLSearchParams(address.hash.slice(1));
  const error = answer.get("error") ?? address.searchParams.get("error");
  if (error !== null) throw troubleError("consent-denied", { service: key.source, detail: error });
  const token = answer.get("access_token");
  if (token === null) {
    throw new LoginNeeded(
      "There is no access token in the address",
      `Copy all of it, also what stands after the #: deno task login ${key.source} --implicit`,
    );
  }
  const lifetime_s = Number(answer.get("expires_in") ?? "");
  const userId = answer.get("user_id");
  return {
    ...key,
    token_endpoint: endpoints.token,
    client_id: clientId,
    client_auth: "none",
    access_token: await givenToken(token, "the address").access(),
    expires_at: lifetime_s > 0 ? clock.now() + lifetime_s * 1000 : null,
    scopes: answer.get("scope")?.split(" ") ?? [...scopes],
    ...userId === null ? {} : { user_id: userId },
  };
}
