/** Data types of the body that are measured now and then: on a scale, by hand, by a sensor. */

import { bloodGlucose, bodyFat, height, weight } from "../../catalog/body.ts";
import { real, scaled, text, word } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { pointStream } from "./points.ts";

/** Each data type with its fields; the payload's member is the type's name in camel case. */
export const bodyStreams: readonly Stream[] = [
  pointStream({
    name: "weight",
    kind: "sample",
    table: weight,
    columns: { weight_kg: field("weightGrams", scaled(0.001)), notes: field("notes", text) },
    version: 2,
  }),
  pointStream({
    name: "body-fat",
    kind: "sample",
    table: bodyFat,
    columns: { percent: field("percentage", real) },
  }),
  pointStream({
    name: "height",
    kind: "sample",
    table: height,
    columns: { height_m: field("heightMillimeters", scaled(0.001)) },
  }),
  pointStream({
    name: "blood-glucose",
    kind: "sample",
    table: bloodGlucose,
    columns: {
      glucose_mg_per_dl: field("bloodGlucoseMilligramsPerDeciliter", real),
      measured_by: field("measurementSource", word),
      timing: field("measurementTiming", word),
      meal: field("mealType", word),
      specimen: field("specimen", word),
      notes: field("notes", text),
    },
    version: 2,
  }),
];
