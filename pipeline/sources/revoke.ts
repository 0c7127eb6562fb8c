/** The end of a login at the service: its consent is withdrawn, with all tokens that hang on it. */

import { UserError } from "../errors.ts";
import type { Http } from "../fetch/http.ts";
import { excerpt } from "./redact.ts";
import type { Login } from "./token_file.ts";

/** Statuses of a token that is dead already: unknown, expired, revoked before. */
const deadAlready: ReadonlySet<number> = new Set([400, 401, 410]);

/**
 * Withdraws the consent. False when it had ended already; throws a UserError when that could not be
 * done or found out now.
 */
export async function revokeLogin(
  login: Login,
  revocation: string,
  http: Http,
): Promise<boolean> {
  const token = login.refresh_token ?? login.access_token;
  const secret = login.client_secret ?? "";
  const form = new URLSearchParams({ token });
  const credentials = `Basic ${btoa(`${login.client_id}:${secret}`)}`;
  if (login.client_auth !== "basic") form.set("client_id", login.client_id);
  const url = new URL(revocation);
  const reply = await http.send({
    method: "POST",
    url,
    label: `POST ${url.host}${url.pathname}`,
    headers: {
      "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
      ...login.client_auth === "basic" ? { authorization: credentials } : {},
    },
    body: form.toString(),
    secrets: [token, secret, credentials],
    maybeEmpty: true,
  });
  if (reply.status === 200) return true;
  if (deadAlready.has(reply.status)) return false;
  const body = excerpt(new TextDecoder().decode(reply.body), [token, secret, credentials]);
  throw new UserError(`Cannot revoke the login at ${url.host}: answered ${reply.status} ${body}`, {
    hint: "Run the same command again later, or with --forget to delete the login here only",
  });
}
