/**
 * The Fitbit Web API as a live source: every window of a resource, with all its pages, byte for byte.
 */

import { NotReady, UserError } from "../../errors.ts";
import { HourlyBudget } from "../../fetch/quota.ts";
import { defaultRetry } from "../../fetch/retry.ts";
import { Api, type ApiReply, checkedTimeZone, type LiveOptions } from "../api.ts";
import type { LiveSource, Window } from "../source.ts";
import { fitbitAccount } from "./account.ts";
import { fitbitWebError } from "./errors.ts";
import {
  type Address,
  addressIn,
  addressOf,
  type FitbitWebStream,
  type Look,
} from "./live_stream.ts";
import { tcxRoot } from "../tcx.ts";
import { fitbitWebLive } from "./streams.ts";
import { offsetsDuring, utcDatesOf } from "./utc_days.ts";

/** How often an answer is waited for that the service still works on; it says itself how long. */
const longestPending = { asks: 3, wait_ms: 60_000 } as const;

const utf8 = new TextEncoder();

/** The live source; nothing is sent before it is asked. */
export function fitbitWebSource(options: LiveOptions): LiveSource {
  const { clock, signal, random = Math.random } = options;
  const api = new Api(options, {
    quota: new HourlyBudget(),
    retry: { ...defaultRetry, random },
  });
  const timeZone = options.timeZone === undefined ? undefined : checkedTimeZone(options.timeZone);
  const evidence = timeZone === undefined ? "profile" : "--timezone";

  const get = async (
    path: string,
    query: Readonly<Record<string, string>> = {},
    xmlRoot?: string,
  ): Promise<ApiReply> => {
    const request = { method: "GET", path, query } as const;
    const reply = await api.send(xmlRoot === undefined ? request : { ...request, xmlRoot });
    if (reply.status === 200) return reply;
    throw fitbitWebError(reply);
  };

  /** The answer, once the service has it ready; throws NotReady when that takes too long. */
  const ready = async (
    stream: FitbitWebStream,
    address: Address,
    part: Window,
  ): Promise<{ reply: ApiReply; look: Look }> => {
    for (let asks = 1;; asks++) {
      const reply = await get(address.path, address.query);
      const look = stream.look(reply, part);
      if (look.pending_ms === undefined) return { reply, look };
      if (asks === longestPending.asks) {
        throw new NotReady(
          `The service is still working on the answer to ${reply.label}`,
          { hint: "Run the same command again later" },
        );
      }
      await clock.sleep(Math.min(look.pending_ms, longestPending.wait_ms), signal);
    }
  };

  return {
    name: "fitbit-web",
    streams: fitbitWebLive,
    requestsPerMinute: 150 / 60,
    account: () => fitbitAccount(get, options.token, timeZone),
    async ask(asked, window, account) {
      const stream = streamNamed(asked.name);
      const { first, last } = window;
      const { memberSince = first } = account;
      // Of the days before somebody had an account the series would hold zeros.
      const days = {
        first: memberSince > first && memberSince <= last ? memberSince : first,
        last,
      };
      const isUtc = stream.utc === true;
      const dates = isUtc ? utcDatesOf(window.first, account.timeZone) : [];
      const bodies: Uint8Array[] = [];
      const origin: string[] = [];
      let empty = true;
      for (const part of isUtc ? dates.map((date) => ({ first: date, last: date })) : [days]) {
        let address: Address | undefined = addressOf(stream, part);
        while (address !== undefined) {
          const { reply, look } = await ready(stream, address, part);
          if (origin.includes(reply.label)) {
            throw new UserError(`Cannot get all pages: ${reply.label} leads to itself`);
          }
          if (!look.empty) empty = false;
          bodies.push(reply.body);
          origin.push(reply.label);
          for (const path of stream.filePaths?.(reply.body, part) ?? []) {
            const file = await get(path, {}, tcxRoot);
            bodies.push(utf8.encode(JSON.stringify(file.json)));
            origin.push(file.label);
          }
          address = look.next === undefined ? undefined : addressIn(look.next);
        }
      }
      return {
        bodies,
        origin,
        empty,
        clock: isUtc
          ? { kind: "utc", offsets: offsetsDuring(dates, account.timeZone, evidence) }
          : { kind: "local", time_zone: account.timeZone, evidence },
      };
    },
  };
}

function streamNamed(name: string): FitbitWebStream {
  const stream = fitbitWebLive.find((stream) => stream.name === name);
  if (stream !== undefined) return stream;
  throw new RangeError(`Cannot ask the Fitbit Web API for "${name}": it is not in streams.ts`);
}
