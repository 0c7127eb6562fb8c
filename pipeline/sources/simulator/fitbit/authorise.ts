/**
 * Fitbit's consent page, answered by itself as the settings say: the code grant, with and without
 * PKCE, and the implicit grant of 2016, which returns the token in the address's fragment.
 */

import type { Call, Reply } from "../api.ts";
import type { Grants } from "../oauth/grants.ts";
import { consentPage, decisionOf } from "../oauth/consent_page.ts";
import { isProofKey } from "../oauth/pkce.ts";
import type { FitbitSettings } from "./settings.ts";
import { scopeCodes } from "./tokens.ts";

/** Lifetimes in seconds that the implicit grant can be asked for. */
const implicitLifetimes_s = [86_400, 604_800, 2_592_000, 31_536_000];

/** `GET /oauth2/authorize`. Mistakes show as a page, not as JSON. */
export function authorise(
  call: Call,
  { grants, settings, userId }: {
    readonly grants: Grants;
    readonly settings: FitbitSettings;
    readonly userId: string;
  },
): Reply {
  const { query } = call;
  const responseType = query.get("response_type") ?? "";
  const redirectUri = query.get("redirect_uri") ?? settings.redirectUri ?? "";
  const challenge = query.get("code_challenge") ?? undefined;
  const scopes = (query.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  const lifetime_s = Number(query.get("expires_in") ?? implicitLifetimes_s[0]);
  const problem = firstTrue([
    [query.get("client_id") !== settings.clientId, "unauthorized_client - Invalid client_id"],
    [
      !URL.canParse(redirectUri) || redirectUri !== (settings.redirectUri ?? redirectUri),
      "invalid_request - Invalid redirect_uri parameter value",
    ],
    [!["code", "token"].includes(responseType), "unsupported_response_type"],
    [
      responseType === "token" && settings.appType === "Server",
      "unauthorized_client - The implicit grant is not available to this application",
    ],
    [
      responseType === "token" && !implicitLifetimes_s.includes(lifetime_s),
      "invalid_request - Invalid expires_in parameter value",
    ],
    [
      scopes.length === 0 || !scopes.every((scope) => Object.hasOwn(scopeCodes, scope)),
      "invalid_scope",
    ],
    [
      challenge !== undefined &&
      (!isProofKey(challenge) || query.get("code_challenge_method") !== "S256"),
      "invalid_request - code_challenge must be 43 to 128 characters long",
    ],
  ]);
  if (problem !== undefined) {
    const body = `<h1>Developer information</h1><p>${problem}</p>`;
    return { status: 400, headers: { "content-type": "text/html;charset=utf-8" }, body };
  }

  const state = query.get("state");
  const withState = (fields: Record<string, string>) =>
    new URLSearchParams(state === null ? fields : { ...fields, state }).toString();
  // The service appends this fragment to every query redirect.
  const back = (fields: Record<string, string>) => {
    const joint = redirectUri.includes("?") ? "&" : "?";
    return redirect(`${redirectUri}${joint}${withState(fields)}#_=_`);
  };
  const decision = decisionOf(call, scopes, {
    consent: settings.consent,
    unticked: settings.untickedScopes,
  });
  if (decision === undefined) return consentPage(call, scopes, "www.fitbit.com");
  if (!decision.allowed) {
    const error_description = "The user denied the request.";
    return back({ error_description, error: "access_denied" });
  }
  const granted = decision.scopes;
  const grant = grants.consent(granted);
  if (responseType === "code") {
    return back({ code: grants.code({ grant, redirectUri, challenge, offline: true }) });
  }
  const fragment = withState({
    access_token: grants.access(grant, lifetime_s),
    user_id: userId,
    scope: granted.join(" "),
    token_type: "Bearer",
    expires_in: String(lifetime_s),
  });
  return redirect(`${redirectUri}#${fragment}`);
}

function firstTrue(checks: readonly (readonly [boolean, string])[]): string | undefined {
  return checks.find(([applies]) => applies)?.[1];
}

function redirect(location: string): Reply {
  return { status: 302, headers: { location }, body: "" };
}
