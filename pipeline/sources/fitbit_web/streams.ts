/**
 * The streams of the Fitbit Web API: what is asked for, at which detail, by which clock. The one
 * place to add a resource.
 */

import type { Stream } from "../source.ts";
import { activityLive, activityStreams } from "./activity_streams.ts";
import type { FitbitWebStream } from "./live_stream.ts";
import { sleepAndBodyLive, sleepAndBodyStreams } from "./sleep_and_body_streams.ts";

/** What is asked of the live service; streams due for the same days are asked in this order. */
export const fitbitWebLive: readonly FitbitWebStream[] = [
  ...sleepAndBodyLive,
  ...activityLive,
];

/** The scopes a login asks for: those of the streams, the profile's and the devices'. */
export const fitbitWebScopes: readonly string[] = [
  ...new Set([
    ...fitbitWebLive.filter(({ onRequest }) => onRequest !== true).map(({ scope }) => scope),
    "profile",
    "settings",
  ]),
];

/** Every stream, live or saved, for each table the most trusted first. */
export const fitbitWebStreams: readonly Stream[] = [
  ...activityStreams,
  ...sleepAndBodyStreams,
];
