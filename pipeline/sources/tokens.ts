/**
 * Access tokens for the live sources: where one comes from, and what happens when it is refused.
 */

import { LoginNeeded, UsageError } from "../errors.ts";
import type { Reply } from "../fetch/http.ts";

/** Hands out the access token of one account of one source. */
export interface TokenSource {
  /** The scopes that were granted; undefined when nobody said. */
  readonly scopes: ReadonlySet<string> | undefined;
  /** The source's own id of the person, where the login told it. */
  readonly userId: string | undefined;
  /** A token that was not refused yet. Throws LoginNeeded. */
  access(): Promise<string>;
  /**
   * Another token than the one the source answered with 401. Throws LoginNeeded when there is none,
   * and any other error when that could not be found out now.
   */
  refresh(rejected: string): Promise<string>;
}

/**
 * A token handed in for one run, as in 2016; it cannot be refreshed.
 * @param text The token, blanks around it do not matter.
 * @param where What it was handed in with, for messages: `EVERYSECOND_FITBIT_WEB_TOKEN`.
 */
export function givenToken(text: string, where: string): TokenSource {
  const token = text.trim().replace(/^Bearer\s+/i, "");
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new UsageError(
      `Cannot use the access token in ${where}: expected one word without blanks`,
      "Copy the token again, all of it and nothing else",
    );
  }
  return {
    scopes: undefined,
    userId: undefined,
    access: () => Promise.resolve(token),
    refresh: () =>
      Promise.reject(
        new LoginNeeded(
          `The access token in ${where} is not accepted: it is wrong, has expired or was revoked`,
          `Get a new token and put it into ${where}`,
        ),
      ),
  };
}

/**
 * Sends a request with the access token, and once more with another one when it is answered 401.
 * A second 401 is handed back.
 * @param send Asks for the token when the request leaves.
 */
export async function withToken(
  token: TokenSource,
  send: (access: () => Promise<string>) => Promise<Reply>,
): Promise<Reply> {
  let sent = "";
  const reply = await send(async () => sent = await token.access());
  if (reply.status !== 401) return reply;
  const other = await token.refresh(sent);
  return await send(() => Promise.resolve(other));
}
