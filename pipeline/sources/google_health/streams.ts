/**
 * The streams of the Google Health API: what is asked for, with which verb, in which pages. The one
 * place to add a data type.
 */

import type { LiveStream } from "../source.ts";
import { googleHeartRate } from "./flatten_heart_rate.ts";
import { googleRestingHeartRate } from "./flatten_resting_heart_rate.ts";
import type { RecordName } from "./records.ts";

/** A data type as it is asked for. */
export interface GoogleHealthStream extends LiveStream {
  /**
   * `reconcile` gives the merged series that the app shows; `list` every source's own points, which
   * overlap, with the device that measured them.
   */
  readonly verb: "list" | "reconcile";
  readonly record: RecordName;
  /** The largest page the service gives for the type. */
  readonly pageSize: number;
}

const scopes = "https://www.googleapis.com/auth/googlehealth.";
const vitals = `${scopes}health_metrics_and_measurements.readonly`;

export const googleHealthStreams: readonly GoogleHealthStream[] = [
  {
    ...googleHeartRate,
    window: "day",
    scope: vitals,
    verb: "reconcile",
    record: "sample",
    pageSize: 10_000,
  },
  {
    ...googleRestingHeartRate,
    window: "month",
    scope: vitals,
    verb: "reconcile",
    record: "daily",
    pageSize: 10_000,
  },
];

/** The scopes a login asks for: those of the streams, and what the account's facts need. */
export const googleHealthScopes: readonly string[] = [
  ...new Set(googleHealthStreams.map((stream) => stream.scope)),
  `${scopes}profile.readonly`,
  `${scopes}settings.readonly`,
];
