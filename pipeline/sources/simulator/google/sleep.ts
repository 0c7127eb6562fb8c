/**
 * `sleep`: nights and naps, filtered by their end. One that still goes on has no end yet, one that has
 * just ended no stages; in `list` the phone's guesses at the same nights stand beside the watch's.
 */

import { MS_PER_DAY } from "../../../day.ts";
import type { World } from "../api.ts";
import type { JsonObject } from "../json.ts";
import { nightsOf, type Sleep, sleepState, stageTotals } from "../nights.ts";
import { civilDaysOf, type Stretch, stretchBetween } from "../stretches.ts";
import { phone, watch } from "./data_sources.ts";
import {
  partTimes,
  sessionInterval,
  type SessionPoint,
  sessionPoints,
  stampText,
} from "./session_points.ts";
import type { GoogleSettings } from "./settings.ts";
import type { GoogleStream } from "./stream.ts";

/** So long after its end the service has stored a sleep. */
const storedAfterMs = 240_000;

/** The minutes of a sleep's summary, from its stages alone: short awakenings count as light sleep. */
export function summaryMinutes(sleep: Sleep) {
  const totals = stageTotals(sleep);
  const seconds = (...stages: readonly Sleep["stages"][number]["stage"][]) =>
    stages.reduce((sum, stage) => sum + (totals.get(stage)?.seconds ?? 0), 0);
  const minutes = (s: number) => Math.round(s / 60);
  return {
    inSleepPeriod: minutes((sleep.to_ms - sleep.from_ms) / 1000),
    asleep: minutes(seconds("light", "deep", "rem", "asleep")),
    awake: minutes(seconds("awake")),
    stages: Array.from(totals, ([stage, { seconds, count }]) => ({
      stage,
      minutes: minutes(seconds),
      count,
    })),
  };
}

export const sleep: GoogleStream = {
  points(utcDay, verb, world, settings) {
    const syncedTo = world.syncedTo();
    const sleeps = civilDaysOf(utcDay).flatMap((day) => nightsOf(world.body, day));
    const points = sleeps.flatMap((sleep): SessionPoint[] => {
      const state = sleepState(sleep, syncedTo);
      if (state === "unknown") return [];
      if (state === "going_on") {
        const begun = stretchBetween(world.body, sleep.from_ms, syncedTo);
        return [{
          id: sleep.id,
          // Found by what is known of it so far: it has not ended before the last sync.
          time_ms: syncedTo - 1,
          known_ms: sleep.from_ms,
          source: 0,
          payload: begunPayload(begun),
        }];
      }
      const known = { time_ms: sleep.to_ms, known_ms: sleep.to_ms - 1 };
      const processed = state === "processed";
      const own = { ...known, id: sleep.id, source: 0 };
      const guessed = verb === "list" && settings.secondSource && processed;
      return [
        { ...own, payload: sleepPayload(sleep, processed, settings, world) },
        ...guessed ? [{ ...known, ...guess(sleep, settings, world) }] : [],
      ];
    });
    const ofDay = points.filter(({ time_ms }) => Math.floor(time_ms / MS_PER_DAY) === utcDay);
    return sessionPoints(ofDay, [watch, phone], world);
  },
};

/** What there is of a sleep that goes on: where it began. */
function begunPayload(begun: Stretch): JsonObject {
  const { startTime, startUtcOffset } = partTimes(begun);
  return {
    interval: { startTime, startUtcOffset },
    type: "STAGES",
    createTime: stampText(begun.to_ms),
    updateTime: stampText(begun.to_ms),
    metadata: {},
  };
}

function sleepPayload(
  sleep: Sleep,
  processed: boolean,
  settings: GoogleSettings,
  world: World,
): JsonObject {
  const stored = sleep.to_ms + storedAfterMs;
  const stamp = { createTime: stampText(stored), updateTime: stampText(stored) };
  const part = (stage: string | undefined, from_ms: number, to_ms: number): JsonObject => ({
    type: stage?.toUpperCase(),
    ...partTimes(stretchBetween(world.body, from_ms, to_ms)),
  });
  const unlessZero = (minutes: number) => minutes === 0 ? undefined : String(minutes);
  const list = (parts: readonly JsonObject[]) => parts.length === 0 ? undefined : parts;
  const known = {
    interval: sessionInterval(sleep, settings.civilTime),
    type: sleep.type.toUpperCase(),
    ...stamp,
  };
  // False and zero are defaults, and left out.
  if (!processed) return { ...known, metadata: { mainSleep: sleep.main || undefined } };
  const minutes = summaryMinutes(sleep);
  return {
    ...known,
    metadata: {
      processed: true,
      mainSleep: sleep.main || undefined,
      nap: sleep.nap || undefined,
      manuallyEdited: sleep.edited || undefined,
      stagesStatus: sleep.status.toUpperCase(),
    },
    stages: list(
      sleep.stages.map(({ stage, from_ms, to_ms }) => ({
        ...part(stage, from_ms, to_ms),
        ...stamp,
      })),
    ),
    shortAwakenings: list(
      sleep.shortAwakenings.map(({ stage, from_ms, to_ms }) => part(stage, from_ms, to_ms)),
    ),
    outOfBedSegments: list(
      sleep.outOfBed.map(({ from_ms, to_ms }) => part(undefined, from_ms, to_ms)),
    ),
    summary: {
      minutesInSleepPeriod: String(minutes.inSleepPeriod),
      minutesAsleep: String(minutes.asleep),
      minutesAwake: String(minutes.awake),
      minutesToFallAsleep: unlessZero(sleep.toFallAsleep_min),
      minutesAfterWakeUp: unlessZero(sleep.afterWakeUp_min),
      stagesSummary: minutes.stages.map(({ stage, minutes, count }) => ({
        type: stage.toUpperCase(),
        minutes: String(minutes),
        count: String(count),
      })),
    },
  };
}

/** The phone lay beside the bed: it knows when, in whole minutes, and no more. */
function guess(
  sleep: Sleep,
  settings: GoogleSettings,
  { body }: World,
): Pick<SessionPoint, "id" | "source" | "payload"> {
  const stretch = stretchBetween(
    body,
    Math.floor(sleep.from_ms / 60_000) * 60_000,
    Math.floor(sleep.to_ms / 60_000) * 60_000,
  );
  return {
    id: `${sleep.id.slice(0, 10)}-phone`,
    source: 1,
    payload: {
      interval: sessionInterval(stretch, settings.civilTime),
      type: "CLASSIC",
      metadata: { processed: true, externalId: `phone-${sleep.id.slice(0, 10)}` },
    },
  };
}
