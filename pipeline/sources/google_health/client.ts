/**
 * The Google Health API as a live source: every page of a window, byte for byte.
 */

import { UserError } from "../../errors.ts";
import { troubleError } from "../../troubles.ts";
import { RequestRate } from "../../fetch/quota.ts";
import { defaultRetry, type RetryPolicy } from "../../fetch/retry.ts";
import { z } from "zod";
import { parsedAnswer } from "../answer.ts";
import { tcxRoot } from "../tcx.ts";
import { Api, type ApiReply, type ApiRequest, checkedTimeZone, type LiveOptions } from "../api.ts";
import type { Account, Answer, LiveSource, Window } from "../source.ts";
import { googleAccount } from "./account.ts";
import { googleHealthError } from "./errors.ts";
import { googleHealthLive, type GoogleHealthStream } from "./streams.ts";
import { payloadOf, type VerbRequest, verbs } from "./verbs.ts";

export interface GoogleHealthOptions extends LiveOptions {
  /** Requests a second; by default what the quota of an unverified app allows for one user. */
  readonly requestsPerSecond?: number | undefined;
}

/** Requests that may leave at once. */
const burst = 6;

/** With the burst no minute holds more than 150: 2.5 a second, documented for an unverified app. */
const defaultRequestsPerSecond = 2.4;

/** A 504 means that the page was too large; below this size it means something else. */
const smallestPage = 500;

const gatewayTimeout = 504;

/** Pages may be empty and name a next one; so many in a row are a server that has lost its way. */
const mostEmptyPages = 200;

const utf8 = new TextEncoder();

const pageSchema = z.object({
  dataPoints: z.array(z.unknown()).optional(),
  rollupDataPoints: z.array(z.unknown()).optional(),
  pairedDevices: z.array(z.unknown()).optional(),
  nextPageToken: z.string().optional(),
  // An error with status 200 must not pass for a page without points.
  error: z.undefined("expected data, got an error").optional(),
});

/** The live source; nothing is sent before it is asked. */
export function googleHealthSource(options: GoogleHealthOptions): LiveSource {
  const random = options.random ?? Math.random;
  const refusedRetry: RetryPolicy = { attempts: 7, base_ms: 2000, longest_ms: 60_000, random };
  const rate = options.requestsPerSecond ?? defaultRequestsPerSecond;
  const api = new Api(options, {
    quota: new RequestRate(rate, burst, refusedRetry),
    retry: { ...defaultRetry, random },
  });
  const timeZone = options.timeZone === undefined ? undefined : checkedTimeZone(options.timeZone);

  const send = async (
    request: VerbRequest & Pick<ApiRequest, "xmlRoot">,
    handedBack: readonly number[] = [],
  ): Promise<ApiReply> => {
    const reply = await api.send(request, handedBack);
    if (reply.status === 200 || handedBack.includes(reply.status)) return reply;
    throw googleHealthError(reply);
  };
  const get = (path: string, query: Readonly<Record<string, string>> = {}) =>
    send({ method: "GET", path, query });

  /** All pages, or undefined when the service did not manage a page of that size in time. */
  const pages = async (
    stream: GoogleHealthStream,
    window: Window,
    account: Account,
    pageSize: number,
  ): Promise<Answer | undefined> => {
    const verb = verbs[stream.verb];
    const request = verb.request(stream, window, pageSize, account);
    const bodies: Uint8Array[] = [];
    const pageTokens: (string | undefined)[] = [];
    const origin: string[] = [];
    let empty = true;
    let emptyInARow = 0;
    let completeTo = Infinity;
    let pageToken = "";
    do {
      // A token is only good with every other parameter unchanged.
      const reply = await send(withPageToken(request, pageToken), [gatewayTimeout]);
      if (reply.status === gatewayTimeout) return undefined;
      const page = parsedAnswer(reply, pageSchema);
      const points = verb.points === undefined ? [reply.json] : page[verb.points] ?? [];
      checkDays(stream, window, points, account, reply.label);
      if (points.length > 0) empty = false;
      emptyInARow = points.length > 0 ? 0 : emptyInARow + 1;
      completeTo = Math.min(completeTo, finalUntil(stream, points, options.clock.now()));
      bodies.push(reply.body);
      origin.push(reply.label);
      pageToken = page.nextPageToken ?? "";
      if (pageToken !== "" && pageTokens.includes(pageToken)) {
        throw new UserError(
          `Cannot get all pages of ${reply.label}: page ${bodies.length} repeats the token of an earlier one`,
        );
      }
      if (pageToken !== "" && emptyInARow >= mostEmptyPages) {
        throw new UserError(
          `Cannot get all pages of ${reply.label}: the last ${emptyInARow} were empty, and still name a next one`,
          { hint: "Run the same command again later: it asks once more" },
        );
      }
      pageTokens.push(pageToken === "" ? undefined : pageToken);
      for (const point of points) {
        const path = stream.filePath?.(point);
        if (path === undefined) continue;
        const file = await send({ method: "GET", path, query: { alt: "media" }, xmlRoot: tcxRoot });
        bodies.push(utf8.encode(JSON.stringify(file.json)));
        origin.push(file.label);
        pageTokens.push(undefined);
      }
    } while (pageToken !== "");
    return {
      bodies,
      pageTokens,
      origin,
      empty,
      ...completeTo === Infinity ? {} : { completeTo },
      clock: verb.clock(window, account),
    };
  };

  return {
    name: "google-health",
    streams: googleHealthLive,
    requestsPerMinute: rate * 60,
    account: () => googleAccount(get, options.token, timeZone),
    async ask(asked, window, account) {
      const stream = streamNamed(asked.name);
      for (let size = stream.pageSize;; size = Math.floor(size / 2)) {
        const answer = await pages(stream, window, account, size);
        if (answer !== undefined) return answer;
        if (size >= 2 * smallestPage) continue;
        throw troubleError("page-too-large", {
          request: `${stream.name} of ${window.first}`,
          detail: `${size}`,
        });
      }
    },
  };
}

function streamNamed(name: string): GoogleHealthStream {
  const stream = googleHealthLive.find((stream) => stream.name === name);
  if (stream !== undefined) return stream;
  throw new RangeError(`Cannot ask the Google Health API for "${name}": it is not in streams.ts`);
}

function withPageToken(request: VerbRequest, pageToken: string): VerbRequest {
  if (pageToken === "") return request;
  return request.body === undefined
    ? { ...request, query: { ...request.query, pageToken } }
    : { ...request, body: { ...request.body, pageToken } };
}

/** Up to when (ms since 1970) no point can still change; Infinity when none can. */
function finalUntil(stream: GoogleHealthStream, points: readonly unknown[], now: number): number {
  const { unfinishedSince } = stream;
  if (unfinishedSince === undefined) return Infinity;
  return points.reduce<number>(
    (until, point) => Math.min(until, unfinishedSince(payloadOf(stream, point), now) ?? Infinity),
    Infinity,
  );
}

/** Points of other days than asked must not be kept under these; the ends of a page tell enough. */
function checkDays(
  stream: GoogleHealthStream,
  window: Window,
  points: readonly unknown[],
  account: Account,
  label: string,
): void {
  for (const point of [points.at(0), points.at(-1)]) {
    const day = verbs[stream.verb].dayOf(stream, point, account);
    if (day === undefined || (day >= window.first && day <= window.last)) continue;
    const asked = window.first === window.last ? window.first : `${window.first} to ${window.last}`;
    throw new UserError(`Asked for ${asked}, but the answer to ${label} holds a point of ${day}`);
  }
}
