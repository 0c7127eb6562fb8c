/**
 * The streams of the Fitbit Web API: what is asked for, at which detail, by which clock. The one
 * place to add a resource.
 */

import type { LiveStream, Stream } from "../source.ts";
import { fitbitHeartRate, fitbitHeartRateMeans, fitbitHeartRateUtc } from "./flatten_heart_rate.ts";
import { fitbitRestingHeartRate } from "./flatten_resting_heart_rate.ts";
import { clocksChange } from "./utc_days.ts";

/** An intraday resource as it is asked for, a civil day at a time. */
export interface FitbitWebStream extends LiveStream {
  /** `activities/heart`; its members in the answer are spelled `activities-heart`. */
  readonly resource: string;
  readonly detail: "1sec" | "1min";
  /** Asked for as the UTC dates that cover the day, instead of as the day by the profile's clock. */
  readonly utc: boolean;
}

export const fitbitWebLive: readonly FitbitWebStream[] = [
  {
    ...fitbitHeartRate,
    window: "day",
    scope: "heartrate",
    resource: "activities/heart",
    detail: "1sec",
    utc: false,
    cost: { requests: 1, bytes: 500_000 },
  },
  {
    ...fitbitHeartRateUtc,
    window: "day",
    scope: "heartrate",
    resource: "activities/heart",
    detail: "1sec",
    utc: true,
    cost: { requests: 3, bytes: 1_500_000 },
    wanted: (day, account) => clocksChange(day, account.timeZone),
  },
];

/** The scopes a login asks for: those of the streams, the profile's and the devices'. */
export const fitbitWebScopes: readonly string[] = [
  ...new Set(fitbitWebLive.map((stream) => stream.scope)),
  "profile",
  "settings",
];

/**
 * Every stream, live or saved, the most trusted first: answers in UTC tell the passes of a repeated
 * hour apart, and samples say more than their means.
 */
export const fitbitWebStreams: readonly Stream[] = [
  fitbitHeartRateUtc,
  fitbitHeartRate,
  ...fitbitHeartRateMeans,
  ...fitbitRestingHeartRate,
];
