/** The TCX files of an export: one of each workout. */

import { tcxOf } from "../../../pipeline/sources/simulator/tracks.ts";
import { workoutsOf } from "../../../pipeline/sources/simulator/workouts.ts";
import type { Export } from "./export_of.ts";
import type { ExportFile } from "./layouts.ts";

export function trackFiles({ days, world: { body }, made }: Export): ExportFile[] {
  return days.flatMap((day) => workoutsOf(body, day)).filter(({ to_ms }) => to_ms < made)
    .map((workout): ExportFile => ({
      place: { tree: "category", folder: "Activities" },
      name: `${workout.id}.tcx`,
      text: tcxOf(workout, (time_ms) => new Date(time_ms).toISOString()),
    }));
}
