/** The data types of moving about as the server gives them. */

import type { World } from "../api.ts";
import { activity } from "../day_plan.ts";
import type { Minutes } from "../minutes.ts";
import { perMinute, type Piece, pointsOf } from "./activity_pieces.ts";
import { type ActivityType, activityTypes } from "./activity_types.ts";
import { phone, watch } from "./data_sources.ts";
import type { GoogleSettings } from "./settings.ts";
import type { GoogleStream } from "./stream.ts";

function streamOf(name: string, type: ActivityType): GoogleStream {
  const minutesOf = (utcDay: number, { body }: World) => body.minutesOfUtcDay(utcDay);
  const { rollUp, payload } = type;
  const finer = rollUp?.pieces;
  return {
    points(utcDay, verb, world, settings) {
      const minutes = minutesOf(utcDay, world);
      const recorded = isRecorded(name, settings) ? type.pieces(minutes, world.body.person) : [];
      const twice = name === "steps" && verb === "list" && settings.secondSource;
      const pieces = twice ? interleaved(recorded, phoneSteps(minutes)) : recorded;
      return pointsOf(pieces, world, settings.civilTime, payload, [watch, phone]);
    },
    ...rollUp === undefined ? {} : {
      rollUp: {
        maxDays: rollUp.maxDays,
        value: rollUp.value,
        ...finer === undefined ? {} : {
          points: (utcDay: number, world: World) =>
            pointsOf(finer(minutesOf(utcDay, world)), world, "never", payload),
        },
      },
    },
  };
}

function isRecorded(name: string, { basalEnergy }: GoogleSettings): boolean {
  return name !== "basal-energy-burned" || basalEnergy;
}

/** What the phone counts of the walks it is carried on: the same steps again, and fewer. */
function phoneSteps(minutes: Minutes): Piece[] {
  const walked = perMinute(({ activity: doing, steps }, m) =>
    doing[m] === activity.walking ? Math.floor(steps[m]! * 0.9) : undefined
  );
  return walked(minutes).map((piece) => ({ ...piece, source: 1 }));
}

function interleaved(a: readonly Piece[], b: readonly Piece[]): Piece[] {
  return [...a, ...b].sort((one, other) => one.start_ms - other.start_ms);
}

export const activityStreams: readonly (readonly [string, GoogleStream])[] = Object
  .entries(activityTypes).map(([name, type]) => [name, streamOf(name, type)]);
