/**
 * The Fitbit Web API as a live source: a day of a resource at its finest detail.
 */

import { z } from "zod";
import type { Day } from "../../day.ts";
import { UserError } from "../../errors.ts";
import { HourlyBudget } from "../../fetch/quota.ts";
import { defaultRetry } from "../../fetch/retry.ts";
import { parsedAnswer } from "../answer.ts";
import { Api, type ApiReply, checkedTimeZone, type LiveOptions } from "../api.ts";
import type { LiveSource } from "../source.ts";
import { fitbitAccount } from "./account.ts";
import { fitbitWebError, notPersonal } from "./errors.ts";
import { fitbitWebLive, type FitbitWebStream } from "./streams.ts";
import { offsetsDuring, utcDatesOf } from "./utc_days.ts";

/** The live source; nothing is sent before it is asked. */
export function fitbitWebSource(options: LiveOptions): LiveSource {
  const random = options.random ?? Math.random;
  const api = new Api(options, {
    quota: new HourlyBudget(),
    retry: { ...defaultRetry, random },
  });
  const timeZone = options.timeZone === undefined ? undefined : checkedTimeZone(options.timeZone);
  const evidence = timeZone === undefined ? "profile" : "--timezone";

  const get = async (
    path: string,
    query: Readonly<Record<string, string>> = {},
  ): Promise<ApiReply> => {
    const reply = await api.get(path, query);
    if (reply.status === 200) return reply;
    throw fitbitWebError(reply);
  };

  return {
    name: "fitbit-web",
    streams: fitbitWebLive,
    requestsPerMinute: 150 / 60,
    account: () => fitbitAccount(get, options.token, timeZone),
    async ask(asked, window, account) {
      const stream = streamNamed(asked.name);
      const dates = stream.utc ? utcDatesOf(window.first, account.timeZone) : [window.first];
      const bodies: Uint8Array[] = [];
      const origin: string[] = [];
      let empty = true;
      for (const date of dates) {
        // Without /time/...: the last minute is whole, and the resting heart rate comes with it.
        const path = `/1/user/-/${stream.resource}/date/${date}/1d/${stream.detail}.json`;
        const reply = await get(path, stream.utc ? { timezone: "UTC" } : {});
        if (holdsData(reply, stream, date)) empty = false;
        bodies.push(reply.body);
        origin.push(reply.label);
      }
      return {
        bodies,
        origin,
        empty,
        clock: stream.utc
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

const envelopeSchema = z.record(z.string(), z.unknown());
const dailySchema = z.array(z.object({ dateTime: z.string(), value: z.unknown() }));
const intradaySchema = z.object({ dataset: z.array(z.unknown()) });
const restingSchema = z.object({ restingHeartRate: z.number() });

/**
 * Whether the answer holds anything. Throws StreamRefused when the intraday series was left out,
 * and a UserError when the answer is of another day or of another shape.
 */
function holdsData(reply: ApiReply, stream: FitbitWebStream, date: Day): boolean {
  const member = stream.resource.replace("/", "-");
  const envelope = parsedAnswer(reply, envelopeSchema);
  const daily = parsedAnswer({ ...reply, json: envelope[member] }, dailySchema);
  const other = daily.find((day) => day.dateTime !== date);
  if (other !== undefined) {
    throw new UserError(
      `Asked for ${date}, but the answer to ${reply.label} is of ${other.dateTime}`,
    );
  }
  const intraday = envelope[`${member}-intraday`];
  if (intraday === undefined) throw notPersonal(reply.label);
  const { dataset } = parsedAnswer({ ...reply, json: intraday }, intradaySchema);
  return dataset.length > 0 ||
    daily.some((day) => restingSchema.safeParse(day.value).success);
}
