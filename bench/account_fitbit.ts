/** What DuckDB makes of a Fitbit Web account: the tables with most rows, and those of nested records. */

import { tableNamed } from "../pipeline/catalog.ts";
import { type AccountQuery, offset_s, timeZone } from "./account_sql.ts";

const utc = (local: string) => `${local} - interval ${offset_s} second`;

/**
 * A resource with a value every minute or second; `s` is a point, `day` its civil day. A day of nothing
 * but zeros is one without the watch, to us as to DuckDB.
 */
function intraday(
  table: string,
  stream: string,
  resource: string,
  point: string,
  columns: Readonly<Record<string, string>>,
): AccountQuery {
  return {
    table: tableNamed(table),
    stream,
    columns: {
      time: utc("(day + s.time)"),
      utc_offset_s: `${offset_s}`,
      duration_s: "60.0",
      ...columns,
    },
    from: `(select answer."activities-${resource}"[1].dateTime as day,
        unnest(answer."activities-${resource}-intraday".dataset) as s
      from (select from_json(json, '{"activities-${resource}": [{"dateTime": "DATE"}],
        "activities-${resource}-intraday": {"dataset": [{"time": "TIME", ${point}}]}}') as answer
        from $objects)
      where list_max(list_transform(answer."activities-${resource}-intraday".dataset,
        lambda point: point.value)) > 0)`,
  };
}

const minuteOf = (
  table: string,
  resource: string,
  point: string,
  columns: Readonly<Record<string, string>>,
) => intraday(table, `activities/${resource}/1min`, resource, point, columns);

const levels = "['sedentary', 'lightly_active', 'moderately_active', 'very_active']";

const levelType = `[{"dateTime": "TIMESTAMP", "level": "VARCHAR", "seconds": "DOUBLE"}]`;

const fitbitSleepType = `{"sleep": [{"dateOfSleep": "DATE", "duration": "BIGINT",
  "efficiency": "INTEGER", "startTime": "TIMESTAMP", "endTime": "TIMESTAMP", "infoCode": "INTEGER",
  "isMainSleep": "BOOLEAN", "logId": "VARCHAR", "logType": "VARCHAR", "minutesAfterWakeup": "DOUBLE",
  "minutesAsleep": "DOUBLE", "minutesAwake": "DOUBLE", "minutesToFallAsleep": "DOUBLE",
  "timeInBed": "DOUBLE", "type": "VARCHAR", "levels": {"data": ${levelType},
  "shortData": ${levelType}, "summary": {"deep": {"minutes": "DOUBLE"},
  "light": {"minutes": "DOUBLE"}, "rem": {"minutes": "DOUBLE"}, "wake": {"minutes": "DOUBLE"},
  "awake": {"minutes": "DOUBLE"}, "restless": {"minutes": "DOUBLE"}}}}]}`;

const fitbitSleeps =
  `(select unnest(from_json(json, '${fitbitSleepType}').sleep) as p from $objects)`;

const exerciseListType = `{"activities": [{"startTime": "TIMESTAMPTZ", "duration": "BIGINT",
  "activeDuration": "DOUBLE", "logId": "VARCHAR", "activityName": "VARCHAR", "calories": "DOUBLE",
  "distance": "DOUBLE", "distanceUnit": "VARCHAR", "steps": "INTEGER", "averageHeartRate": "DOUBLE",
  "activeZoneMinutes": {"totalMinutes": "INTEGER"},
  "activityLevel": [{"name": "VARCHAR", "minutes": "INTEGER"}], "pace": "DOUBLE", "speed": "DOUBLE",
  "elevationGain": "DOUBLE", "poolLength": "DOUBLE", "poolLengthUnit": "VARCHAR",
  "swimLengths": "DOUBLE", "hasGps": "BOOLEAN", "logType": "VARCHAR", "source": {"name": "VARCHAR"}}]}`;

/** Metres of one of the units that the metric system has. */
const metresIn = (unit: string) =>
  `(case ${unit} when 'Kilometer' then 1000 when 'Meter' then 1 end)`;

/** One entry a table. */
export const fitbitQueries: readonly AccountQuery[] = [
  intraday("heart_rate", "activities/heart/1sec", "heart", `"value": "SMALLINT"`, {
    bpm: "s.value",
  }),
  minuteOf("steps", "steps", `"value": "INTEGER"`, { steps: "s.value" }),
  minuteOf("distance", "distance", `"value": "DOUBLE"`, { distance_m: "s.value * 1000" }),
  minuteOf("floors", "floors", `"value": "INTEGER"`, { floors: "s.value" }),
  minuteOf("altitude", "elevation", `"value": "DOUBLE"`, { gain_m: "s.value" }),
  minuteOf("calories", "calories", `"value": "DOUBLE", "mets": "DOUBLE"`, {
    energy_kcal: "s.value",
    met: "s.mets / 10",
  }),
  minuteOf("activity_level", "calories", `"value": "DOUBLE", "level": "INTEGER"`, {
    level: `${levels}[s.level + 1]`,
  }),
  {
    table: tableNamed("sleep"),
    stream: "sleep",
    columns: {
      date: "p.dateOfSleep",
      time: utc("p.startTime"),
      utc_offset_s: `${offset_s}`,
      duration_s: "p.duration / 1000",
      end_time: utc("p.endTime"),
      end_utc_offset_s: `${offset_s}`,
      sleep_id: "p.logId",
      type: "p.type",
      main_sleep: "p.isMainSleep",
      manual: "p.logType = 'manual'",
      asleep_min: "p.minutesAsleep",
      awake_min: "p.minutesAwake",
      to_fall_asleep_min: "p.minutesToFallAsleep",
      after_wake_up_min: "p.minutesAfterWakeup",
      in_bed_min: "p.timeInBed",
      deep_min: "p.levels.summary.deep.minutes",
      light_min: "p.levels.summary.light.minutes",
      rem_min: "p.levels.summary.rem.minutes",
      wake_min: "coalesce(p.levels.summary.wake.minutes, p.levels.summary.awake.minutes)",
      restless_min: "p.levels.summary.restless.minutes",
      efficiency: "p.efficiency",
      stages_status: `case when p.infoCode = 0 and p.type <> 'stages' then null else
        ['succeeded', 'rejected_coverage', 'rejected_nap', 'rejected_server'][p.infoCode + 1] end`,
    },
    from: fitbitSleeps,
  },
  {
    table: tableNamed("sleep_stage"),
    stream: "sleep",
    columns: {
      time: utc("e.part.dateTime"),
      utc_offset_s: `${offset_s}`,
      duration_s: "e.part.seconds",
      sleep_id: "p.logId",
      stage: "case e.part.level when 'wake' then 'awake' else e.part.level end",
      short: "e.short",
      date: "p.dateOfSleep",
    },
    from: `(select p, unnest(
        list_transform(p.levels.data, lambda s: {'part': s, 'short': false}) ||
        list_transform(coalesce(p.levels.shortData, []), lambda s: {'part': s, 'short': true})) as e
      from ${fitbitSleeps})`,
  },
  {
    table: tableNamed("exercise"),
    stream: "activities/list",
    columns: {
      time: "p.startTime",
      utc_offset_s: `${offset_s}`,
      duration_s: "p.duration / 1000",
      end_time: "p.startTime + to_milliseconds(p.duration)",
      exercise_id: "p.logId",
      type: "replace(lower(p.activityName), ' ', '_')",
      name: "p.activityName",
      active_duration_s: "p.activeDuration / 1000",
      energy_kcal: "p.calories",
      distance_m: `p.distance * ${metresIn("p.distanceUnit")}`,
      steps: "p.steps",
      mean_bpm: "p.averageHeartRate",
      active_zone_minutes: "p.activeZoneMinutes.totalMinutes",
      ...Object.fromEntries(
        ["sedentary", "lightly", "fairly", "very"].map((level) => [
          level === "sedentary" ? "sedentary_min" : `${level}_active_min`,
          `list_filter(p.activityLevel, lambda a: a.name = '${level}')[1].minutes`,
        ]),
      ),
      pace_s_per_m: "case when p.distanceUnit = 'Kilometer' then p.pace / 1000 end",
      speed_m_per_s: "case when p.distanceUnit = 'Kilometer' then p.speed / 3.6 end",
      elevation_gain_m: "p.elevationGain",
      pool_length_m: `p.poolLength * ${metresIn("p.poolLengthUnit")}`,
      swim_lengths: "p.swimLengths",
      has_gps: "p.hasGps",
      log_type: "p.logType",
      device: "p.source.name",
    },
    from: `(select unnest(from_json(json, '${exerciseListType}').activities) as p from $objects)
      where (p.startTime at time zone '${timeZone}')::date <= $last`,
  },
];
