/**
 * What an error answer of the Google Health API means: the reason in its details first, its status
 * second, the HTTP code last.
 */

import { z } from "zod";
import { exitCode, LoginNeeded, StreamRefused, UserError } from "../../errors.ts";
import type { ApiReply } from "../api.ts";
import { sourceGone } from "../gone.ts";
import { excerpt } from "../redact.ts";

const errorSchema = z.object({
  error: z.object({
    status: z.string().optional(),
    message: z.string().optional(),
    details: z.array(z.unknown()).optional(),
  }),
});

const reasonSchema = z.object({ reason: z.string() });

const consentAgain = (label: string) =>
  new LoginNeeded(
    `Google does not let this login read the data (${label})`,
    "Remove the app at https://myaccount.google.com/connections, then log in and consent again",
  );

const scopeMissing = (label: string) =>
  new StreamRefused(`The login lacks the scope for ${label}: log in again and allow it`);

const noSuchType = (label: string) =>
  new StreamRefused(`The Google Health API does not serve this: ${label}`);

/** Errors by the words a server names them with, in details, status or message. */
const byReason: Readonly<Record<string, (label: string) => Error>> = {
  ACCOUNT_NOT_LINKED: () =>
    new LoginNeeded(
      "The Google account of this login has no health data: it is not linked to Fitbit or Google Health",
      "Log in with the account that the watch is paired with",
    ),
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: scopeMissing,
  MISSING_OAUTH_SCOPE: scopeMissing,
  INVALID_PARENT_DATA_TYPE_COLLECTION: noSuchType,
  INVALID_PARENT_DATA_TYPE_COLLECTION_FORMAT: noSuchType,
  SERVICE_DISABLED: () =>
    new UserError("The Google Health API is not enabled in the Google Cloud project of the login", {
      hint:
        "Open https://console.cloud.google.com/apis/library/health.googleapis.com, choose the project, press Enable, and wait a few minutes",
      exitCode: exitCode.usage,
    }),
  RESOURCE_PERMISSION_DENIED: consentAgain,
  USER_PROJECT_DENIED: consentAgain,
  UNAUTHENTICATED: () =>
    new LoginNeeded(
      "Google does not accept the access token: it is wrong, has expired or was revoked",
      "Log in again",
    ),
};

/** Errors that are told in prose only. */
const byMessage: readonly { readonly words: RegExp; error(label: string): Error }[] = [
  {
    words: /GaiaMint|UberMint/,
    error: () =>
      new LoginNeeded(
        "The consent was given while the account was still a legacy Fitbit account",
        "Sign in to the Fitbit or Google Health app with Google once, then log in again",
      ),
  },
  { words: /not supported for data type/i, error: noSuchType },
];

/** The error that an answer other than 200 stands for. */
export function googleHealthError(reply: ApiReply): Error {
  if (reply.status === 410) return sourceGone("google-health");
  const { status = "", message = "", details = [] } =
    errorSchema.safeParse(reply.json).data?.error ?? {};
  const reasons = details.flatMap((detail) => reasonSchema.safeParse(detail).data?.reason ?? []);
  const prose = byMessage.find(({ words }) => words.test(message));
  if (prose !== undefined) return prose.error(reply.label);
  const inMessage = message.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? [];
  const named = [...reasons, ...inMessage, reply.status === 401 ? "UNAUTHENTICATED" : status];
  for (const name of named) {
    const error = byReason[name]?.(reply.label);
    if (error !== undefined) return error;
  }
  // The message can quote the person's values: it is told only where nothing else names the error.
  const words = [status, ...reasons].filter((word) => word !== "").join(", ");
  return new UserError(
    `${reply.label} answered ${reply.status} ${words === "" ? excerpt(message, []) : words}`.trim(),
  );
}
