/**
 * What both live clients share: reading one address of the service with the login's token.
 */

import type { Clock } from "../effects.ts";
import { UsageError } from "../errors.ts";
import type { HttpOptions, OnWait, Reply } from "../fetch/http.ts";
import { Http } from "../fetch/http.ts";
import { checkedBaseUrl } from "./base_url.ts";
import { type TokenSource, withToken } from "./tokens.ts";

/** What a live source is made from. */
export interface LiveOptions {
  /** The service's address; https, or on loopback. */
  readonly baseUrl: string;
  readonly token: TokenSource;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onWait?: OnWait | undefined;
  /** From 0 up to 1, for the jitter of waits; `Math.random` by default. */
  readonly random?: (() => number) | undefined;
  readonly deadline?: HttpOptions["deadline"];
  /** IANA zone to use instead of the one the account is set to. */
  readonly timeZone?: string | undefined;
}

/** An answer, and how its request is called in errors and manifests. */
export interface ApiReply extends Reply {
  /** Method, path and query; a page token's value is left out, it differs from run to run. */
  readonly label: string;
}

/** Reads an address; throws what an error answer stands for. */
export type Get = (path: string, query?: Readonly<Record<string, string>>) => Promise<ApiReply>;

/** A request to one address of the service. */
export interface ApiRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** A good answer is XML with that root element, and no JSON. */
  readonly xmlRoot?: string;
}

export class Api {
  readonly #http: Http;
  readonly #token: TokenSource;
  readonly #baseUrl: string;

  constructor(options: LiveOptions, pace: Pick<HttpOptions, "quota" | "retry">) {
    const { fetch, clock, signal, onWait, deadline } = options;
    this.#http = new Http({ fetch, clock, signal, onWait, deadline, ...pace });
    this.#token = options.token;
    this.#baseUrl = checkedBaseUrl(options.baseUrl);
  }

  /** The answer to a GET, asked again with a refreshed token when it was 401. */
  get(path: string, query: Readonly<Record<string, string>> = {}): Promise<ApiReply> {
    return this.send({ method: "GET", path, query });
  }

  /**
   * The answer to a request, asked again with a refreshed token when it was 401.
   * @param handedBack Passing statuses that the caller treats itself.
   */
  async send(
    { method, path, query, body, xmlRoot }: ApiRequest,
    handedBack: readonly number[] = [],
  ): Promise<ApiReply> {
    const url = new URL(this.#baseUrl + path);
    url.search = new URLSearchParams(query).toString();
    const shown = new URLSearchParams(query);
    if (shown.has("pageToken")) shown.set("pageToken", "*");
    const asked = body === undefined ? "" : ` ${JSON.stringify(withoutPageToken(body))}`;
    const label = `${method} ${path}${shown.size > 0 ? `?${shown}` : ""}${asked}`;
    const reply = await withToken(this.#token, (access) =>
      this.#http.send({
        method,
        url,
        label,
        access,
        ...body === undefined ? {} : {
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        },
        ...xmlRoot === undefined ? {} : { xmlRoot },
        handedBack,
      }));
    return { ...reply, label };
  }
}

function withoutPageToken(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return "pageToken" in body ? { ...body, pageToken: "*" } : body;
}

/** The zone, known to the runtime; throws a UsageError that asks for `--timezone`. */
export function checkedTimeZone(zone: string): string {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(
      `Cannot find the time zone "${zone}"`,
      "Give --timezone with an IANA name, such as Europe/Berlin",
    );
  }
}
