/** The CSV files of the body: what a scale or the person wrote down, in UTC and metric units. */

import type { Body } from "../../../pipeline/sources/simulator/body.ts";
import { heightsOf, weighingsOf } from "../../../pipeline/sources/simulator/body_values.ts";
import type { Moment } from "../../../pipeline/sources/simulator/wall_time.ts";
import { type CsvFamily, utcStamp } from "./csv_tree.ts";

/** A family of `Physical Activity` with a line for each value. */
function bodyFile<T extends Moment>(
  stem: string,
  column: string,
  valuesOf: (body: Body, day: string) => readonly T[],
  numberOf: (value: T, index: number) => number | undefined,
): CsvFamily {
  return {
    place: {
      tree: "google",
      product: "Physical Activity",
      title: stem === "body_fat" ? "Body Fat" : stem === "height" ? "Height" : "Weight",
    },
    name: (first) => first === "" ? `${stem}.csv` : `${stem}_${first}.csv`,
    window: stem === "body_fat" ? "utc month" : "one file",
    header: ["timestamp", column],
    lineEnd: "\n",
    recorder: () => "Aria Air",
    lines: (of) =>
      of.days.flatMap((day) => valuesOf(of.world.body, day))
        .filter(({ time_ms }) => time_ms < of.made)
        .flatMap((value, index) => {
          const number = numberOf(value, index);
          return number === undefined ? [] : [{ ...value, cells: [utcStamp(value), number] }];
        }),
  };
}

export const bodyFiles: readonly CsvFamily[] = [
  // The file misses logs that its JSON twin has.
  bodyFile(
    "weight",
    "weight grams",
    weighingsOf,
    ({ weight_g }, index) => index % 2 === 0 ? weight_g : undefined,
  ),
  bodyFile("body_fat", "body fat percentage", weighingsOf, ({ fat_percent }) => fat_percent),
  bodyFile("height", "height millimeters", heightsOf, ({ height_mm }) => height_mm),
];
