/**
 * The daily series of the body, as the Fitbit Web API carries them forward from one weighing to the
 * next. Each resource is a stream, and all of them together are one series of the table.
 */

import { bodySeries } from "../../catalog/body.ts";
import { real } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { answerStream } from "./answer_streams.ts";

/** The resources, and the unit of each. */
const units: Readonly<Record<string, string>> = { weight: "kg", fat: "%", bmi: "kg/m²" };

/** A stream for each resource. */
export const bodySeriesStreams: readonly Stream[] = Object.entries(units)
  .map(([resource, unit]) => ({
    ...answerStream({
      name: `body/${resource}`,
      table: bodySeries,
      list: `body-${resource}`,
      columns: ({ day }) => ({
        date: field("dateTime", day),
        resource: field("^", () => resource),
        value: field("value", real),
        unit: field("^", () => unit),
      }),
      ...resource === "weight"
        ? { unitsNote: "Read in kilograms: the saved answer does not say its units" }
        : {},
    }),
    series: "body/series",
  }));
