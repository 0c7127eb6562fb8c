/**
 * The SQL that flattens a whole account's documents to our columns, for the tables that hold most of
 * its rows and for those of nested records; with explicit column types. One entry a table.
 *
 * The wearer lives in a zone whose clock never changes, so that plain SQL gets the times right too.
 */

import { tableNamed, type TableSpec } from "../pipeline/catalog.ts";
import type { Day } from "../pipeline/day.ts";
import { defaultParticipant, rawFolder } from "../pipeline/layout.ts";
import type { ApiName } from "../pipeline/sources/simulator/api.ts";

/** A zone without clock changes, and its distance from UTC. */
export const timeZone = "Asia/Kolkata";
const offset_s = 19_800;

/** A table as DuckDB makes it. */
export interface AccountQuery {
  readonly table: TableSpec;
  /** The documents it is made from, as a stream. */
  readonly stream: string;
  /** For each column that has values: the expression. */
  readonly columns: Readonly<Record<string, string>>;
  /** Where the rows come from; `$objects` are the documents' pages as JSON, `$last` the last day. */
  readonly from: string;
}

const duckTypes: Readonly<Record<TableSpec["columns"][number]["type"], string>> = {
  timestamp_ms: "timestamp",
  int32: "integer",
  float64: "double",
  date: "date",
  string: "varchar",
  boolean: "boolean",
};

/** The query of a table, with all its columns, below a data root. */
export function sqlOf(api: ApiName, query: AccountQuery, root: string, lastDay: Day): string {
  const files = `'${root}/${rawFolder(defaultParticipant, api, query.stream)}/*.json.zst'`;
  const objects =
    `(select json from read_json_objects(${files}, format = 'array', maximum_object_size = 64_000_000))`;
  const columns = query.table.columns.map(({ name, type }) => {
    const expression = name === "source" ? `'${api}'` : query.columns[name];
    return `${expression ?? `null::${duckTypes[type]}`} as "${name}"`;
  });
  return `select ${columns.join(", ")} from ${
    query.from.replace("$objects", objects).replace("$last", `'${lastDay}'`)
  }`;
}

/** What two tables have in common only when they are equal, for all practical purposes. */
export function fingerprintSql({ columns }: TableSpec, files: string): string {
  const values = columns.map(({ name, type }) => {
    if (type === "timestamp_ms") return `epoch_ms("${name}")::bigint`;
    if (type === "float64") return `round("${name}"::double, 6)`;
    return `"${name}"::${type === "int32" ? "bigint" : duckTypes[type]}`;
  });
  return `select count(*), sum(hash(${values.join(", ")})::hugeint)
    from read_parquet('${files}', hive_partitioning = false, union_by_name = true)`;
}

const seconds = (text: string) => `rtrim(${text}, 's')::double`;
const offset = (text: string) => `rtrim(${text}, 's')::integer`;
const between = (start: string, end: string) => `(epoch_ms(${end}) - epoch_ms(${start})) / 1000.0`;
const field = (type: string) =>
  type.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const intervalType =
  `{"startTime": "TIMESTAMP", "startUtcOffset": "VARCHAR", "endTime": "TIMESTAMP", "endUtcOffset": "VARCHAR"}`;
const sampleType = `{"physicalTime": "TIMESTAMP", "utcOffset": "VARCHAR"}`;

/** Points of a data type: `p` is the payload, `id` the point's own name. */
function points(type: string, payload: string): string {
  return `(select point."${field(type)}" as p, split_part(point."dataPointName", '/', -1) as id
    from (select unnest(from_json(json, '{"dataPoints": [{"dataPointName": "VARCHAR",
      "${field(type)}": ${payload}}]}')."dataPoints") as point from $objects))`;
}

const ofInterval = {
  time: "p.interval.startTime",
  utc_offset_s: offset("p.interval.startUtcOffset"),
  duration_s: between("p.interval.startTime", "p.interval.endTime"),
};

/** A data type whose points are stretches of time with some values. */
function interval(
  table: string,
  type: string,
  members: string,
  columns: Readonly<Record<string, string>>,
): AccountQuery {
  return {
    table: tableNamed(table),
    stream: type,
    columns: { ...ofInterval, ...columns },
    from: points(type, `{"interval": ${intervalType}${members === "" ? "" : `, ${members}`}}`),
  };
}

/** A data type whose points are single measurements. */
function sample(
  table: string,
  type: string,
  members: string,
  columns: Readonly<Record<string, string>>,
): AccountQuery {
  return {
    table: tableNamed(table),
    stream: type,
    columns: {
      time: "p.sampleTime.physicalTime",
      utc_offset_s: offset("p.sampleTime.utcOffset"),
      ...columns,
    },
    from: points(type, `{"sampleTime": ${sampleType}, ${members}}`),
  };
}

/** A data type that is summed up by the minute, without offsets; `r` is a window. */
function rolledUp(
  table: string,
  type: string,
  member: string,
  columns: Readonly<Record<string, string>>,
  each?: string,
): AccountQuery {
  const windows = `(select unnest(from_json(json, '{"rollupDataPoints": [{"startTime": "TIMESTAMP",
    "endTime": "TIMESTAMP", "${
    field(type)
  }": ${member}}]}')."rollupDataPoints") as r from $objects)`;
  return {
    table: tableNamed(table),
    stream: type,
    columns: {
      time: "r.startTime",
      utc_offset_s: `${offset_s}`,
      duration_s: between("r.startTime", "r.endTime"),
      ...columns,
    },
    from: each === undefined ? windows : `(select r, unnest(${each}) as e from ${windows})`,
  };
}

const stageMinutes = (type: string) =>
  `list_filter(p.summary.stagesSummary, lambda x: x.type = '${type}')[1].minutes`;

const dayOfEnd = `(p.interval.endTime + to_seconds(${offset("p.interval.endUtcOffset")}))::date`;

const stageType =
  `[{"type": "VARCHAR", "startTime": "TIMESTAMP", "startUtcOffset": "VARCHAR", "endTime": "TIMESTAMP"}]`;

const sleepType = `{"interval": ${intervalType}, "type": "VARCHAR",
  "metadata": {"processed": "BOOLEAN", "mainSleep": "BOOLEAN", "nap": "BOOLEAN",
    "manuallyEdited": "BOOLEAN", "stagesStatus": "VARCHAR"},
  "summary": {"minutesInSleepPeriod": "DOUBLE", "minutesAsleep": "DOUBLE", "minutesAwake": "DOUBLE",
    "minutesToFallAsleep": "DOUBLE", "minutesAfterWakeUp": "DOUBLE",
    "stagesSummary": [{"type": "VARCHAR", "minutes": "DOUBLE"}]}}`;

const metricsType = `"caloriesKcal": "DOUBLE", "distanceMillimeters": "DOUBLE", "steps": "INTEGER",
  "averageHeartRateBeatsPerMinute": "DOUBLE", "averagePaceSecondsPerMeter": "DOUBLE",
  "averageSpeedMillimetersPerSecond": "DOUBLE", "elevationGainMillimeters": "DOUBLE"`;

const metrics = (of: string) => ({
  active_duration_s: seconds(`${of}.activeDuration`),
  energy_kcal: `${of}.metricsSummary.caloriesKcal`,
  distance_m: `${of}.metricsSummary.distanceMillimeters / 1000`,
  steps: `${of}.metricsSummary.steps`,
  mean_bpm: `${of}.metricsSummary.averageHeartRateBeatsPerMinute`,
  pace_s_per_m: `${of}.metricsSummary.averagePaceSecondsPerMeter`,
  speed_m_per_s: `${of}.metricsSummary.averageSpeedMillimetersPerSecond / 1000`,
  elevation_gain_m: `${of}.metricsSummary.elevationGainMillimeters / 1000`,
});

const exerciseType = `{"interval": ${intervalType}, "exerciseType": "VARCHAR",
  "displayName": "VARCHAR", "activeDuration": "VARCHAR",
  "exerciseMetadata": {"hasGps": "BOOLEAN", "poolLengthMillimeters": "DOUBLE"},
  "metricsSummary": {${metricsType}, "activeZoneMinutes": "INTEGER", "runVo2Max": "DOUBLE",
    "totalSwimLengths": "DOUBLE",
    "heartRateZoneDurations": {"lightTime": "VARCHAR", "moderateTime": "VARCHAR",
      "vigorousTime": "VARCHAR", "peakTime": "VARCHAR"},
    "mobilityMetrics": {"avgCadenceStepsPerMinute": "DOUBLE", "avgStrideLengthMillimeters": "DOUBLE",
      "avgVerticalOscillationMillimeters": "DOUBLE", "avgVerticalRatio": "DOUBLE",
      "avgGroundContactTimeDuration": "VARCHAR"}}}`;

const splitType = `[{"splitType": "VARCHAR", "startTime": "TIMESTAMP", "startUtcOffset": "VARCHAR",
  "endTime": "TIMESTAMP", "activeDuration": "VARCHAR", "metricsSummary": {${metricsType}}}]`;

const zoneTime = (zone: string) => seconds(`p.metricsSummary.heartRateZoneDurations.${zone}Time`);
const mobility = (name: string) => `p.metricsSummary.mobilityMetrics.${name}`;

const googleQueries: readonly AccountQuery[] = [
  sample("heart_rate", "heart-rate", `"beatsPerMinute": "SMALLINT"`, { bpm: "p.beatsPerMinute" }),
  interval("steps", "steps", `"count": "INTEGER"`, { steps: "coalesce(p.count, 0)" }),
  interval("distance", "distance", `"millimeters": "DOUBLE"`, {
    distance_m: "coalesce(p.millimeters, 0) / 1000",
  }),
  interval("floors", "floors", `"count": "INTEGER"`, { floors: "coalesce(p.count, 0)" }),
  interval("altitude", "altitude", `"gainMillimeters": "DOUBLE"`, {
    gain_m: "coalesce(p.gainMillimeters, 0) / 1000",
  }),
  rolledUp("calories", "total-calories", `{"kcalSum": "DOUBLE"}`, {
    energy_kcal: "coalesce(r.totalCalories.kcalSum, 0)",
  }),
  interval("active_calories", "active-energy-burned", `"kcal": "DOUBLE"`, {
    energy_kcal: "p.kcal",
  }),
  {
    ...interval("active_minutes", "active-minutes", "", {
      level: "lower(e.activityLevel)",
      minutes: "e.activeMinutes",
    }),
    from: `(select p, unnest(p.activeMinutesByActivityLevel) as e from ${
      points(
        "active-minutes",
        `{"interval": ${intervalType}, "activeMinutesByActivityLevel": [
          {"activityLevel": "VARCHAR", "activeMinutes": "INTEGER"}]}`,
      )
    })`,
  },
  interval(
    "active_zone_minutes",
    "active-zone-minutes",
    `"heartRateZone": "VARCHAR", "activeZoneMinutes": "INTEGER"`,
    { zone: "lower(p.heartRateZone)", active_zone_minutes: "p.activeZoneMinutes" },
  ),
  interval("activity_level", "activity-level", `"activityLevelType": "VARCHAR"`, {
    level: "lower(p.activityLevelType)",
  }),
  interval("time_in_heart_rate_zone", "time-in-heart-rate-zone", `"heartRateZoneType": "VARCHAR"`, {
    zone: "lower(p.heartRateZoneType)",
  }),
  rolledUp(
    "calories_in_heart_rate_zone",
    "calories-in-heart-rate-zone",
    `{"caloriesInHeartRateZones": [{"heartRateZone": "VARCHAR", "kcal": "DOUBLE"}]}`,
    { zone: "lower(e.heartRateZone)", energy_kcal: "e.kcal" },
    "r.caloriesInHeartRateZone.caloriesInHeartRateZones",
  ),
  sample(
    "heart_rate_variability",
    "heart-rate-variability",
    `"rootMeanSquareOfSuccessiveDifferencesMilliseconds": "DOUBLE",
      "standardDeviationMilliseconds": "DOUBLE",
      "metadata": {"lowFrequencyPower": "DOUBLE", "highFrequencyPower": "DOUBLE"}`,
    {
      rmssd_ms: "p.rootMeanSquareOfSuccessiveDifferencesMilliseconds",
      sdnn_ms: "p.standardDeviationMilliseconds",
      low_frequency_power_ms2: "p.metadata.lowFrequencyPower",
      high_frequency_power_ms2: "p.metadata.highFrequencyPower",
    },
  ),
  sample("spo2", "oxygen-saturation", `"percentage": "DOUBLE"`, { percent: "p.percentage" }),
  {
    table: tableNamed("sleep"),
    stream: "sleep",
    columns: {
      date: dayOfEnd,
      ...ofInterval,
      end_time: "p.interval.endTime",
      end_utc_offset_s: offset("p.interval.endUtcOffset"),
      sleep_id: "id",
      type: "lower(p.type)",
      main_sleep: "coalesce(p.metadata.mainSleep, false)",
      nap: "coalesce(p.metadata.nap, false)",
      manual: "coalesce(p.metadata.manuallyEdited, false)",
      processed: "coalesce(p.metadata.processed, false)",
      asleep_min: "p.summary.minutesAsleep",
      awake_min: "p.summary.minutesAwake",
      to_fall_asleep_min: "p.summary.minutesToFallAsleep",
      after_wake_up_min: "p.summary.minutesAfterWakeUp",
      in_sleep_period_min: "p.summary.minutesInSleepPeriod",
      deep_min: stageMinutes("DEEP"),
      light_min: stageMinutes("LIGHT"),
      rem_min: stageMinutes("REM"),
      wake_min: stageMinutes("AWAKE"),
      restless_min: stageMinutes("RESTLESS"),
      stages_status: "lower(p.metadata.stagesStatus)",
    },
    from: points("sleep", sleepType),
  },
  {
    table: tableNamed("sleep_stage"),
    stream: "sleep",
    columns: {
      time: "e.part.startTime",
      utc_offset_s: offset("e.part.startUtcOffset"),
      duration_s: between("e.part.startTime", "e.part.endTime"),
      sleep_id: "id",
      stage: "e.stage",
      short: "e.short",
      date: dayOfEnd,
    },
    from: `(select p, id, unnest(
        list_transform(coalesce(p.stages, []),
          lambda s: {'part': s, 'stage': lower(s.type), 'short': false}) ||
        list_transform(coalesce(p.shortAwakenings, []),
          lambda s: {'part': s, 'stage': lower(s.type), 'short': true}) ||
        list_transform(coalesce(p.outOfBedSegments, []),
          lambda s: {'part': s, 'stage': 'out_of_bed', 'short': true})) as e
      from ${
      points(
        "sleep",
        `{"interval": ${intervalType}, "stages": ${stageType}, "shortAwakenings": ${stageType},
          "outOfBedSegments": ${stageType}}`,
      )
    })`,
  },
  {
    table: tableNamed("exercise"),
    stream: "exercise",
    columns: {
      ...ofInterval,
      end_time: "p.interval.endTime",
      exercise_id: "id",
      type: "lower(p.exerciseType)",
      name: "p.displayName",
      ...metrics("p"),
      active_zone_minutes: "p.metricsSummary.activeZoneMinutes",
      run_vo2_max_ml_per_kg_min: "p.metricsSummary.runVo2Max",
      light_zone_s: zoneTime("light"),
      moderate_zone_s: zoneTime("moderate"),
      vigorous_zone_s: zoneTime("vigorous"),
      peak_zone_s: zoneTime("peak"),
      pool_length_m: "p.exerciseMetadata.poolLengthMillimeters / 1000",
      swim_lengths: "p.metricsSummary.totalSwimLengths",
      cadence_per_min: mobility("avgCadenceStepsPerMinute"),
      stride_length_m: `${mobility("avgStrideLengthMillimeters")} / 1000`,
      vertical_oscillation_m: `${mobility("avgVerticalOscillationMillimeters")} / 1000`,
      vertical_ratio: mobility("avgVerticalRatio"),
      ground_contact_s: seconds(mobility("avgGroundContactTimeDuration")),
      has_gps: "p.exerciseMetadata.hasGps",
    },
    from: points("exercise", exerciseType),
  },
  {
    table: tableNamed("exercise_split"),
    stream: "exercise",
    columns: {
      time: "e.part.startTime",
      utc_offset_s: offset("e.part.startUtcOffset"),
      duration_s: between("e.part.startTime", "e.part.endTime"),
      date: `(p.interval.startTime + to_seconds(${offset("p.interval.startUtcOffset")}))::date`,
      exercise_id: "id",
      lap: "e.lap",
      type: "lower(e.part.splitType)",
      ...metrics("e.part"),
    },
    from: `(select p, id, unnest(
        list_transform(coalesce(p.splits, []), lambda s: {'part': s, 'lap': false}) ||
        list_transform(coalesce(p.splitSummaries, []), lambda s: {'part': s, 'lap': true})) as e
      from ${
      points(
        "exercise",
        `{"interval": ${intervalType}, "splits": ${splitType}, "splitSummaries": ${splitType}}`,
      )
    })`,
  },
];

const utc = (local: string) => `${local} - interval ${offset_s} second`;

/** A resource with a value every minute or second; `s` is a point, `day` its civil day. */
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
        from $objects))`,
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
  "activeZoneMinutes": {"totalMinutes": "INTEGER"}, "pace": "DOUBLE", "speed": "DOUBLE",
  "elevationGain": "DOUBLE", "poolLength": "DOUBLE", "poolLengthUnit": "VARCHAR",
  "swimLengths": "DOUBLE", "hasGps": "BOOLEAN", "logType": "VARCHAR", "source": {"name": "VARCHAR"}}]}`;

/** Metres of one of the units that the metric system has. */
const metresIn = (unit: string) =>
  `(case ${unit} when 'Kilometer' then 1000 when 'Meter' then 1 end)`;

const fitbitQueries: readonly AccountQuery[] = [
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
  minuteOf("activity_level", "calories", `"level": "INTEGER"`, {
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

/** What DuckDB does of each service's account. */
export const accountQueries: Readonly<Record<ApiName, readonly AccountQuery[]>> = {
  "google-health": googleQueries,
  "fitbit-web": fitbitQueries,
};
