/** What to look for in answers that hold a list of records with their days. */

import { z } from "zod";
import { addDays } from "../../day.ts";
import { parsedAnswer } from "../answer.ts";
import { isObject } from "../json/document.ts";
import type { FitbitWebStream, Look } from "./live_stream.ts";
import { checkDays } from "./looks.ts";

const answerSchema = z.union([
  z.record(z.string(), z.unknown()),
  z.array(z.unknown()),
]);
const recordsSchema = z.array(z.record(z.string(), z.unknown()));
const pendingSchema = z.object({
  meta: z.object({
    state: z.literal("pending"),
    retryDuration: z.number().nonnegative().default(3000),
  }),
});

/**
 * Records of a range of days, unless the service is still working on them.
 * @param list The member that holds them; undefined when an answer is a record, or a list of them.
 * @param dayMember The member of a record that is, or begins with, its day.
 * @param beyond So many days after the last one were asked for too.
 */
export function recordsLook(
  list: string | undefined,
  dayMember: string,
  beyond = 0,
): FitbitWebStream["look"] {
  return (reply, asked): Look => {
    const answer = parsedAnswer(reply, answerSchema);
    const pending = pendingSchema.safeParse(answer).data;
    if (pending !== undefined) return { empty: true, pending_ms: pending.meta.retryDuration };
    const found = list === undefined
      ? bare(answer)
      : isObject(answer)
      ? answer[list] ?? []
      : answer;
    const records = parsedAnswer({ ...reply, json: found }, recordsSchema);
    const days = records.map((record) => String(record[dayMember]).slice(0, 10));
    checkDays(days, reply, { first: asked.first, last: addDays(asked.last, beyond) });
    return { empty: records.length === 0 };
  };
}

/** One record, or a list of them, or nothing in either shape. */
function bare(answer: z.infer<typeof answerSchema>): unknown {
  if (Array.isArray(answer)) return answer;
  return Object.keys(answer).length === 0 ? [] : [answer];
}

/** What there is now, in a list without days. */
export function presentLook(reply: Parameters<FitbitWebStream["look"]>[0]): Look {
  return { empty: parsedAnswer(reply, recordsSchema).length === 0 };
}

/** What somebody has set out to do, or has done, in an object without days. */
export function goalsLook(list: string): FitbitWebStream["look"] {
  const goalsSchema = z.object({ [list]: z.record(z.string(), z.unknown()) });
  return (reply) => ({
    empty: Object.keys(parsedAnswer(reply, goalsSchema)[list] ?? {}).length === 0,
  });
}

/** How something stands now, in an object without a day. */
export function objectLook(reply: Parameters<FitbitWebStream["look"]>[0]): Look {
  const members = parsedAnswer(reply, z.record(z.string(), z.unknown()));
  return { empty: Object.keys(members).length === 0 };
}
