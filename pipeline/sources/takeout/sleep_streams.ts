/**
 * `sleep-*.json`: the logs of the Fitbit Web API in one array, newest first. A night at the boundary
 * of two windows is in both files; its copies are the same row.
 */

import { isDay } from "../../day.ts";
import { parseWithIds } from "../fitbit_web/ids.ts";
import { sleepStreams } from "../fitbit_web/sleep_logs.ts";
import { arrayAt, unreadable } from "../json/document.ts";

/** Sleep and its stages, on the wall clock of where the person slept. */
export const takeoutSleepStreams = sleepStreams({ source: "takeout", name: "sleep-*.json" }, {
  lists: (document) => {
    const records = arrayAt(parseWithIds(document), "the document");
    return [{ records, place: "", general: "" }];
  },
  dayOf(value, place) {
    if (typeof value === "string" && isDay(value)) return value;
    throw unreadable(place, "a day such as 2026-10-25", value);
  },
  mainSleep: "mainSleep",
});
