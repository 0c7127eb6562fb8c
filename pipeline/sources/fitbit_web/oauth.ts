/** Where and how logins to the Fitbit Web API are made. */

import type { OAuthEndpoints } from "../oauth.ts";

/** The base address of the Fitbit Web API. */
export const fitbitWebUrl = "https://api.fitbit.com";

/** Fitbit's endpoints; those of a stand-in when its base address is given. */
export function fitbitOAuth(standIn?: string): OAuthEndpoints {
  return {
    authorization: `${standIn ?? "https://www.fitbit.com"}/oauth2/authorize`,
    token: `${standIn ?? fitbitWebUrl}/oauth2/token`,
    revocation: `${standIn ?? fitbitWebUrl}/oauth2/revoke`,
    refreshLasts: false,
    clientAuth: "basic",
    extra: {},
  };
}
