/** The error bodies of the Fitbit Web API. */

import type { Reply } from "../api.ts";
import type { JsonObject } from "../json.ts";

/** What the messages of the authorisation side end with. */
const visit =
  " Visit https://dev.fitbit.com/docs/oauth2 for more information on the Fitbit Web API " +
  "authorization process.";

export interface FitbitTrouble {
  readonly status: number;
  readonly errorType: string;
  readonly message: string;
  readonly fieldName?: string;
  /** Some validation errors come without `success`. */
  readonly withoutSuccess?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

const jsonHeaders = { "content-type": "application/json;charset=UTF-8" };

/** A trouble as it leaves the server. */
export function fitbitError(trouble: FitbitTrouble): Reply {
  const { status, errorType, fieldName, message, withoutSuccess, headers } = trouble;
  const body: JsonObject = {
    errors: [{ errorType, fieldName, message }],
    success: withoutSuccess === true ? undefined : false,
  };
  return { status, headers: { ...jsonHeaders, ...headers }, body: JSON.stringify(body) };
}

/** Thrown inside the server, answered with its body. */
export class FitbitRefusal extends Error {
  override readonly name = "FitbitRefusal";
  readonly trouble: FitbitTrouble;

  constructor(trouble: FitbitTrouble) {
    super(trouble.message);
    this.trouble = trouble;
  }
}

/** A 400 about the path or a parameter. */
export function invalid(fieldName: string, message: string): FitbitRefusal {
  return new FitbitRefusal({
    status: 400,
    errorType: "validation",
    fieldName,
    message,
    withoutSuccess: true,
  });
}

/** The path names no resource; the wording is from a recorded answer. */
export function unknownResource(resource: string): FitbitRefusal {
  return invalid("resource path", `Invalid time series resource path: /${resource}`);
}

export const rangeTooLong: FitbitTrouble = {
  status: 400,
  errorType: "request",
  fieldName: "n/a",
  message: "Time range should not be bigger than 24 hours.",
};

export const headerRequired: FitbitTrouble = {
  status: 400,
  errorType: "invalid_request",
  message: "Authorization header required." + visit,
};

export const headerMalformed: FitbitTrouble = {
  status: 401,
  errorType: "invalid_client",
  message: "Invalid authorization header format." + visit,
  headers: { "www-authenticate": 'Bearer realm="api.fitbit.com"' },
};

export const clientRejected: FitbitTrouble = {
  status: 401,
  errorType: "invalid_client",
  message: "Invalid authorization header. Client id invalid." + visit,
};

export function missingParameter(name: string): FitbitTrouble {
  const message = `Missing parameters: ${name}` + visit;
  return { status: 400, errorType: "invalid_request", message };
}

/** A code or refresh token is unknown, spent or too old. */
export function invalidGrant(sentence: string): FitbitTrouble {
  return { status: 400, errorType: "invalid_grant", message: sentence + visit };
}

/** The message echoes the token: nothing to log unread. */
export function tokenExpired(token: string): FitbitTrouble {
  const message = `Access token expired: ${token}.` + visit;
  return { status: 401, errorType: "expired_token", message };
}

export function tokenInvalid(token: string): FitbitTrouble {
  const message = `Access token invalid: ${token}.` + visit;
  return { status: 401, errorType: "invalid_token", message };
}

/** @param data What the scope is about: `sleep`, `heart rate`, ... */
export function scopeInsufficient(data: string): FitbitTrouble {
  const message = `This application does not have permission to access ${data} data.` + visit;
  return { status: 403, errorType: "insufficient_scope", message };
}

export const notPersonal: FitbitTrouble = {
  status: 403,
  errorType: "insufficient_permissions",
  message: "API client is not authorized by Fitbit to access the resource requested." + visit,
};

export const tooManyRequests: FitbitTrouble = {
  status: 429,
  errorType: "system",
  fieldName: "n/a",
  message: "Too Many Requests",
};

export const internalError: FitbitTrouble = {
  status: 500,
  errorType: "request",
  fieldName: "500",
  message: "An error occurred with the Fitbit Web API while processing the request. Error id: " +
    "5B3A1F60:7D2C_0A2D0F3A:01BB_6900A1B2_1C2D3E:4F50",
};

/** The envelope of the Google front end that answered for parts of the service in 2026. */
export const googleFrontEnd: Reply = {
  status: 403,
  headers: { "content-type": "application/json; charset=UTF-8", "server": "ESF" },
  body: JSON.stringify({
    error: {
      code: 403,
      message: "The caller does not have permission",
      status: "PERMISSION_DENIED",
    },
  }),
};

/** A good answer. */
export function fitbitJson(text: string): Reply {
  return { status: 200, headers: jsonHeaders, body: text };
}
