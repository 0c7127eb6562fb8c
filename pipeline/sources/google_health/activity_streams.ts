/** Data types of moving about. */

import { steps } from "../../catalog/activity.ts";
import { whole } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { pointStream } from "./points.ts";

/** Each data type with its fields; the payload's member is the type's name in camel case. */
export const activityStreams: readonly Stream[] = [
  pointStream({
    name: "steps",
    kind: "interval",
    table: steps,
    // A point without a count is a minute worn without a step: a true zero.
    columns: { steps: field("count", whole, 0) },
  }),
];
