/**
 * Steps, distance, floors, elevation, calories and swimming strokes of the Fitbit Web API minute by
 * minute, and their daily series. A day is dense: zeros for every minute, also of days on which the watch lay at home.
 */

import { daysBetween } from "../../../day.ts";
import type { JsonObject } from "../json.ts";
import { minutesPerDay } from "../day_plan.ts";
import { type DayMinute, dayMinutes, repeatedHours, skippedHours } from "./day_minutes.ts";
import { dayTotals, seriesValues, untracked } from "./day_totals.ts";
import { FitbitRefusal, notPersonal } from "./errors.ts";
import { detailLevels, parseDayRequest, type RequestKind } from "./heart_request.ts";
import type { FitbitStream } from "./stream.ts";
import { type Units, unitsOf } from "./units.ts";
import { clockText } from "./wall_clock.ts";

/** A point's value in a minute, by resource; of longer steps it is the sum. */
const pointValues: Readonly<Record<string, (minute: DayMinute, units: Units) => number>> = {
  "steps": ({ steps }) => steps,
  "distance": ({ distance_mm }, units) => units.distance(distance_mm),
  "floors": ({ floors }) => floors,
  "elevation": ({ floors }, units) => units.height(floors),
  "calories": ({ kcal }) => kcal,
  "swimming-strokes": ({ strokes }) => strokes,
};

const longestSeries = { activityCalories: 30 } as const;

/** One resource: its daily series, and its minutes where it has them. */
function resource(name: string): FitbitStream {
  const measured = name.replace("tracker/", "");
  const kind: RequestKind = {
    resource: name,
    details: name in pointValues ? ["1min", "5min", "15min"] : [],
    longestDays: measured === "activityCalories" ? longestSeries[measured] : 1095,
  };
  const value = seriesValues[measured] ?? (() => "0");
  const member = `activities-${name.replace("/", "-")}`;
  return {
    scope: "activity",
    dataWord: "activity",
    answer(path, query, world, settings, language) {
      const request = parseDayRequest(kind, path, query, world, settings.endMinuteInclusive);
      const personal = settings.appType === "Personal";
      if (request.window !== undefined && !personal) throw new FitbitRefusal(notPersonal);
      const units = unitsOf(language);
      const until = world.syncedTo();
      const days = daysBetween(request.first, request.last);
      const daily = days.map((day) => ({
        dateTime: request.window !== undefined && request.written === "today" ? "today" : day,
        value: value(dayTotals(world, day, until), units),
      }));
      if (request.detail === undefined) return { [member]: daily };

      const parts = days.map((day) => {
        const found = dayMinutes(world, day, request.utc, until);
        const isFirst = day === request.first;
        const isLast = day === request.last;
        const from = isFirst ? request.window?.from ?? 0 : 0;
        const to = isLast ? request.window?.to ?? 86_399 : 86_399;
        const minutes = found.isWorn
          ? skippedHours[settings.skippedHour](
            repeatedHours[settings.repeatedHour](found.minutes),
          )
          : nothing();
        return {
          isWorn: found.isWorn,
          minutes: minutes.filter(({ second }) => second >= from && second <= to),
        };
      });
      const { step_s, datasetInterval, datasetType } = detailLevels[request.detail];
      const dataset = parts.flatMap(({ minutes }) => points(name, minutes, step_s, units));
      return {
        // Of calories the service has no value on a day without the watch.
        [member]: name === "calories" && parts.every(({ isWorn }) => !isWorn) ? [] : daily,
        [`${member}-intraday`]: personal ? { dataset, datasetInterval, datasetType } : undefined,
      };
    },
  };
}

/** A day without the watch is all zeros. */
function nothing(): DayMinute[] {
  return Array.from({ length: minutesPerDay }, (_, m) => ({
    time_ms: NaN,
    utc_offset_s: 0,
    second: m * 60,
    worn: false,
    asleep: false,
    steps: 0,
    distance_mm: 0,
    floors: 0,
    kcal: 0,
    mets10: 0,
    level: 0,
    strokes: 0,
  }));
}

function points(
  name: string,
  minutes: readonly DayMinute[],
  step_s: number,
  units: Units,
): JsonObject[] {
  const value = pointValues[name] ?? (() => 0);
  const steps: { start: number; minutes: DayMinute[] }[] = [];
  for (const minute of minutes) {
    const start = minute.second - minute.second % step_s;
    const last = steps.at(-1);
    if (last === undefined || last.start !== start || step_s === 60) {
      steps.push({ start, minutes: [minute] });
    } else last.minutes.push(minute);
  }
  return steps.map(({ start, minutes }) => {
    const sum = (of: (minute: DayMinute) => number) =>
      minutes.reduce((total, minute) => total + of(minute), 0);
    return {
      ...name === "calories"
        ? { level: Math.max(...minutes.map(({ level }) => level)), mets: sum((m) => m.mets10) }
        : {},
      time: clockText(start),
      value: sum((minute) => value(minute, units)),
    };
  });
}

/** Every resource with a daily series, by its path behind the user. */
export const activityResources: readonly (readonly [string, FitbitStream])[] = Object.keys(
  seriesValues,
).flatMap((name) => {
  const names = untracked.has(name) ? [name] : [name, `tracker/${name}`];
  return names.map((name) => [`activities/${name}`, resource(name)] as const);
});
