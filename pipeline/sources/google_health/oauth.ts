/** Where and how Google's logins are made. */

import type { OAuthEndpoints } from "../oauth.ts";

/** The base address of the Google Health API. */
export const googleHealthUrl = "https://health.googleapis.com";

/**
 * Google's endpoints; those of a stand-in when its base address is given.
 *
 * Without `access_type=offline` there is no refresh token, without `prompt=consent` none the second
 * time. `include_granted_scopes` is left out on purpose: it merges old Google Fit grants into the
 * token, which the API then rejects.
 */
export function googleOAuth(standIn?: string): OAuthEndpoints {
  return {
    authorization: standIn === undefined
      ? "https://accounts.google.com/o/oauth2/v2/auth"
      : `${standIn}/o/oauth2/v2/auth`,
    token: standIn === undefined ? "https://oauth2.googleapis.com/token" : `${standIn}/token`,
    revocation: standIn === undefined
      ? "https://oauth2.googleapis.com/revoke"
      : `${standIn}/revoke`,
    refreshLasts: true,
    clientAuth: "post",
    extra: { access_type: "offline", prompt: "consent" },
  };
}
