/** Fitbit's access tokens: signed JWTs with short scope codes. Clients should not look inside. */

import { createHmac } from "node:crypto";
import type { Json } from "../json.ts";
import type { TokenStyle } from "../oauth/grants.ts";

/** Scopes and the code that follows `r` (read) in a token; all that can be asked for. */
export const scopeCodes: Readonly<Record<string, string>> = {
  activity: "act",
  cardio_fitness: "cf",
  electrocardiogram: "ecg",
  heartrate: "hr",
  irregular_rhythm_notifications: "irn",
  location: "loc",
  nutrition: "nut",
  oxygen_saturation: "oxy",
  profile: "pro",
  respiratory_rate: "res",
  settings: "set",
  sleep: "sle",
  social: "soc",
  temperature: "tem",
  weight: "wei",
};

/** Tokens of one app and user. */
export function fitbitTokenStyle(clientId: string, userId: string): TokenStyle {
  return {
    codePrefix: "",
    refreshPrefix: "",
    access(grant, from, until, random) {
      const claims = {
        aud: clientId,
        sub: userId,
        iss: "Fitbit",
        typ: "access_token",
        scopes: grant.scopes.map((scope) => `r${scopeCodes[scope]}`).join(" "),
        exp: Math.floor(until / 1000),
        iat: Math.floor(from / 1000),
        jti: random.slice(0, 16),
      };
      const signed = `${coded({ alg: "HS256" })}.${coded(claims)}`;
      const signature = createHmac("sha256", "simulator").update(signed).digest("base64url");
      return `${signed}.${signature}`;
    },
  };
}

function coded(part: Json): string {
  return new TextEncoder().encode(JSON.stringify(part))
    .toBase64({ alphabet: "base64url", omitPadding: true });
}
