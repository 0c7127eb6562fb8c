/** What the profile of the Fitbit Web API says of the person on the day it is asked. */

import { profile } from "../../catalog/intake.ts";
import { isoDate, scaled, text, whole } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { answerStream } from "./answer_streams.ts";

/** Centimetres, as the service writes to who names no language. */
const metres = scaled(1 / 100);

/** Beside what is read: what the person is called and looks like, how they want things shown. */
const known = [
  ...["encodedId", "displayName", "displayNameSetting", "firstName", "lastName", "fullName"],
  ...["avatar", "avatar150", "avatar640", "aboutMe", "dateOfBirth", "gender", "country", "state"],
  ...["height", "weight", "averageDailySteps", "topBadges", "features", "sleepTracking"],
  ...["offsetFromUTCMillis", "locale", "languageLocale", "foodsLocale", "startDayOfWeek"],
  ...["clockTimeDisplayFormat", "autoStrideEnabled", "waterUnitName"],
  ...["strideLengthWalkingType", "strideLengthRunningType"],
  ...["distance", "weight", "height", "temperature", "glucose", "water", "swim"]
    .map((quantity) => `${quantity}Unit`),
  ...["ambassador", "challengesBeta", "corporate", "corporateAdmin", "isBugReportEnabled"],
  ...["isChild", "isCoach", "legalTermsAcceptRequired", "mfaEnabled", "sdkDeveloper"],
];

/** The profile; no field tells the day, it is the one it was asked for. */
export const fitbitProfile: Stream = answerStream({
  name: "profile",
  table: profile,
  needed: ["user"],
  columns: ({ firstDay }) => ({
    date: field("^", () => firstDay),
    age: field("user.age", whole),
    member_since: field("user.memberSince", isoDate),
    time_zone: field("user.timezone", text),
    walking_stride_m: field("user.strideLengthWalking", metres),
    running_stride_m: field("user.strideLengthRunning", metres),
  }),
  known: known.map((name) => `user.${name}`),
});
