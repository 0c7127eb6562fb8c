/** What to look for in each kind of answer before it is kept. */

import { z } from "zod";
import { UserError } from "../../errors.ts";
import { parsedAnswer } from "../answer.ts";
import type { ApiReply } from "../api.ts";
import { isObject, member } from "../json/document.ts";
import type { Window } from "../source.ts";
import { memberOf } from "./activity_resources.ts";
import { notPersonal } from "./errors.ts";
import type { FitbitWebStream, Look } from "./live_stream.ts";

const envelopeSchema = z.record(z.string(), z.unknown());
const dailySchema = z.array(z.object({ dateTime: z.string(), value: z.unknown() }));
const intradaySchema = z.object({ dataset: z.array(z.unknown()) });
const daysSchema = z.array(z.object({ dateTime: z.string(), minutes: z.array(z.unknown()) }));
const restingSchema = z.object({ restingHeartRate: z.number() });

/** Throws a UserError when a day of the answer is not of those asked for. */
export function checkDays(days: readonly string[], { label }: ApiReply, asked: Window): void {
  const other = days.find((day) => day < asked.first || day > asked.last);
  if (other === undefined) return;
  const span = asked.first === asked.last ? asked.first : `${asked.first} to ${asked.last}`;
  throw new UserError(`Asked for ${span}, but the answer to ${label} is of ${other}`);
}

/** The daily part of an answer, its days checked. */
function dailyIn(reply: ApiReply, list: unknown, asked: Window): z.infer<typeof dailySchema> {
  const daily = parsedAnswer({ ...reply, json: list }, dailySchema);
  checkDays(daily.map(({ dateTime }) => dateTime), reply, asked);
  return daily;
}

/** Answers with a daily part and a series of points of that day; zeros alone are nothing. */
export function intradayLook(resource: string): FitbitWebStream["look"] {
  const name = memberOf(resource);
  return (reply, asked): Look => {
    const envelope = parsedAnswer(reply, envelopeSchema);
    const daily = dailyIn(reply, envelope[name], asked);
    const intraday = envelope[`${name}-intraday`];
    if (intraday === undefined) throw notPersonal(reply.label);
    const { dataset } = parsedAnswer({ ...reply, json: intraday }, intradaySchema);
    const isMeasured = dataset.some((point) => isObject(point) && member(point, "value") !== 0);
    return {
      empty: !isMeasured && !daily.some(({ value }) => restingSchema.safeParse(value).success),
    };
  };
}

/** Active zone minutes of a day: a list of days, or a dataset as other series have. */
export function zoneMinutesLook(resource: string): FitbitWebStream["look"] {
  const name = `${memberOf(resource)}-intraday`;
  const dataset = intradayLook(resource);
  return (reply, asked): Look => {
    const intraday = parsedAnswer(reply, envelopeSchema)[name];
    if (intraday === undefined) throw notPersonal(reply.label);
    if (!Array.isArray(intraday)) return dataset(reply, asked);
    const days = parsedAnswer({ ...reply, json: intraday }, daysSchema);
    checkDays(days.map(({ dateTime }) => dateTime), reply, asked);
    return { empty: days.every(({ minutes }) => minutes.length === 0) };
  };
}

/** A value a day. */
export function seriesLook(resource: string): FitbitWebStream["look"] {
  return (reply, asked): Look => {
    const daily = parsedAnswer(reply, envelopeSchema)[memberOf(resource)];
    return { empty: dailyIn(reply, daily, asked).length === 0 };
  };
}

const summarySchema = z.object({
  activities: z.array(z.unknown()).optional(),
  summary: z.object({ steps: z.number().optional() }),
});

/** A daily summary, which does not say its day. */
export function summaryLook(reply: ApiReply): Look {
  const { activities = [], summary } = parsedAnswer(reply, summarySchema);
  return { empty: activities.length === 0 && (summary.steps ?? 0) === 0 };
}

const pageSchema = z.object({ pagination: z.object({ next: z.string() }) });
const entriesSchema = z.array(z.record(z.string(), z.unknown()));

/**
 * Pages of a list that begins with the first day asked for, oldest first; the list goes on to this
 * day, and is left once it has passed the last day asked for.
 * @param name The member with the entries; there may be none.
 * @param dayMember The member of an entry that begins with its day.
 */
export function listLook(name: string, dayMember: string): FitbitWebStream["look"] {
  return (reply, asked): Look => {
    const { pagination } = parsedAnswer(reply, pageSchema);
    const list = parsedAnswer(reply, envelopeSchema)[name] ?? [];
    const days = parsedAnswer({ ...reply, json: list }, entriesSchema)
      .map((entry) => String(entry[dayMember]).slice(0, 10));
    const isPast = (days.at(-1) ?? "") > asked.last;
    return {
      empty: !days.some((day) => day >= asked.first && day <= asked.last),
      next: pagination.next === "" || isPast ? undefined : pagination.next,
    };
  };
}
