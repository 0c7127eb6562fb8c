/**
 * What a client must end up with: for each service and table the rows of a civil day, in the units
 * of the catalogue. Made from the body, not from the answers, so that a test can compare the two.
 */

import type { Day } from "../../day.ts";
import type { ApiName, World } from "./api.ts";
import { activityTruth as fitbitActivityTruth } from "./fitbit/activity_truth.ts";
import type { FitbitSettings } from "./fitbit/settings.ts";
import { sleepAndBodyTruth } from "./fitbit/sleep_and_body_truth.ts";
import { activityTruth } from "./google/activity_truth.ts";
import { bodyTruth } from "./google/body_truth.ts";
import { sessionTruth } from "./google/session_truth.ts";
import type { GoogleSettings } from "./google/settings.ts";
import { vitalsTruth } from "./google/vitals_truth.ts";

/**
 * A row: every column of the catalogue but `source`. Instants are ISO text with milliseconds, dates
 * `YYYY-MM-DD`, null is null.
 */
export type TruthRow = Readonly<Record<string, string | number | boolean | null>>;

/** What the rows depend on. */
export interface TruthOf {
  readonly world: World;
  readonly google: GoogleSettings;
  readonly fitbit: FitbitSettings;
}

/** The rows of a table on a civil day, whether synced by now or not, in order of the table's key. */
export type Truth = (of: TruthOf, day: Day) => readonly TruthRow[];

/** For each service the tables it gives: the one place to add one. */
export const truths: Readonly<Record<ApiName, Readonly<Record<string, Truth>>>> = {
  "google-health": { ...activityTruth, ...sessionTruth, ...vitalsTruth, ...bodyTruth },
  "fitbit-web": { ...fitbitActivityTruth, ...sleepAndBodyTruth },
};

/** The rows of a table on a civil day; throws a RangeError for a table the service does not give. */
export function truthRows(of: TruthOf, api: ApiName, table: string, day: Day): readonly TruthRow[] {
  const truth = truths[api][table];
  if (truth === undefined) {
    throw new RangeError(`Cannot tell the ${table} of ${day}: ${api} gives no such table`);
  }
  return truth(of, day);
}
