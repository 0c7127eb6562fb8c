/**
 * The verbs of the Google Health API: how each asks for the civil days of a window, and where its
 * points lie in an answer. One entry a verb; the client only follows page tokens.
 */

import { z } from "zod";
import { addDays, type Day, dayAt, dayBounds, zoneOffset } from "../../day.ts";
import type { DocumentClock, OffsetFrom } from "../../raw/manifest.ts";
import type { Account, Window } from "../source.ts";
import { offsetsOfZone } from "../utc_clock.ts";
import { fieldName, filterName, recordTypes } from "./records.ts";
import type { GoogleHealthStream } from "./streams.ts";

/** One request without its page token. */
export interface VerbRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
}

interface Verb {
  request(stream: GoogleHealthStream, window: Window, size: number, account: Account): VerbRequest;
  /** The member of an answer that holds its points; undefined where the answer is the only one. */
  readonly points: "dataPoints" | "rollupDataPoints" | "pairedDevices" | undefined;
  /** The civil day a point counts to; undefined when it has none, or does not say. */
  dayOf(stream: GoogleHealthStream, point: unknown, account: Account): Day | undefined;
  /** Which clock the times of an answer follow. */
  clock(window: Window, account: Account): DocumentClock;
}

const compact = { prettyPrint: "false" };
const explicit = (): DocumentClock => ({ kind: "explicit" });
const typePath = (stream: GoogleHealthStream) => `/v4/users/me/dataTypes/${stream.type}/dataPoints`;

/** A verb that gives points as they were recorded, chosen by a filter. */
function filtered(verb: string) {
  return {
    request: (stream: GoogleHealthStream, window: Window, size: number): VerbRequest => ({
      method: "GET",
      path: `${typePath(stream)}${verb}`,
      query: { filter: filterOf(stream, window), pageSize: `${size}`, ...compact },
    }),
    points: "dataPoints",
    dayOf: (stream, point) => recordTypes[stream.record].dayOf(payloadOf(stream, point)),
    clock: explicit,
  } as const satisfies Verb;
}

const anyMembers = z.record(z.string(), z.unknown());

/** What a point holds of its data type; undefined when it is no such point. */
export function payloadOf(stream: GoogleHealthStream, point: unknown): unknown {
  return anyMembers.safeParse(point).data?.[fieldName(stream.type)];
}

const rolledUp = z.object({ startTime: z.string() });

export const verbs = {
  /** Every source's own points, which overlap, with the device that measured them. */
  list: filtered(""),
  /** The merged series that the app shows. */
  reconcile: filtered(":reconcile"),
  /** Sums over minutes of UTC; a civil day is asked by its real bounds, 23 to 25 hours apart. */
  rollUp: {
    request: (stream, window, size, { timeZone }) => ({
      method: "POST",
      path: `${typePath(stream)}:rollUp`,
      query: compact,
      body: {
        range: {
          startTime: instant(dayBounds(window.first, timeZone).start),
          endTime: instant(dayBounds(window.last, timeZone).end),
        },
        windowSize: "60s",
        pageSize: size,
      },
    }),
    points: "rollupDataPoints",
    dayOf(_stream, point, { timeZone }) {
      const epochMs = Date.parse(rolledUp.safeParse(point).data?.startTime ?? "");
      return Number.isNaN(epochMs) ? undefined : dayAt(epochMs, zoneOffset(epochMs, timeZone));
    },
    clock: (window, { timeZone }) => ({ kind: "utc", offsets: offsetsOf(window, timeZone) }),
  },
  /** All there is now, of types without days. */
  listAll: {
    request: (stream, _window, size) => ({
      method: "GET",
      path: typePath(stream),
      query: { pageSize: `${size}`, ...compact },
    }),
    points: "dataPoints",
    dayOf: () => undefined,
    clock: explicit,
  },
  /** What the account says of itself now. */
  resource: {
    request: ({ type }) => ({ method: "GET", path: `/v4/users/me/${type}`, query: compact }),
    points: undefined,
    dayOf: () => undefined,
    clock: explicit,
  },
  /** What is paired now. */
  devices: {
    request: () => ({
      method: "GET",
      path: "/v4/users/me/pairedDevices",
      query: { pageSize: "100", ...compact },
    }),
    points: "pairedDevices",
    dayOf: () => undefined,
    clock: explicit,
  },
} as const satisfies Record<string, Verb>;

export type VerbName = keyof typeof verbs;

/** Civil days compare with the wall clock in force when the point was recorded. */
function filterOf(stream: GoogleHealthStream, window: Window): string {
  const { filterMember, upperBound } = recordTypes[stream.record];
  const member = `${filterName(stream.type)}.${filterMember}`;
  if (upperBound) {
    return `${member} >= "${window.first}" AND ${member} < "${addDays(window.last, 1)}"`;
  }
  // Wherever one is, a civil day begins less than a day before it does in UTC.
  return `${member} >= "${addDays(window.first, -1)}T00:00:00Z"`;
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

/** The account's zone during those civil days: all that is known of answers without offsets. */
function offsetsOf({ first, last }: Window, timeZone: string): OffsetFrom[] {
  const { start } = dayBounds(first, timeZone);
  const { end } = dayBounds(last, timeZone);
  return offsetsOfZone({ start, end }, timeZone, "account settings");
}
