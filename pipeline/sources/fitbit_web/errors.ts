/**
 * What an error answer of the Fitbit Web API means, by its errorType. The messages quote the token.
 */

import { z } from "zod";
import { StreamRefused, UserError } from "../../errors.ts";
import { troubleError } from "../../troubles.ts";
import type { ApiReply } from "../api.ts";
import { sourceGone } from "../gone.ts";
import { excerpt } from "../redact.ts";

/** The API's own envelope, and that of the Google front end before its end. */
const errorSchema = z.union([
  z.object({
    errors: z.array(z.object({ errorType: z.string(), message: z.string().optional() })).min(1),
  }).transform(({ errors }) => ({
    type: errors[0]?.errorType ?? "",
    message: errors[0]?.message ?? "",
  })),
  z.object({ error: z.object({ status: z.string(), message: z.string().optional() }) })
    .transform(({ error }) => ({ type: error.status, message: error.message ?? "" })),
]);

const service = "fitbit-web";

/** The intraday series was not handed out: the usual trap of a new app. */
export function notPersonal(label: string): Error {
  return troubleError("not-personal", { request: label });
}

const tokenRefused = () => troubleError("token-refused", { service });

const scopeMissing = (request: string) => troubleError("scope-missing", { request, service });

const byType: Readonly<Record<string, (label: string) => Error>> = {
  expired_token: tokenRefused,
  invalid_token: tokenRefused,
  invalid_client: tokenRefused,
  insufficient_scope: scopeMissing,
  // The same before 2016, with status 401.
  authorization: scopeMissing,
  insufficient_permissions: notPersonal,
  PERMISSION_DENIED: (label) => new StreamRefused(`The Fitbit Web API does not serve ${label}`),
};

/** The error that an answer other than 200 stands for. */
export function fitbitWebError(reply: ApiReply): Error {
  if (reply.status === 410) return sourceGone(service);
  const { type, message } = errorSchema.safeParse(reply.json).data ?? { type: "", message: "" };
  const error = byType[type]?.(reply.label);
  if (error !== undefined) return error;
  if (reply.status === 401) return tokenRefused();
  return new UserError(
    `${reply.label} answered ${reply.status} ${type} ${excerpt(message, [])}`.trim(),
  );
}
