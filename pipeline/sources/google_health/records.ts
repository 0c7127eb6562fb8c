/**
 * The record types of the Google Health API: how points of each are filtered to civil days and
 * dated. Types are spelled three ways, all derived from the one in the path.
 */

import { z } from "zod";
import { type Day, dayAt } from "../../day.ts";

export interface RecordType {
  /** The member after `{type}.` that filters by civil day. */
  readonly filterMember: string;
  /** Whether the filter may also say where to end; if not, it takes an instant to begin at. */
  readonly upperBound: boolean;
  /** The civil day a point counts to, from its payload; undefined when it does not say. */
  dayOf(payload: unknown): Day | undefined;
}

const dateSchema = z.object({ year: z.int(), month: z.int(), day: z.int() });

const sampleSchema = z.object({
  sampleTime: z.object({
    physicalTime: z.string().optional(),
    utcOffset: z.string().optional(),
    civilTime: z.object({ date: dateSchema }).optional(),
  }),
});

const dailySchema = z.object({ date: dateSchema });

/** The civil day at one end of an interval, by its own offset; undefined when it does not say. */
function dayAtEnd(payload: unknown, end: "start" | "end"): Day | undefined {
  const time = z.object({ [`${end}Time`]: z.string(), [`${end}UtcOffset`]: z.string() });
  const interval = z.object({ interval: time }).safeParse(payload).data?.interval;
  const epochMs = Date.parse(interval?.[`${end}Time`] ?? "");
  const offsetS = offsetSeconds(interval?.[`${end}UtcOffset`] ?? "");
  return Number.isNaN(epochMs) || offsetS === undefined ? undefined : dayAt(epochMs, offsetS);
}

export const recordTypes = {
  sample: {
    filterMember: "sample_time.civil_time",
    upperBound: true,
    dayOf(payload) {
      const time = sampleSchema.safeParse(payload).data?.sampleTime;
      if (time === undefined) return undefined;
      const epochMs = Date.parse(time.physicalTime ?? "");
      const offsetS = offsetSeconds(time.utcOffset ?? "");
      if (!Number.isNaN(epochMs) && offsetS !== undefined) return dayAt(epochMs, offsetS);
      return time.civilTime === undefined ? undefined : isoDay(time.civilTime.date);
    },
  },
  daily: {
    filterMember: "date",
    upperBound: true,
    dayOf(payload) {
      const point = dailySchema.safeParse(payload).data;
      return point === undefined ? undefined : isoDay(point.date);
    },
  },
  interval: {
    filterMember: "interval.civil_start_time",
    upperBound: true,
    dayOf: (payload) => dayAtEnd(payload, "start"),
  },
  session: {
    filterMember: "interval.civil_start_time",
    upperBound: true,
    dayOf: (payload) => dayAtEnd(payload, "start"),
  },
  /** A night belongs to the day it ended on, and is filtered by its end only. */
  sleep: {
    filterMember: "interval.civil_end_time",
    upperBound: true,
    dayOf: (payload) => dayAtEnd(payload, "end"),
  },
  /** Filtered by an instant to begin at, so that later ones come along: they are no wrong answer. */
  electrocardiogram: {
    filterMember: "interval.start_time",
    upperBound: false,
    dayOf: () => undefined,
  },
  /** What there is now: no filter, no day. */
  undated: { filterMember: "", upperBound: false, dayOf: () => undefined },
} satisfies Record<string, RecordType>;

export type RecordName = keyof typeof recordTypes;

/** `heart-rate` as filters spell it: `heart_rate`. */
export function filterName(type: string): string {
  return type.replaceAll("-", "_");
}

/** `heart-rate` as the points' member is spelled: `heartRate`. */
export function fieldName(type: string): string {
  return type.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Seconds of `-18000s`, or of `-07:00`, which some servers were seen to send; else undefined. */
function offsetSeconds(text: string): number | undefined {
  const seconds = /^(-?\d+(?:\.\d+)?)s$/.exec(text)?.[1];
  if (seconds !== undefined) return Number(seconds);
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(text) ?? [];
  if (hours === undefined) return undefined;
  return (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60 : 60);
}

function isoDay(date: z.infer<typeof dateSchema>): Day {
  const pad = (n: number, width: number) => String(n).padStart(width, "0");
  return `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`;
}
