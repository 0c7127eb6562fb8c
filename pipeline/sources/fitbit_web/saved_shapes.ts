/** Every kind of saved answer that is taken: the one place to add another. */

import { activityShapes } from "./activity_saved_shapes.ts";
import type { SavedShape } from "./saved_shape.ts";
import { sleepAndBodyShapes } from "./sleep_and_body_saved_shapes.ts";

/** The first one that an answer is of counts. */
export const savedShapes: readonly SavedShape[] = [
  ...activityShapes,
  ...sleepAndBodyShapes,
];
