/** Heart rate and activity of the Fitbit Web API: every stream, and what is asked of the live service. */

import type { Stream } from "../source.ts";
import { intradayResources, seriesMeasures, zoneMinutesResource } from "./activity_resources.ts";
import {
  fitbitActivityDay,
  fitbitSummaryResting,
  fitbitSummaryZones,
  summaryStream,
} from "./daily_summary.ts";
import { exerciseStreams, listStream } from "./exercise_log.ts";
import { fitbitHeartRate, fitbitHeartRateMeans, fitbitHeartRateUtc } from "./flatten_heart_rate.ts";
import { fitbitRestingHeartRate } from "./flatten_resting_heart_rate.ts";
import { fitbitHeartZones } from "./heart_zones.ts";
import { intradayStreams } from "./intraday_streams.ts";
import { fitbitZoneMinutes } from "./intraday_zone_minutes.ts";
import type { FitbitWebStream } from "./live_stream.ts";
import { intradayLook, listLook, seriesLook, summaryLook, zoneMinutesLook } from "./looks.ts";
import { seriesStreams } from "./series_streams.ts";
import { fitbitTracks, trackPaths } from "./tracks.ts";
import { clocksChange } from "./utc_days.ts";

/**
 * Every stream, live or saved, for each table the most trusted first: answers in UTC tell the passes
 * of a repeated hour apart, samples say more than their means, and the summary has the zones of a
 * day right before the day is over.
 */
export const activityStreams: readonly Stream[] = [
  fitbitHeartRateUtc,
  fitbitHeartRate,
  ...fitbitHeartRateMeans,
  ...fitbitRestingHeartRate,
  fitbitSummaryResting,
  fitbitSummaryZones,
  ...fitbitHeartZones,
  ...intradayStreams,
  fitbitZoneMinutes,
  fitbitActivityDay,
  ...seriesStreams,
  ...exerciseStreams,
  fitbitTracks,
];

function streamNamed(name: string): Stream {
  const stream = activityStreams.find((stream) => stream.name === name);
  if (stream !== undefined) return stream;
  throw new RangeError(`There is no stream "${name}"`);
}

const user = "/1/user/-/activities";

/** A day at its finest detail; in UTC too when the clocks change, whose local times are ambiguous. */
function intradayLive(
  resource: string,
  detail: string,
  scope: string,
  bytes: number,
): FitbitWebStream[] {
  const asked = {
    window: "day",
    scope,
    // Without /time/...: the last minute is whole, and the resting heart rate comes with it.
    path: `${user}/${resource}/date/{first}/1d/${detail}.json`,
    look: intradayLook(resource),
  } as const;
  return [
    {
      ...streamNamed(`activities/${resource}/${detail}`),
      ...asked,
      cost: { requests: 1, bytes },
    },
    {
      ...streamNamed(`activities/${resource}/${detail}-utc`),
      ...asked,
      utc: true,
      cost: { requests: 3, bytes: 3 * bytes },
      wanted: (day, account) => clocksChange(day, account.timeZone),
    },
  ];
}

/** A value a day. The API gives 1095 days at once, of calories from activity 30: one less is asked. */
function seriesLive(resource: string, scope = "activity"): FitbitWebStream {
  const isShort = resource.endsWith("activityCalories");
  return {
    ...streamNamed(`activities/${resource}`),
    window: isShort ? { days: 29 } : "year",
    scope,
    path: `${user}/${resource}/date/{first}/{last}.json`,
    look: seriesLook(resource),
    cost: { requests: 1, bytes: isShort ? 1500 : 17_000 },
  };
}

/** What is asked for, in the order of what shows results early. */
export const activityLive: readonly FitbitWebStream[] = [
  // A year holds 366 days at times, and the zones' series may be limited to 365.
  {
    ...seriesLive("heart", "heartrate"),
    window: { days: 365 },
    cost: { requests: 1, bytes: 150_000 },
  },
  ...Array.from(seriesMeasures.keys(), (resource) => seriesLive(resource)),
  seriesLive(zoneMinutesResource),
  {
    ...streamNamed(listStream),
    window: "year",
    scope: "activity",
    path: `${user}/list.json?afterDate={first}&sort=asc&offset=0&limit=100`,
    look: listLook("activities", "startTime"),
    cost: { requests: 8, bytes: 400_000 },
  },
  {
    ...streamNamed(fitbitTracks.name),
    window: "day",
    scope: "location",
    path: `${user}/list.json?afterDate={first}&sort=asc&offset=0&limit=20`,
    look: listLook("activities", "startTime"),
    filePaths: trackPaths,
    cost: { requests: 4, bytes: 500_000 },
    onRequest: true,
  },
  ...intradayLive("heart", "1sec", "heartrate", 500_000),
  ...intradayResources.flatMap((resource) =>
    intradayLive(resource, "1min", "activity", resource === "calories" ? 100_000 : 45_000)
  ),
  {
    ...streamNamed(`activities/${zoneMinutesResource}/1min`),
    window: "day",
    scope: "activity",
    path: `${user}/${zoneMinutesResource}/date/{first}/1d/1min.json`,
    look: zoneMinutesLook(zoneMinutesResource),
    cost: { requests: 1, bytes: 5000 },
  },
  {
    ...streamNamed(summaryStream),
    window: "day",
    scope: "activity",
    path: `${user}/date/{first}.json`,
    look: summaryLook,
    cost: { requests: 1, bytes: 2500 },
  },
];
