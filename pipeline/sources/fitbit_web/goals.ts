/** What the person has set out to do, as it is on the day it is asked. */

import { goal } from "../../catalog/intake.ts";
import { dayNumber } from "../../day.ts";
import {
  arrayAt,
  countUnknownFields,
  type Known,
  member,
  objectAt,
  parseDocument,
  type UnknownFields,
  unreadable,
} from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { real } from "../records/readings.ts";
import { readClockTime } from "../json/read_value.ts";
import type { Flattened, Stream } from "../source.ts";
import { accountUnits } from "./account_units.ts";

/** How a goal is read, and the unit it then has. */
interface GoalKind {
  readonly unit: string;
  read(value: unknown, place: string, distance_m: number): number;
}

const number = (unit: string): GoalKind => ({
  unit,
  read: (value, place) => Number(real(value, place)),
});

const distance: GoalKind = {
  unit: "m",
  read: (value, place, distance_m) => Number(real(value, place)) * distance_m,
};

/** `22:30`, as minutes since midnight. */
const clockTime: GoalKind = {
  unit: "min after midnight",
  read(value, place) {
    const second = typeof value === "string" ? readClockTime(`${value}:00`) : undefined;
    if (second !== undefined) return second / 60;
    throw unreadable(place, 'a time of day such as "22:30"', value);
  },
};

const ofActivity: Readonly<Record<string, GoalKind>> = {
  steps: number("count"),
  distance,
  floors: number("count"),
  caloriesOut: number("kcal"),
  activeMinutes: number("min"),
  activeZoneMinutes: number("min"),
};

const ofSleep: Readonly<Record<string, GoalKind>> = {
  minDuration: number("min"),
  bedtime: clockTime,
  wakeupTime: clockTime,
};

function goalStream(
  name: string,
  period: string,
  list: string,
  kinds: Readonly<Record<string, GoalKind>>,
  known: readonly string[] = [],
): Stream {
  const knownGoals: Known = Object.fromEntries(
    [...Object.keys(kinds), ...known].map((name) => [name, true]),
  );
  return {
    source: "fitbit-web",
    name,
    table: goal.name,
    series: "goals",
    version: 1,
    flatten(document, manifest): Flattened {
      const unknown: UnknownFields = new Map();
      const notes: string[] = [];
      const rows = new ColumnsBuilder(goal);
      arrayAt(parseDocument(document), "the document").forEach((body, index) => {
        const place = `answers[${index}].${list}`;
        countUnknownFields(body, { [list]: knownGoals, consistency: true }, "", unknown);
        const goals = objectAt(member(objectAt(body, `answers[${index}]`), list), place);
        for (const [of, { unit, read }] of Object.entries(kinds)) {
          const value = member(goals, of);
          if (value === undefined || value === null) continue;
          const { distance_m } = unit === "m"
            ? accountUnits(undefined, manifest, notes)
            : { distance_m: 1 };
          rows.add({
            date: dayNumber(manifest.first_day),
            period,
            goal: of,
            value: read(value, `${place}.${of}`, distance_m),
            unit,
          });
        }
      });
      return { columns: rows.columns(), unknown, notes };
    },
  };
}

/** A stream for each address. */
export const goalStreams: readonly Stream[] = [
  goalStream("activities/goals/daily", "day", "goals", ofActivity),
  goalStream("activities/goals/weekly", "week", "goals", ofActivity),
  goalStream("sleep/goal", "night", "goal", ofSleep, ["updatedOn"]),
];
