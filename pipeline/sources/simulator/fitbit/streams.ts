/** The resources with simulated data, by their path behind the user: the one place to add another. */

import { activityResources } from "./activity_intraday.ts";
import { activityList } from "./activity_list.ts";
import { activitySummary } from "./activity_summary.ts";
import { zoneMinuteStream } from "./activity_zone_minutes.ts";
import { bodyResources } from "./body_logs.ts";
import { clinicalResources } from "./clinical_lists.ts";
import { heartRate } from "./heart_rate.ts";
import { nightlyResources } from "./nightly.ts";
import { sleepResource } from "./sleep.ts";
import type { FitbitStream } from "./stream.ts";

export const streams: ReadonlyMap<string, FitbitStream> = new Map([
  ["activities/heart", heartRate],
  ...activityResources,
  ["activities/active-zone-minutes", zoneMinuteStream],
  ["activities", activitySummary],
  ["activities/list", activityList],
  sleepResource,
  ...nightlyResources,
  ...bodyResources,
  ...clinicalResources,
]);
