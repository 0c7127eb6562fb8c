/**
 * One request with everything around it: the quota's turn, a deadline, the whole body as bytes,
 * retries for what passes by itself, and errors that name the request without any secret. What a
 * status means to a service is the service's client's business.
 */

import { connectionReason, connectionTrouble } from "../connection_trouble.ts";
import type { Clock, ProgressState } from "../effects.ts";
import { UserError } from "../errors.ts";
import { remedyOf, troubleError } from "../troubles.ts";
import { excerpt, redact } from "../sources/redact.ts";
import type { Quota } from "./quota.ts";
import { backoffMs, PassingFailure, retryAfterMs, type RetryPolicy } from "./retry.ts";

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  /** What errors call it: method, path and query, without secrets. */
  readonly label: string;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * The access token to send, as it is when the request leaves: waits for a quota can outlive one.
   */
  readonly access?: () => Promise<string>;
  readonly body?: string;
  /** Tokens and the like that it carries: an answer may echo them. */
  readonly secrets?: readonly string[];
  /** Statuses handed back at once although they usually pass by themselves. */
  readonly handedBack?: readonly number[];
  /** A good answer is XML with that root element, and no JSON. */
  readonly xmlRoot?: string;
  /** A good answer may have no body. */
  readonly maybeEmpty?: true;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Byte for byte, after the transport's own compression. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** The body parsed, XML as its text; undefined when it is neither, which only an error's body may be. */
  readonly json: unknown;
}

/** Told before every wait that a person would notice. */
export type OnWait = (waiting: NonNullable<ProgressState["waiting"]>) => void;

export interface HttpOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Ends requests and waits at once; they reject with its reason. */
  readonly signal: AbortSignal;
  readonly quota: Quota;
  readonly retry: RetryPolicy;
  readonly onWait?: OnWait | undefined;
  /**
   * A signal that aborts after so many ms; `AbortSignal.timeout` by default. Not the clock's sleep:
   * on a clock that leaps over its waits every request would be late at once.
   */
  readonly deadline?: ((ms: number) => AbortSignal) | undefined;
}

/** The largest page is a few megabytes; this is for lines that still carry something. */
const longestRequestMs = 120_000;

/** Shorter waits are not worth a word. */
const reportedWaitMs = 1000;

/** Overload and maintenance; everything else below 600 is an answer. */
const passingStatuses: ReadonlySet<number> = new Set([500, 502, 503, 504]);

const tooManyRequests = 429;

export class Http {
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /**
   * The answer to a request, whatever its status but 429 and the passing ones, which are tried
   * again. With status 200 the body is JSON, or empty where that was allowed. Throws a UserError that
   * names the request when there is no such answer after all attempts, and the signal's reason when
   * that is aborted.
   */
  async send(request: HttpRequest): Promise<Reply> {
    const { clock, quota, retry } = this.#options;
    let failures = 0;
    let refusals = 0;
    for (;;) {
      const turn = quota.next(clock.now());
      await this.#waitUntil(turn.at, turn.why);
      try {
        const reply = await this.#attempt(await withAccess(request));
        if (reply.status !== tooManyRequests) return reply;
        refusals++;
        if (quota.refused(reply.headers, clock.now(), refusals)) continue;
      } catch (error) {
        if (!(error instanceof PassingFailure)) throw error;
        failures++;
        if (failures >= retry.attempts) {
          const tried = failures === 1 ? "" : ` (${failures} attempts)`;
          throw new UserError(error.message + tried, {
            hint: remedyOf(error.trouble),
            trouble: error.trouble,
          });
        }
        const wait = Math.max(backoffMs(failures, retry), error.wait_ms);
        await this.#waitUntil(clock.now() + wait, "trying again");
        continue;
      }
      throw troubleError("quota", { request: request.label, detail: `${refusals}` });
    }
  }

  /** One exchange; throws a PassingFailure for what another attempt may cure. */
  async #attempt(request: HttpRequest): Promise<Reply> {
    const { fetch, clock, quota, signal } = this.#options;
    const late = (this.#options.deadline ?? AbortSignal.timeout)(longestRequestMs);
    let reply: Omit<Reply, "json">;
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers: {
          accept: request.xmlRoot === undefined ? "application/json" : "*/*",
          ...request.headers,
        },
        body: request.body ?? null,
        // A redirect would carry the token elsewhere; no service here has a reason for one.
        redirect: "manual",
        signal: AbortSignal.any([signal, late]),
      });
      const body = await response.bytes();
      reply = { status: response.status, headers: response.headers, body };
    } catch (error) {
      signal.throwIfAborted();
      if (late.aborted) {
        throw new PassingFailure("no-answer", {
          request: request.label,
          detail: `${longestRequestMs / 1000} s`,
        });
      }
      // Deno reports a failed connection and a body cut short as a TypeError.
      if (!(error instanceof TypeError)) throw error;
      const cause = error.cause ?? error;
      const detail = redact(connectionReason(cause), request.secrets ?? []);
      throw new PassingFailure(connectionTrouble(cause), { request: request.label, detail });
    }
    quota.seen(reply.headers, clock.now());
    const { status } = reply;
    if (passingStatuses.has(status) && request.handedBack?.includes(status) !== true) {
      throw new PassingFailure(
        "server-trouble",
        { request: request.label, detail: `${status}, ${describeBody(reply.body, request)}` },
        retryAfterMs(reply.headers, clock.now()),
      );
    }
    const { xmlRoot } = request;
    const json = xmlRoot !== undefined && status === 200
      ? xmlText(reply.body, xmlRoot)
      : parsed(reply.body);
    const needsJson = status === 200 && !(request.maybeEmpty === true && reply.body.length === 0);
    if (isPortal(status) || (needsJson && json === undefined)) {
      const trouble = isPortal(status) || isWebPage(reply.body)
        ? "captive-portal"
        : "broken-answer";
      throw new PassingFailure(trouble, {
        request: request.label,
        detail: `${status === 200 ? "" : `${status}, `}${describeBody(reply.body, request)}`,
      });
    }
    return { ...reply, json };
  }

  async #waitUntil(until: number, why: string): Promise<void> {
    const { clock, signal, onWait } = this.#options;
    const wait = until - clock.now();
    if (wait <= 0) return;
    if (wait >= reportedWaitMs) onWait?.({ why, until });
    await clock.sleep(wait, signal);
  }
}

/** The request with its access token. */
async function withAccess(request: HttpRequest): Promise<HttpRequest> {
  if (request.access === undefined) return request;
  const access = await request.access();
  return {
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${access}` },
    secrets: [...request.secrets ?? [], access],
  };
}

/** A redirect, or "network authentication required": no service here answers so by itself. */
function isPortal(status: number): boolean {
  return (status >= 300 && status < 400) || status === 511;
}

function isWebPage(body: Uint8Array): boolean {
  return /^\s*<(?:!doctype|html|head|script|meta)/i.test(
    new TextDecoder().decode(body.subarray(0, 200)),
  );
}

/** The body as text; undefined when it is no whole XML with that root element. */
function xmlText(body: Uint8Array, root: string): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    return text.includes(`<${root}`) && text.trimEnd().endsWith(`</${root}>`) ? text : undefined;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The body as JSON; undefined when it is none. */
function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** `nothing`, or the size and the beginning of a body that is not what was expected. */
function describeBody(body: Uint8Array, request: HttpRequest): string {
  if (body.length === 0) return "nothing";
  const beginning = excerpt(
    new TextDecoder().decode(body.subarray(0, 4096)),
    request.secrets ?? [],
  );
  return `${body.length} bytes beginning "${beginning}"`;
}
