/** Saved answers about heart rate and activity. */

import { isObject, member } from "../json/document.ts";
import {
  intradayResources,
  memberOf,
  seriesMeasures,
  zoneMinutesResource,
} from "./activity_resources.ts";
import { daysAmong, membersOf, oneDay, type SavedObject, type SavedShape } from "./saved_shape.ts";

/** The details of an intraday series, by the interval that the answer states. */
const detailOfInterval: Readonly<Record<string, string>> = {
  "1 second": "1sec",
  "1 minute": "1min",
  "5 minute": "5min",
  "15 minute": "15min",
};

/** A day's series of points that carry times only, with the day's own value beside it. */
function intraday(resource: string, details: readonly string[]): SavedShape {
  const daily = memberOf(resource);
  const name = `${daily}-intraday`;
  const datasetOf = (answer: SavedObject) => {
    const series = member(answer, name);
    return isObject(series) ? member(series, "dataset") : undefined;
  };
  return {
    members: [daily, name],
    is: (answer) => isObject(member(answer, name)),
    classify(answer, named) {
      const dataset = datasetOf(answer);
      if (!Array.isArray(dataset)) return { lacks: "an answer without a list of samples" };
      const series = member(answer, name);
      const interval = isObject(series)
        ? `${member(series, "datasetInterval")} ${member(series, "datasetType")}`
        : "";
      const detail = detailOfInterval[interval];
      if (detail === undefined || !details.includes(detail)) {
        return { lacks: `samples every "${interval}", which nobody here knows` };
      }
      const days = membersOf(member(answer, daily), "dateTime");
      if (days.length > 1) {
        return { lacks: `samples of ${days.length} days in one answer, without their dates` };
      }
      const [firstTime] = membersOf(dataset.slice(0, 1), "time");
      return oneDay(
        `activities/${resource}/${detail}`,
        days[0],
        named,
        typeof firstTime === "string" ? firstTime : "",
      );
    },
    keys: (answer) => membersOf(datasetOf(answer), "time"),
  };
}

const zoneMinutes = memberOf(zoneMinutesResource);

/** Active zone minutes of a day, in the shape of the vendor's documentation: minutes with dates. */
const zoneMinutesIntraday: SavedShape = {
  members: [zoneMinutes, `${zoneMinutes}-intraday`],
  is: (answer) => Array.isArray(member(answer, `${zoneMinutes}-intraday`)),
  classify(answer, named) {
    const days = membersOf(member(answer, `${zoneMinutes}-intraday`), "dateTime");
    if (days.length > 1) {
      const span = daysAmong(days);
      if (span !== undefined && span.first !== span.last) {
        return { lacks: `active zone minutes of ${days.length} days in one answer: expected one` };
      }
    }
    return oneDay("activities/active-zone-minutes/1min", days[0], named, "");
  },
  keys: (answer) =>
    membersOf(member(answer, `${zoneMinutes}-intraday`), "minutes")
      .flatMap((minutes) => membersOf(minutes, "minute")),
};

/** A value for each of some days. */
function series(resource: string): SavedShape {
  const name = memberOf(resource);
  return {
    members: [name],
    is: (answer) => Array.isArray(member(answer, name)),
    classify(answer, named) {
      const days = membersOf(member(answer, name), "dateTime");
      const span = daysAmong(days);
      if (span === undefined) {
        return days.length === 0
          ? "an answer without a day in it"
          : oneDay(`activities/${resource}`, days[0], named, "");
      }
      return { stream: `activities/${resource}`, ...span, isTold: true, firstTime: "" };
    },
    keys: (answer) => membersOf(member(answer, name), "dateTime"),
  };
}

/** The totals of a day; only an activity in it tells which. */
const dailySummary: SavedShape = {
  members: ["activities", "goals", "summary"],
  is: (answer) =>
    Array.isArray(member(answer, "activities")) && isObject(member(answer, "summary")),
  classify(answer, named) {
    const days = daysAmong(membersOf(member(answer, "activities"), "startDate"));
    const told = days !== undefined && days.first === days.last ? days.first : undefined;
    return oneDay("activities/date", told, named, "");
  },
  keys: (answer) => ["summary", ...membersOf(member(answer, "activities"), "logId")],
};

/** A page of the list of exercises. */
const activityLog: SavedShape = {
  members: ["activities", "pagination"],
  is: (answer) =>
    Array.isArray(member(answer, "activities")) && isObject(member(answer, "pagination")),
  classify(answer) {
    const span = daysAmong(membersOf(member(answer, "activities"), "startTime"));
    if (span === undefined) return "a list of exercises without one in it";
    return { stream: "activities/list", ...span, isTold: true, firstTime: "" };
  },
  // By their start: ids past 2^53 may be rounded here.
  keys: (answer) => membersOf(member(answer, "activities"), "startTime"),
};

export const activityShapes: readonly SavedShape[] = [
  intraday("heart", ["1sec", "1min", "5min", "15min"]),
  ...intradayResources.map((resource) => intraday(resource, ["1min", "5min", "15min"])),
  intraday(zoneMinutesResource, ["1min"]),
  zoneMinutesIntraday,
  ...["heart", ...seriesMeasures.keys(), zoneMinutesResource].map(
    series,
  ),
  dailySummary,
  activityLog,
];
