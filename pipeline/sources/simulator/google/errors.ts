/** The error bodies of the Google Health API: a status word and, mostly, a machine-readable reason. */

import type { Reply } from "../api.ts";
import type { Json, JsonObject } from "../json.ts";

/** Every answer carries these. */
export const googleHeaders: Readonly<Record<string, string>> = {
  "content-type": "application/json; charset=UTF-8",
  "cache-control": "private",
  "vary": "Origin, X-Origin, Referer",
  "server": "ESF",
  "x-content-type-options": "nosniff",
};

/** Google's canonical status words, by HTTP status where one word will do. */
const statusWords: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

export interface GoogleTrouble {
  readonly status: number;
  readonly message: string;
  /** `details[].reason`; without one the answer has no details. */
  readonly reason?: string;
  /** Where the status word is not the usual one for the HTTP status. */
  readonly word?: string;
  readonly moreDetails?: readonly JsonObject[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A trouble as it leaves the server. */
export function googleError(trouble: GoogleTrouble): Reply {
  const details: Json[] = [];
  if (trouble.reason !== undefined) {
    details.push({
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: trouble.reason,
      domain: "googleapis.com",
    });
  }
  details.push(...(trouble.moreDetails ?? []));
  const error = {
    code: trouble.status,
    message: trouble.message,
    status: trouble.word ?? statusWords[trouble.status],
    details: details.length > 0 ? details : undefined,
  };
  return {
    status: trouble.status,
    headers: { ...googleHeaders, ...trouble.headers },
    body: JSON.stringify({ error }, null, 2) + "\n",
  };
}

/** Thrown inside the server, answered with its body. */
export class GoogleRefusal extends Error {
  override readonly name = "GoogleRefusal";
  readonly trouble: GoogleTrouble;

  constructor(trouble: GoogleTrouble) {
    super(trouble.message);
    this.trouble = trouble;
  }
}

/** A wrong argument (400), with its reason. */
export function badArgument(message: string, reason?: string): GoogleRefusal {
  return new GoogleRefusal({ status: 400, message, ...(reason === undefined ? {} : { reason }) });
}

/** The quota is used up; the header only where the server was told to send it. */
export function rateLimited(retryAfter_s: number | undefined): GoogleTrouble {
  return {
    status: 429,
    message:
      "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute per user' of " +
      "service 'health.googleapis.com'.",
    reason: "RATE_LIMIT_EXCEEDED",
    moreDetails: [{
      "@type": "type.googleapis.com/google.rpc.QuotaFailure",
      violations: [{ subject: "user", description: "Requests per minute per user" }],
    }],
    ...(retryAfter_s === undefined ? {} : { headers: { "retry-after": String(retryAfter_s) } }),
  };
}

export const tokenRejected: GoogleTrouble = {
  status: 401,
  message: "Request had invalid authentication credentials. Expected OAuth 2 access token, login " +
    "cookie or other valid authentication credential.",
  reason: "ACCESS_TOKEN_EXPIRED",
  headers: {
    "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"',
  },
};

export const tokenMissing: GoogleTrouble = {
  status: 401,
  message:
    "Request is missing required authentication credential. Expected OAuth 2 access token, " +
    "login cookie or other valid authentication credential.",
  reason: "CREDENTIALS_MISSING",
  headers: { "www-authenticate": 'Bearer realm="https://accounts.google.com/"' },
};

export const scopeInsufficient: GoogleTrouble = {
  status: 403,
  message: "Request had insufficient authentication scopes.",
  reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
};

export const serviceDisabled: GoogleTrouble = {
  status: 403,
  message: "Google Health API has not been used in project 123456789012 before or it is disabled.",
  reason: "SERVICE_DISABLED",
};

export const permissionDenied: GoogleTrouble = {
  status: 403,
  message: "The caller does not have permission.",
  reason: "RESOURCE_PERMISSION_DENIED",
};

export const accountNotLinked: GoogleTrouble = {
  status: 400,
  word: "FAILED_PRECONDITION",
  message: "The account is not linked to a Google Health profile.",
  reason: "ACCOUNT_NOT_LINKED",
};

export const internalError: GoogleTrouble = { status: 500, message: "Internal error encountered." };

export const unavailable: GoogleTrouble = {
  status: 503,
  message: "The service is currently unavailable.",
};

export const deadlineExceeded: GoogleTrouble = {
  status: 504,
  message: "Deadline expired before operation could complete.",
};

export const notFound: GoogleTrouble = {
  status: 404,
  message: "Requested entity was not found.",
};
