/** What DuckDB makes of a Google Health account: the tables with most rows, and those of nested records. */

import { tableNamed } from "../pipeline/catalog.ts";
import { type AccountQuery, offset_s } from "./account_sql.ts";

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
  "averageSpeedMillimetersPerSecond": "DOUBLE", "elevationGainMillimeters": "DOUBLE",
  "activeZoneMinutes": "INTEGER", "heartRateZoneDurations": {"lightTime": "VARCHAR",
    "moderateTime": "VARCHAR", "vigorousTime": "VARCHAR", "peakTime": "VARCHAR"}`;

const metrics = (of: string) => ({
  active_duration_s: seconds(`${of}.activeDuration`),
  energy_kcal: `${of}.metricsSummary.caloriesKcal`,
  distance_m: `${of}.metricsSummary.distanceMillimeters / 1000`,
  steps: `${of}.metricsSummary.steps`,
  mean_bpm: `${of}.metricsSummary.averageHeartRateBeatsPerMinute`,
  pace_s_per_m: `${of}.metricsSummary.averagePaceSecondsPerMeter`,
  speed_m_per_s: `${of}.metricsSummary.averageSpeedMillimetersPerSecond / 1000`,
  elevation_gain_m: `${of}.metricsSummary.elevationGainMillimeters / 1000`,
  active_zone_minutes: `${of}.metricsSummary.activeZoneMinutes`,
  ...Object.fromEntries(
    ["light", "moderate", "vigorous", "peak"].map((zone) => [
      `${zone}_zone_s`,
      seconds(`${of}.metricsSummary.heartRateZoneDurations.${zone}Time`),
    ]),
  ),
});

const exerciseType = `{"interval": ${intervalType}, "exerciseType": "VARCHAR",
  "displayName": "VARCHAR", "activeDuration": "VARCHAR", "notes": "VARCHAR",
  "exerciseMetadata": {"hasGps": "BOOLEAN", "poolLengthMillimeters": "DOUBLE"},
  "metricsSummary": {${metricsType}, "runVo2Max": "DOUBLE", "totalSwimLengths": "DOUBLE",
    "mobilityMetrics": {"avgCadenceStepsPerMinute": "DOUBLE", "avgStrideLengthMillimeters": "DOUBLE",
      "avgVerticalOscillationMillimeters": "DOUBLE", "avgVerticalRatio": "DOUBLE",
      "avgGroundContactTimeDuration": "VARCHAR"}}}`;

const splitType = `[{"splitType": "VARCHAR", "startTime": "TIMESTAMP", "startUtcOffset": "VARCHAR",
  "endTime": "TIMESTAMP", "activeDuration": "VARCHAR", "metricsSummary": {${metricsType}}}]`;

const mobility = (name: string) => `p.metricsSummary.mobilityMetrics.${name}`;

/** One entry a table. */
export const googleQueries: readonly AccountQuery[] = [
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
      run_vo2_max_ml_per_kg_min: "p.metricsSummary.runVo2Max",
      pool_length_m: "p.exerciseMetadata.poolLengthMillimeters / 1000",
      swim_lengths: "p.metricsSummary.totalSwimLengths",
      cadence_per_min: mobility("avgCadenceStepsPerMinute"),
      stride_length_m: `${mobility("avgStrideLengthMillimeters")} / 1000`,
      vertical_oscillation_m: `${mobility("avgVerticalOscillationMillimeters")} / 1000`,
      vertical_ratio: mobility("avgVerticalRatio"),
      ground_contact_s: seconds(mobility("avgGroundContactTimeDuration")),
      has_gps: "p.exerciseMetadata.hasGps",
      notes: "p.notes",
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
