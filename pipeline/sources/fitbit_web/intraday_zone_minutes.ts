/**
 * Active zone minutes of the Fitbit Web API minute by minute, in both shapes: minutes with their
 * dates, as documented, and a dataset of times as other series have it.
 */

import { activeZoneMinutes } from "../../catalog/activity.ts";
import type { Day } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import {
  arrayAt,
  countUnknownFields,
  isObject,
  member,
  objectAt,
  parseDocument,
  type UnknownFields,
  unreadable,
} from "../json/document.ts";
import { readClockTime } from "../json/read_value.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { whole } from "../records/readings.ts";
import type { Flattened, Stream } from "../source.ts";
import { memberOf, zoneMinutesResource } from "./activity_resources.ts";
import { answeredDay } from "./answer_days.ts";
import { placedTimes } from "./placed_times.ts";

const daily = memberOf(zoneMinutesResource);
const intraday = `${daily}-intraday`;

/** The members of a value, and the zones they stand for. */
const zones = {
  fatBurnActiveZoneMinutes: "fat_burn",
  cardioActiveZoneMinutes: "cardio",
  peakActiveZoneMinutes: "peak",
} as const;

/** The members of a value: the total, and its zones. */
export const knownZoneMinutes = {
  activeZoneMinutes: true,
  fatBurnActiveZoneMinutes: true,
  cardioActiveZoneMinutes: true,
  peakActiveZoneMinutes: true,
} as const;

const knownPoint = { minute: true, time: true, value: knownZoneMinutes } as const;

/** Zone minutes of a minute, by zone. */
interface ZoneMinute {
  readonly day: Day;
  readonly second: number;
  readonly byZone: readonly (readonly [zone: string, minutes: number])[];
}

/**
 * The zone minutes in a value: its zones, which hold them already doubled, and under `any` what the
 * total has beyond them.
 */
export function zoneMinutesIn(value: unknown, place: string): ZoneMinute["byZone"] {
  const found = objectAt(value, place);
  const count = (name: string) => Number(whole(member(found, name) ?? 0, `${place}.${name}`));
  const byZone: [string, number][] = [];
  let rest = count("activeZoneMinutes");
  for (const [name, zone] of Object.entries(zones)) {
    const minutes = count(name);
    if (minutes > 0) byZone.push([zone, minutes]);
    rest -= minutes;
  }
  if (rest > 0) byZone.push(["any", rest]);
  return byZone;
}

function flatten(document: Uint8Array, manifest: Manifest): Flattened {
  const unknown: UnknownFields = new Map();
  const notes: string[] = [];
  const minutes = arrayAt(parseDocument(document), "the document").flatMap((value, index) => {
    const place = `answers[${index}]`;
    const answer = objectAt(value, place);
    countUnknownFields(answer, { [daily]: true, [intraday]: true }, "", unknown);
    const series = member(answer, intraday);
    if (series === undefined) {
      notes.push("An answer was given without its minutes");
      return [];
    }
    return isObject(series)
      ? ofDataset(answer, series, place, manifest, unknown)
      : ofDays(series, place, manifest, unknown);
  });

  const days = Array.from(
    Map.groupBy(minutes, ({ day }) => day),
    ([day, { length }]) => ({ day, rows: length }),
  );
  const byDay = days.flatMap(({ day }) => minutes.filter((minute) => minute.day === day));
  const seconds = Float64Array.from(byDay, ({ second }) => second);
  const { times, offsets } = placedTimes(days, seconds, manifest, notes);
  const rows = new ColumnsBuilder(activeZoneMinutes);
  byDay.forEach(({ byZone }, i) => {
    for (const [zone, active_zone_minutes] of byZone) {
      rows.add({
        time: times[i],
        utc_offset_s: offsets[i],
        duration_s: 60,
        zone,
        active_zone_minutes,
      });
    }
  });
  return { columns: rows.columns(), unknown, notes };
}

/** The documented shape: days with their minutes. */
function ofDays(
  series: unknown,
  place: string,
  manifest: Manifest,
  unknown: UnknownFields,
): ZoneMinute[] {
  return arrayAt(series, `${place}.${intraday}`).flatMap((value, i) => {
    const at = `${place}.${intraday}[${i}]`;
    const found = objectAt(value, at);
    countUnknownFields(found, { dateTime: true, minutes: [knownPoint] }, `${intraday}[]`, unknown);
    const day = answeredDay(member(found, "dateTime"), `${at}.dateTime`, manifest);
    return arrayAt(member(found, "minutes") ?? [], `${at}.minutes`).map((entry, j) => {
      const where = `${at}.minutes[${j}]`;
      const point = objectAt(entry, where);
      const stamp = member(point, "minute");
      const [date = "", clock = ""] = typeof stamp === "string"
        ? stamp.slice(0, 19).split("T")
        : [];
      const second = readClockTime(clock);
      if (second === undefined || date !== day) {
        throw unreadable(`${where}.minute`, `a minute such as "${day}T07:32:00"`, stamp);
      }
      return { day, second, byZone: zoneMinutesIn(member(point, "value"), `${where}.value`) };
    });
  });
}

/** The shape of other intraday series: times, and the day beside them. */
function ofDataset(
  answer: Readonly<Record<string, unknown>>,
  series: Readonly<Record<string, unknown>>,
  place: string,
  manifest: Manifest,
  unknown: UnknownFields,
): ZoneMinute[] {
  const known = { dataset: [knownPoint], datasetInterval: true, datasetType: true } as const;
  countUnknownFields(series, known, intraday, unknown);
  const [first] = arrayAt(member(answer, daily) ?? [], `${place}.${daily}`);
  const day = first === undefined ? manifest.first_day : answeredDay(
    member(objectAt(first, `${place}.${daily}[0]`), "dateTime"),
    `${place}.${daily}[0].dateTime`,
    manifest,
  );
  const at = `${place}.${intraday}.dataset`;
  return arrayAt(member(series, "dataset"), at).map((entry, i) => {
    const point = objectAt(entry, `${at}[${i}]`);
    const time = member(point, "time");
    const second = typeof time === "string" ? readClockTime(time) : undefined;
    if (second === undefined) {
      throw unreadable(`${at}[${i}].time`, 'a time of day such as "13:59:00"', time);
    }
    return { day, second, byZone: zoneMinutesIn(member(point, "value"), `${at}[${i}].value`) };
  });
}

/** Active zone minutes by the wearer's clock. */
export const fitbitZoneMinutes: Stream = {
  source: "fitbit-web",
  name: `activities/${zoneMinutesResource}/1min`,
  table: activeZoneMinutes.name,
  version: 1,
  flatten,
};
