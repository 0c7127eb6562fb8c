/** What the account says of the person on the day it is asked: strides and age, and its time zone. */

import { profile } from "../../catalog/intake.ts";
import { dateObject, scaled, text, whole } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { undatedStream } from "./undated.ts";

const metres = scaled(1 / 1000);

const series = "account";

/** Two resources, and one row of both; fields as in the schemas Profile and Settings of v4. */
export const personStreams: readonly Stream[] = [
  undatedStream({
    name: "profile",
    table: profile,
    series,
    columns: {
      age: field("age", whole),
      member_since: field("membershipStartDate", dateObject),
      walking_stride_m: field("autoWalkingStrideLengthMm", metres),
      running_stride_m: field("autoRunningStrideLengthMm", metres),
      configured_walking_stride_m: field("userConfiguredWalkingStrideLengthMm", metres),
      configured_running_stride_m: field("userConfiguredRunningStrideLengthMm", metres),
    },
    known: [],
  }),
  undatedStream({
    name: "settings",
    table: profile,
    series,
    columns: { time_zone: field("timeZone", text) },
    known: [
      ...["utcOffset", "languageLocale", "foodLanguageCode", "autoStrideEnabled"],
      ...["strideLengthWalkingType", "strideLengthRunningType"],
      ...["distance", "weight", "height", "temperature", "glucose", "water", "swim"]
        .map((quantity) => `${quantity}Unit`),
    ],
  }),
];
