/** What a client must end up with of the person: both APIs know the same. */

import { runningStride_mm, walkingStride_mm } from "./minutes.ts";
import { isToday } from "./present.ts";
import type { Truth } from "./truth.ts";

/** The row of the day it is asked. */
export const profileTruth: Truth = ({ world }, day) => {
  if (!isToday(world, day)) return [];
  const { person, zones } = world.body;
  return [{
    date: day,
    age: person.age,
    member_since: person.memberSince,
    time_zone: zones.spanAt(world.clock.now()).timeZone,
    walking_stride_m: walkingStride_mm / 1000,
    running_stride_m: runningStride_mm / 1000,
    configured_walking_stride_m: null,
    configured_running_stride_m: null,
  }];
};
