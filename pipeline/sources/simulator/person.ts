/** Who is simulated: all that is fixed about the made-up person. */

import type { Day } from "../../day.ts";
import type { ZonePeriod } from "./zone_history.ts";

/** How often the watch records: `usual` about 16,000 samples a day, `dense` about 30,000. */
export type Cadence = "usual" | "dense";

/** While away from its phone the watch records but hands nothing over. */
export interface Offline {
  /** RFC 3339 instants. */
  readonly from: string;
  readonly to: string;
}

export interface Person {
  /** Everything measured is a function of the seed and the day. */
  readonly seed: number;
  /** The first day with data. */
  readonly memberSince: Day;
  readonly age: number;
  readonly zones: readonly ZonePeriod[];
  readonly cadence: Cadence;
  /** The watch lay at home all day. */
  readonly unwornDays: readonly Day[];
  /** The watch lay on the charger in the night that ended on that day. */
  readonly unwornNights: readonly Day[];
  readonly offline: readonly Offline[];
  /** Ids by which the two services know the person. */
  readonly healthUserId: string;
  readonly fitbitUserId: string;
}
