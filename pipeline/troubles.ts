/**
 * What goes wrong between this program and a service in the real world: how it shows itself, the
 * sentence that names it, and what to do. The one place for those words: errors are made from it,
 * `doctor` and the summary of a fetch look in it, and docs/troubles.md is made from it.
 */

import {
  exitCode,
  LoginNeeded,
  SourceGone,
  StreamRefused,
  UserError,
  type UserErrorOptions,
} from "./errors.ts";

/**
 * What the trouble ends: `login` the run, until somebody logs in; `settings` the run, until something
 * is set right; `gone` the source, for good; `stream` one kind of data; `request` this request only.
 */
type Ends = "login" | "settings" | "gone" | "stream" | "request";

/** One trouble. `{request}`, `{service}` and `{detail}` stand for what is known when it happens. */
export interface Trouble {
  /** How it shows itself to a program, or to the person. */
  readonly symptom: string;
  readonly sentence: string;
  /** What to do next. */
  readonly remedy: string;
  readonly ends: Ends;
}

const later = "Run the same command again later: it goes on where this one ended";

const table = {
  "no-network": {
    symptom: "The service's name is not found, or nothing at its address answers",
    sentence: "Cannot get {request}: cannot connect: {detail}",
    remedy: `Check the network, and HTTPS_PROXY where it is set. ${later}`,
    ends: "request",
  },
  "broken-connection": {
    symptom: "The connection breaks, before an answer or in the middle of one",
    sentence: "Cannot get {request}: the connection broke: {detail}",
    remedy: later,
    ends: "request",
  },
  "no-answer": {
    symptom: "The answer does not come, or does not end, within two minutes",
    sentence: "Cannot get {request}: no whole answer within {detail}",
    remedy: later,
    ends: "request",
  },
  "broken-answer": {
    symptom: "An answer with status 200 that is cut off, or empty",
    sentence: "Cannot read the answer to {request}: expected JSON, got {detail}",
    remedy: later,
    ends: "request",
  },
  "captive-portal": {
    symptom: "A web page, or a redirect to one, in place of the service's answer",
    sentence:
      "Cannot read the answer to {request}: expected JSON, got a web page that is not the service's: {detail}",
    remedy:
      "Something on the way answers in the service's place, such as the login page of a guest network: open any page in a browser, log in to the network, then run the same command again",
    ends: "request",
  },
  "wrong-clock": {
    symptom: "The service's certificate is not valid yet, or not any more",
    sentence:
      "Cannot get {request}: by this machine's clock the certificate is not valid: {detail}",
    remedy: "Set this machine's date and time right, then run the same command again",
    ends: "request",
  },
  "untrusted-certificate": {
    symptom: "The certificate is signed by nobody known, or is for another name",
    sentence: "Cannot get {request}: the connection is not with the service itself: {detail}",
    remedy:
      "If a proxy or a virus scanner opens encrypted connections here, DENO_TLS_CA_STORE=system lets the certificates of this machine count, DENO_CERT=FILE that of the proxy. Else do not go on in this network",
    ends: "request",
  },
  "proxy-login": {
    symptom: "407, or a tunnel that the proxy refuses",
    sentence: "Cannot get {request}: the proxy refuses to pass it on: {detail}",
    remedy: "Put the proxy's user and password into HTTPS_PROXY=http://user:password@host:port",
    ends: "request",
  },
  "server-trouble": {
    symptom: "500, 502, 503 or 504, several times in a row",
    sentence: "Cannot get {request}: answered {detail}",
    remedy: `The service has troubles of its own. ${later}`,
    ends: "request",
  },
  "page-too-large": {
    symptom: "504 for a page of data, whatever its size",
    sentence: "Cannot get {request}: answered 504 even for pages of {detail} points",
    remedy: `Smaller pages were tried already. ${later}`,
    ends: "request",
  },
  "quota": {
    symptom: "429 again and again",
    sentence: "Cannot get {request}: refused {detail} times for too many requests",
    remedy: `Another program may use the same login or app. ${later}`,
    ends: "request",
  },
  "api-not-enabled": {
    symptom: "403 SERVICE_DISABLED",
    sentence: "The Google Health API is not enabled in the Google Cloud project of the login",
    remedy:
      "Open https://console.cloud.google.com/apis/library/health.googleapis.com, choose the project, press Enable, and wait a few minutes",
    ends: "settings",
  },
  "account-not-linked": {
    symptom: "400 ACCOUNT_NOT_LINKED",
    sentence:
      "The Google account of this login has no health data: it is not linked to Fitbit or Google Health",
    remedy: "Log in with the account that the watch is paired with: deno task login google-health",
    ends: "login",
  },
  "legacy-account": {
    symptom: "403 with the words GaiaMint or UberMint",
    sentence: "The consent was given while the account was still a legacy Fitbit account",
    remedy:
      "Sign in to the Fitbit or Google Health app with Google once, then log in again: deno task login google-health",
    ends: "login",
  },
  "permission-withdrawn": {
    symptom: "403 RESOURCE_PERMISSION_DENIED or USER_PROJECT_DENIED, on everything",
    sentence: "Google does not let this login read the data ({request})",
    remedy:
      "Remove the app at https://myaccount.google.com/connections, then log in and consent again: deno task login google-health",
    ends: "login",
  },
  "scope-missing": {
    symptom: "403 ACCESS_TOKEN_SCOPE_INSUFFICIENT or insufficient_scope: its box was not ticked",
    sentence: "The login lacks the scope for {request}",
    remedy: "Log in again and leave its box ticked: deno task login {service}",
    ends: "stream",
  },
  "not-personal": {
    symptom: "403 insufficient_permissions, or an answer without its intraday part",
    sentence:
      "The app of this login gets no intraday data ({request}): only an app of type Personal does, and only for its owner",
    remedy: "Change the type at https://dev.fitbit.com/apps and log in again",
    ends: "stream",
  },
  "token-refused": {
    symptom: "401 for an access token that is not past its time",
    sentence: "{service} does not accept the access token: it is wrong, has expired or was revoked",
    remedy: "Log in again: deno task login {service}",
    ends: "login",
  },
  "login-ended": {
    symptom: "invalid_grant: the refresh token is not accepted any more",
    sentence:
      "The login for {service} is not accepted any more: it has expired or was revoked, for instance by a new password",
    remedy: "Log in again: deno task login {service}",
    ends: "login",
  },
  "testing-ended": {
    symptom: "invalid_grant, seven days after the login",
    sentence:
      "The login for {service} has ended with its seven days: the app's publishing status is Testing",
    remedy:
      "Press Publish app at https://console.cloud.google.com/auth/audience, then log in again: deno task login {service}. A login made before that keeps its seven days",
    ends: "login",
  },
  "code-refused": {
    symptom: "invalid_grant for the code of the consent page",
    sentence:
      "{service} does not take the code of the consent page: it is used already, or older than ten minutes",
    remedy: "Log in again, and go through the consent page at once: deno task login {service}",
    ends: "login",
  },
  "no-refresh-token": {
    symptom: "The access token has ended, and the login came without a refresh token",
    sentence: "The login for {service} has ended, and nothing came with it to renew it",
    remedy: "Log in again: deno task login {service}",
    ends: "login",
  },
  "client-refused": {
    symptom: "invalid_client or unauthorized_client at the token endpoint",
    sentence: "{detail} does not accept the OAuth client",
    remedy:
      "Check that the client still exists, take its file anew, and log in with it: deno task login {service} --client FILE",
    ends: "login",
  },
  "consent-denied": {
    symptom: "access_denied on the way back from the consent page",
    sentence: "Consent was not given: {detail}",
    remedy: "Log in again and press Allow: deno task login {service}",
    ends: "login",
  },
  "fitbit-web-ended": {
    symptom: "410 from the Fitbit Web API, since 2026-11-02",
    sentence: "The Fitbit Web API ended on 2026-11-02 and answers 410: nothing more can be fetched",
    remedy:
      "What is on disk stays. Use --source google-health for new days, or import a Takeout archive for all of them",
    ends: "gone",
  },
  "service-ended": {
    symptom: "410 from any other service",
    sentence: "{service} answers 410: this service has ended",
    remedy: "What is on disk stays",
    ends: "gone",
  },
} as const satisfies Readonly<Record<string, Trouble>>;

export type TroubleName = keyof typeof table;

/** Every trouble by name, what is nearest to the machine first. */
export const troubles: Readonly<Record<TroubleName, Trouble>> = table;

/** The names, in the same order. */
export const troubleNames: readonly TroubleName[] = Object.keys(table).filter(isTroubleName);

/** What is known when a trouble happens; each fills the hole of its name. */
export interface Circumstances {
  /** Method and path, without secrets. */
  readonly request?: string;
  /** `google-health`, `fitbit-web`. */
  readonly service?: string;
  readonly detail?: string;
}

/** The trouble's sentence, with what is known put in. */
export function sentenceOf(name: TroubleName, known: Circumstances = {}): string {
  return filled(troubles[name].sentence, known);
}

/** What to do about it. */
export function remedyOf(name: TroubleName, known: Circumstances = {}): string {
  return filled(troubles[name].remedy, known);
}

const errorOf: Readonly<
  Record<
    Ends,
    (message: string, options: Required<Pick<UserErrorOptions, "hint" | "trouble">>) => Error
  >
> = {
  login: (message, { hint, trouble }) => new LoginNeeded(message, hint, trouble),
  settings: (message, options) => new UserError(message, { ...options, exitCode: exitCode.usage }),
  gone: (message, options) => new SourceGone(message, options),
  stream: (message, { hint }) => new StreamRefused(`${message}. ${hint}`),
  request: (message, options) => new UserError(message, options),
};

/**
 * The error that stands for a trouble: of the class and with the exit code of what it ends.
 *
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const error = troubleError("token-refused", { service: "google-health" });
 * assert.match(error.message, /^google-health does not accept the access token/);
 * assert.equal(troubleIn(error.message), "token-refused");
 * ```
 */
export function troubleError(name: TroubleName, known: Circumstances = {}): Error {
  const options = { hint: remedyOf(name, known), trouble: name };
  return errorOf[troubles[name].ends](sentenceOf(name, known), options);
}

/** The trouble whose sentence a text is or begins with, as the ledger keeps it; else undefined. */
export function troubleIn(text: string): TroubleName | undefined {
  return patterns.find(([, pattern]) => pattern.test(text))?.[0];
}

function filled(text: string, known: Circumstances): string {
  const values: Readonly<Record<string, string | undefined>> = { ...known };
  return text.replace(/\{(\w+)\}/g, (_hole, name: string) => values[name] ?? "the service");
}

function isTroubleName(name: string): name is TroubleName {
  return Object.hasOwn(table, name);
}

/** Sentences as patterns. The longer ones first: they are the more particular. */
const patterns: readonly (readonly [TroubleName, RegExp])[] = troubleNames
  .map((name) => [name, troubles[name].sentence] as const)
  .sort(([, a], [, b]) => b.length - a.length)
  .map(([name, sentence]) => [
    name,
    new RegExp(
      `^${sentence.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, ".*")}`,
    ),
  ]);
