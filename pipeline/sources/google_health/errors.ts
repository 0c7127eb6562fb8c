/**
 * What an error answer of the Google Health API means: the reason in its details first, its status
 * second, the HTTP code last.
 */

import { z } from "zod";
import { StreamRefused, UserError } from "../../errors.ts";
import { troubleError, type TroubleName } from "../../troubles.ts";
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

const service = "google-health";

/** Whatever the days asked for: these come of the login, and the query would only bury the words. */
const known = (name: TroubleName) => (label: string) =>
  troubleError(name, { request: withoutQuery(label), service });

const noSuchType = (label: string) =>
  new StreamRefused(`The Google Health API does not serve this: ${label}`);

/** Errors by the words a server names them with, in details, status or message. */
const byReason: Readonly<Record<string, (label: string) => Error>> = {
  ACCOUNT_NOT_LINKED: known("account-not-linked"),
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: known("scope-missing"),
  MISSING_OAUTH_SCOPE: known("scope-missing"),
  INVALID_PARENT_DATA_TYPE_COLLECTION: noSuchType,
  INVALID_PARENT_DATA_TYPE_COLLECTION_FORMAT: noSuchType,
  SERVICE_DISABLED: known("api-not-enabled"),
  RESOURCE_PERMISSION_DENIED: known("permission-withdrawn"),
  USER_PROJECT_DENIED: known("permission-withdrawn"),
  UNAUTHENTICATED: known("token-refused"),
};

/** Errors that are told in prose only. */
const byMessage: readonly { readonly words: RegExp; error(label: string): Error }[] = [
  { words: /GaiaMint|UberMint/, error: known("legacy-account") },
  { words: /not supported for data type/i, error: noSuchType },
];

function withoutQuery(label: string): string {
  return label.replace(/\?.*/, "");
}

/** The error that an answer other than 200 stands for. */
export function googleHealthError(reply: ApiReply): Error {
  if (reply.status === 410) return sourceGone(service);
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
