/**
 * Heart rate as the Fitbit Web API gives it: intraday in its two shapes (with and without a time
 * window), and the daily series. Only measured points exist; gaps are absent, never null or zero.
 */

import { daysBetween, today } from "../../../day.ts";
import type { Day } from "../../../day.ts";
import type { World } from "../api.ts";
import type { JsonObject } from "../json.ts";
import { FitbitRefusal, notPersonal } from "./errors.ts";
import { detailLevels, heartKind, parseDayRequest } from "./heart_request.ts";
import type { DayRequest, DetailLevel, TimeWindow } from "./heart_request.ts";
import type { FitbitSettings } from "./settings.ts";
import type { FitbitStream } from "./stream.ts";
import { clockText, labelled, means, within } from "./wall_clock.ts";
import type { Labelled } from "./wall_clock.ts";
import { emptyZones, filledZones, provisionalZones } from "./zones.ts";

export const heartRate: FitbitStream = {
  scope: "heartrate",
  dataWord: "heart rate",
  answer(path, query, world, settings) {
    const request = parseDayRequest(heartKind, path, query, world, settings.endMinuteInclusive);
    const personal = settings.appType === "Personal";
    if (request.window !== undefined && !personal) throw new FitbitRefusal(notPersonal);
    const days = daysBetween(request.first, request.last)
      .map((day) => dayOf(day, request, world, settings));
    return {
      "activities-heart": days.map((day) =>
        request.window === undefined ? unbounded(day, world) : bounded(day, request, world)
      ),
      // Apps that are not Personal see the daily part alone.
      "activities-heart-intraday": request.detail === undefined || !personal
        ? undefined
        : intraday(days.map((day) => day.points), request.detail),
    };
  },
};

/** One day's part of an answer. */
interface DayPart {
  readonly day: Day;
  readonly isToday: boolean;
  /** The points at the detail level that was asked. */
  readonly points: Labelled;
  /** Minute means over the same window: what the zones are counted from. */
  readonly minutes: Labelled;
}

function dayOf(
  day: Day,
  request: DayRequest,
  world: World,
  settings: FitbitSettings,
): DayPart {
  const samples = labelled(day, request.utc, world, settings.repeatedHour);
  const zone = request.utc ? "UTC" : world.body.zones.spanAt(world.clock.now()).timeZone;
  const step_s = detailLevels[request.detail ?? "1min"].step_s;
  const cut = (points: Labelled, step_s: number) => {
    const { from, to } = windowOn(day, request);
    return within(points, from - (from % step_s), to);
  };
  return {
    day,
    isToday: day === today(world.clock.now(), zone),
    points: cut(step_s === 1 ? samples : means(samples, step_s), step_s),
    minutes: cut(means(samples, 60), 60),
  };
}

/** A window over two dates begins on the first and ends on the last. */
function windowOn(day: Day, { first, last, window }: DayRequest): TimeWindow {
  return {
    from: day === first ? window?.from ?? 0 : 0,
    to: day === last ? window?.to ?? 86_399 : 86_399,
  };
}

/** With `/time/`: zones beside `value`, which is the mean of the points, as text. */
function bounded({ day, points, minutes }: DayPart, request: DayRequest, world: World) {
  const age = world.body.person.age;
  const empty = points.bpm.length === 0;
  const mean = points.bpm.reduce((sum, bpm) => sum + bpm, 0) / Math.max(1, points.bpm.length);
  return {
    customHeartRateZones: [],
    dateTime: request.written === "today" ? "today" : day,
    heartRateZones: empty ? emptyZones(age) : filledZones(age, minutes.bpm),
    // Two decimals, trailing zeros dropped: "73.52", "70", "0".
    value: String(Number(mean.toFixed(2))),
  } satisfies JsonObject;
}

/** Without `/time/`: zones and resting heart rate inside `value`. */
function unbounded({ day, isToday, minutes }: DayPart, world: World): JsonObject {
  const age = world.body.person.age;
  const empty = minutes.bpm.length === 0;
  const zones = isToday ? provisionalZones(age) : filledZones(age, minutes.bpm);
  return {
    dateTime: day,
    value: {
      customHeartRateZones: [],
      heartRateZones: empty ? emptyZones(age) : zones,
      restingHeartRate: empty ? undefined : world.body.restingHeartRate(day)?.bpm,
    },
  };
}

function intraday(days: readonly Labelled[], detail: DetailLevel): JsonObject {
  const { datasetInterval, datasetType } = detailLevels[detail];
  const dataset = days.flatMap(({ second, bpm }) =>
    second.map((s, i) => ({ time: clockText(s), value: bpm[i]! }))
  );
  return { dataset, datasetInterval, datasetType };
}
