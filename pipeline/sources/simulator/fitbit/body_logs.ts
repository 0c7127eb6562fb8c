/** Logs of the body: weight, fat, core temperature. */

import { addDays, type Day } from "../../../day.ts";
import type { World } from "../api.ts";
import type { Body } from "../body.ts";
import { coreTemperaturesOf, heightsOf, type Weighing, weighingsOf } from "../body_values.ts";
import type { JsonObject } from "../json.ts";
import type { Moment } from "../wall_time.ts";
import { daysAsked, wallText } from "./days_asked.ts";
import type { FitbitStream } from "./stream.ts";

/** Where an entry came from: the scale, or the app it was entered in. */
export function originOf({ fat_percent }: Weighing): string {
  return fat_percent === undefined ? "API" : "Aria";
}

/** Body mass index to two decimals, from the height entered on the first day. */
export function bmiOf({ weight_g }: Weighing, body: Body): number {
  const [height] = heightsOf(body, body.person.memberSince);
  const height_m = (height?.height_mm ?? 1700) / 1000;
  return Number((weight_g / 1000 / height_m ** 2).toFixed(2));
}

/** What every entry has. Its id is the time on the wall clock as if that were UTC. */
function entry({ time_ms, utc_offset_s }: Moment): JsonObject {
  const [date = "", time = ""] = wallText(time_ms, utc_offset_s).split("T");
  return { date, logId: time_ms + utc_offset_s * 1000, time: time.slice(0, 8) };
}

function bodyLog<Value extends Moment>(
  list: string,
  scope: string,
  longest: number,
  valuesOf: (body: Body, day: Day) => readonly Value[],
  write: (value: Value, body: Body) => JsonObject | undefined,
): FitbitStream {
  return {
    scope,
    dataWord: scope,
    answer(path, _query, world) {
      const { days } = daysAsked(path, longest, world);
      return {
        [list]: days.flatMap((day) => valuesOf(world.body, day))
          .filter(({ time_ms }) => time_ms < world.syncedTo())
          .flatMap((value): readonly JsonObject[] => {
            const entry = write(value, world.body);
            return entry === undefined ? [] : [entry];
          }),
      };
    },
  };
}

/** What a daily series carries forward, by its resource; undefined when that weighing had none. */
const carried: Readonly<Record<string, (weighing: Weighing, body: Body) => number | undefined>> = {
  weight: ({ weight_g }) => weight_g / 1000,
  fat: ({ fat_percent }) => fat_percent,
  bmi: bmiOf,
};

/** The value of the last weighing up to a day that has one; undefined before the first. */
export function carriedOf(
  { body, syncedTo }: Pick<World, "body" | "syncedTo">,
  resource: string,
  day: Day,
): number | undefined {
  for (let at = day; at >= body.person.memberSince; at = addDays(at, -1)) {
    const found = weighingsOf(body, at).filter(({ time_ms }) => time_ms < syncedTo())
      .flatMap((weighing) => carried[resource]?.(weighing, body) ?? []).at(-1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function bodySeries(resource: string, longest: number): readonly [string, FitbitStream] {
  return [`body/${resource}`, {
    scope: "weight",
    dataWord: "weight",
    answer: (path, _query, world) => ({
      [`body-${resource}`]: daysAsked(path, longest, world).days.flatMap((day) => {
        const value = carriedOf(world, resource, day);
        return value === undefined ? [] : [{ dateTime: day, value: String(value) }];
      }),
    }),
  }];
}

/** By the path behind the user. */
export const bodyResources: readonly (readonly [string, FitbitStream])[] = [
  [
    "body/log/weight",
    bodyLog("weight", "weight", 31, weighingsOf, (weighing, body) => ({
      bmi: bmiOf(weighing, body),
      fat: weighing.fat_percent,
      source: originOf(weighing),
      weight: weighing.weight_g / 1000,
      ...entry(weighing),
    })),
  ],
  [
    "body/log/fat",
    bodyLog(
      "fat",
      "weight",
      30,
      weighingsOf,
      (weighing) =>
        weighing.fat_percent === undefined
          ? undefined
          : { fat: weighing.fat_percent, source: originOf(weighing), ...entry(weighing) },
    ),
  ],
  [
    "temp/core",
    bodyLog("tempCore", "temperature", 30, coreTemperaturesOf, (value) => ({
      dateTime: wallText(value.time_ms, value.utc_offset_s).slice(0, 19),
      value: value.temperature_c,
    })),
  ],
  bodySeries("weight", 31),
  bodySeries("fat", 30),
  bodySeries("bmi", 1095),
];
