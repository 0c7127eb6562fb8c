/**
 * The daily series of the Fitbit Web API: a value a day of one resource, as text. Each resource is a
 * stream, and all of them together are one series of the table.
 */

import { activitySeries } from "../../catalog/activity.ts";
import { dayNumber } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import {
  arrayAt,
  countUnknownFields,
  member,
  objectAt,
  parseDocument,
  type UnknownFields,
} from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { real } from "../records/readings.ts";
import type { Flattened, Stream } from "../source.ts";
import { accountUnits, areFeet } from "./account_units.ts";
import {
  type Measure,
  memberOf,
  seriesMeasures,
  zoneMinutesResource,
} from "./activity_resources.ts";
import { answeredDay } from "./answer_days.ts";
import { knownZoneMinutes } from "./intraday_zone_minutes.ts";

/** A resource's value of one day. */
interface DayValue {
  readonly date: number;
  readonly resource: string;
  readonly value: number;
}

/** The days of a document of one resource. */
function daysOf(
  document: Uint8Array,
  manifest: Manifest,
  resource: string,
  unknown: UnknownFields,
  read: (value: unknown, place: string) => readonly (readonly [resource: string, value: number])[],
): DayValue[] {
  const name = memberOf(resource);
  return arrayAt(parseDocument(document), "the document").flatMap((body, index) => {
    const place = `answers[${index}]`;
    const answer = objectAt(body, place);
    countUnknownFields(answer, { [name]: [{ dateTime: true, value: true }] }, "", unknown);
    return arrayAt(member(answer, name), `${place}.${name}`).flatMap((entry, i) => {
      const at = `${place}.${name}[${i}]`;
      const found = objectAt(entry, at);
      const day = answeredDay(member(found, "dateTime"), `${at}.dateTime`, manifest);
      return read(member(found, "value"), `${at}.value`)
        .map(([resource, value]) => ({ date: dayNumber(day), resource, value }));
    });
  });
}

/** How a measure becomes a number in its unit. */
const units: Readonly<
  Record<
    Measure,
    {
      readonly unit: string;
      factor(values: readonly number[], manifest: Manifest, notes: string[]): number;
    }
  >
> = {
  count: { unit: "count", factor: () => 1 },
  kcal: { unit: "kcal", factor: () => 1 },
  min: { unit: "min", factor: () => 1 },
  distance: {
    unit: "m",
    factor: (_, manifest, notes) => accountUnits(undefined, manifest, notes).distance_m,
  },
  height: {
    unit: "m",
    factor: (values, manifest, notes) => accountUnits(areFeet(values), manifest, notes).height_m,
  },
};

function columnsOf(values: readonly DayValue[], unit: string, factor: number) {
  const rows = new ColumnsBuilder(activitySeries);
  for (const { date, resource, value } of values) {
    rows.add({ date, resource, value: value * factor, unit });
  }
  return rows.columns();
}

function seriesStream(resource: string, flatten: Stream["flatten"]): Stream {
  return {
    source: "fitbit-web",
    name: `activities/${resource}`,
    table: activitySeries.name,
    series: "activities/series",
    version: 1,
    flatten,
  };
}

function plainSeries([resource, measure]: readonly [string, Measure]): Stream {
  return seriesStream(resource, (document, manifest): Flattened => {
    const unknown: UnknownFields = new Map();
    const notes: string[] = [];
    const values = daysOf(document, manifest, resource, unknown, (value, place) => {
      const number = real(value, place);
      return typeof number === "number" ? [[resource, number]] : [];
    });
    const { unit, factor } = units[measure];
    const by = factor(values.map(({ value }) => value), manifest, notes);
    return { columns: columnsOf(values, unit, by), unknown, notes };
  });
}

/** Active zone minutes: an object a day, without its zeros; days without any are left out. */
const zoneMinuteSeries = seriesStream(zoneMinutesResource, (document, manifest): Flattened => {
  const unknown: UnknownFields = new Map();
  const values = daysOf(document, manifest, zoneMinutesResource, unknown, (value, place) => {
    countUnknownFields(
      value,
      knownZoneMinutes,
      `${memberOf(zoneMinutesResource)}[].value`,
      unknown,
    );
    const found = objectAt(value, place);
    return Object.keys(knownZoneMinutes).flatMap((resource) => {
      const minutes = member(found, resource);
      const number = minutes === undefined ? undefined : real(minutes, `${place}.${resource}`);
      return typeof number === "number" ? [[resource, number] as const] : [];
    });
  });
  return { columns: columnsOf(values, "min", 1), unknown, notes: [] };
});

/** A stream for each resource, live or saved. */
export const seriesStreams: readonly Stream[] = [
  ...Array.from(seriesMeasures, plainSeries),
  zoneMinuteSeries,
];
