/**
 * The raw shapes of heart rate: made-up documents as large and as dense as genuine ones, and the SQL
 * that reads them, with explicit column types. The one place to add a shape.
 *
 * The wearer lives in a zone whose clock never changes, so that plain SQL gets the times right too.
 */

import { addDays, type Day } from "../pipeline/day.ts";
import { archiveDocument, defaultParticipant, rawFolder, webDocument } from "../pipeline/layout.ts";
import type { Manifest } from "../pipeline/raw/manifest.ts";
import {
  fitbitDocument,
  fitbitSpacing,
  googleDocument,
  googleSpacing,
  manifestOf,
  samplesOfDay,
  takeoutCsvDocument,
  takeoutJsonDocument,
  takeoutSpacing,
  utcClock,
} from "../tests/generate/documents.ts";

/** A document with its place in the raw store; the manifest lacks hash and size. */
export interface MadeUp {
  readonly path: string;
  readonly document: Uint8Array;
  readonly manifest: Manifest;
  readonly samples: number;
}

export interface Shape {
  readonly name: string;
  /** In the table. */
  readonly title: string;
  /** How many days stand for a year. */
  readonly days: number;
  readonly make: (day: Day) => MadeUp;
  /** The documents, as a pattern below the data root. */
  readonly files: string;
  /** Ways to ask DuckDB for the table's columns, the likeliest first; `$files` is the pattern. */
  readonly queries: Readonly<Record<string, string>>;
}

const timeZone = "Asia/Kolkata";
const offset_s = 19_800;
const seed = 1;
const daysOfYear = 365;

const fitbitStream = "activities/heart/1sec";
const jsonArchive = "MyFitbitData";
const csvArchive = "takeout";
const csvFolder = "Takeout/Fitbit/Physical Activity_GoogleData";

/** Columns that are the same in every row. */
const constants = (source: string) =>
  `${offset_s}::integer as utc_offset_s, null::utinyint as confidence, '${source}' as source`;

const fitbitRows = `select day + sample.time - interval ${offset_s} second as time,
  sample.value as bpm, ${constants("fitbit-web")}`;

const googleRows = `select point.heartRate.sampleTime.physicalTime as time,
  rtrim(point.heartRate.sampleTime.utcOffset, 's')::integer as utc_offset_s,
  point.heartRate.beatsPerMinute as bpm, null::utinyint as confidence, 'google-health' as source`;

export const shapes: readonly Shape[] = [
  {
    name: "fitbit-web",
    title: "Fitbit Web answers",
    days: daysOfYear,
    make(day) {
      const samples = samplesOfDay(seed, day, fitbitSpacing);
      const clock = { kind: "local", time_zone: timeZone, evidence: "made up" } as const;
      return {
        path: webDocument(defaultParticipant, "fitbit-web", fitbitStream, day),
        document: fitbitDocument(day, samples),
        manifest: manifestOf("fitbit-web", fitbitStream, day, clock),
        samples: samples.length,
      };
    },
    files: `${rawFolder(defaultParticipant, "fitbit-web", fitbitStream)}/*.json.zst`,
    queries: {
      "read_json_objects and from_json": `${fitbitRows} from (
        select answer."activities-heart"[1].dateTime as day,
          unnest(answer."activities-heart-intraday".dataset) as sample
        from (select from_json(json, '{"activities-heart": [{"dateTime": "DATE"}],
          "activities-heart-intraday": {"dataset": [{"time": "TIME", "value": "SMALLINT"}]}}') as answer
          from read_json_objects($files, format = 'array')))`,
      "read_json": `${fitbitRows} from (
        select "activities-heart"[1].dateTime as day,
          unnest("activities-heart-intraday".dataset) as sample
        from read_json($files, format = 'array', columns = {
          'activities-heart': 'STRUCT(dateTime DATE)[]',
          'activities-heart-intraday': 'STRUCT(dataset STRUCT("time" TIME, "value" SMALLINT)[])'}))`,
    },
  },
  {
    name: "takeout-json",
    title: "Takeout JSON",
    days: daysOfYear,
    make(day) {
      const samples = samplesOfDay(seed, day, takeoutSpacing);
      const member = `heart_rate-${day}.json`;
      return {
        path: archiveDocument(defaultParticipant, jsonArchive, member),
        document: takeoutJsonDocument(day, samples, offset_s),
        manifest: {
          ...manifestOf("takeout", "heart_rate-*.json", day, utcClock(offset_s)),
          archive: jsonArchive,
          member,
        },
        samples: samples.length,
      };
    },
    files: archiveDocument(defaultParticipant, jsonArchive, "heart_rate-*.json"),
    queries: {
      "read_json and strptime": `select strptime(dateTime, '%m/%d/%y %H:%M:%S') as time,
        ${offset_s}::integer as utc_offset_s, value.bpm as bpm, value.confidence as confidence,
        'takeout' as source
        from read_json($files, format = 'array', columns = {
          'dateTime': 'VARCHAR', 'value': 'STRUCT(bpm SMALLINT, confidence UTINYINT)'})`,
      "read_json with a timestamp format": `select dateTime as time,
        ${offset_s}::integer as utc_offset_s, value.bpm as bpm, value.confidence as confidence,
        'takeout' as source
        from read_json($files, format = 'array', timestampformat = '%m/%d/%y %H:%M:%S', columns = {
          'dateTime': 'TIMESTAMP', 'value': 'STRUCT(bpm SMALLINT, confidence UTINYINT)'})`,
    },
  },
  {
    name: "takeout-csv",
    title: "Takeout CSV",
    days: daysOfYear,
    make(day) {
      const samples = samplesOfDay(seed, day, takeoutSpacing);
      const member = `${csvFolder}/heart_rate_${day}.csv`;
      return {
        path: archiveDocument(defaultParticipant, csvArchive, member),
        document: takeoutCsvDocument(day, samples),
        manifest: {
          ...manifestOf("takeout", "heart_rate_*.csv", day, utcClock(offset_s)),
          // A file is a day in UTC and holds samples of two of the wearer's days.
          last_day: addDays(day, 1),
          archive: csvArchive,
          member,
        },
        samples: samples.length,
      };
    },
    files: archiveDocument(defaultParticipant, csvArchive, `${csvFolder}/heart_rate_*.csv`),
    queries: {
      "read_csv": `select "timestamp" as time, bpm, ${constants("takeout")}
        from read_csv($files, auto_detect = false, header = true, delim = ',', quote = '"',
          columns = {'timestamp': 'TIMESTAMP', 'bpm': 'SMALLINT', 'recorder': 'VARCHAR'})`,
    },
  },
  {
    name: "google-health",
    title: "Google Health pages",
    days: 90,
    make(day) {
      const samples = samplesOfDay(seed, day, googleSpacing);
      return {
        path: webDocument(defaultParticipant, "google-health", "heart-rate", day),
        document: googleDocument(day, samples, offset_s, "list"),
        manifest: manifestOf("google-health", "heart-rate", day, { kind: "explicit" }),
        samples: samples.length,
      };
    },
    files: `${rawFolder(defaultParticipant, "google-health", "heart-rate")}/*.json.zst`,
    queries: {
      "read_json_objects and from_json": `${googleRows} from (
        select unnest(from_json(json, '{"dataPoints": [{"heartRate": {
          "sampleTime": {"physicalTime": "TIMESTAMP", "utcOffset": "VARCHAR"},
          "beatsPerMinute": "SMALLINT"}}]}').dataPoints) as point
        from read_json_objects($files, format = 'array', maximum_object_size = 8_000_000))`,
      "read_json and unnest": `${googleRows} from (
        select unnest(dataPoints) as point
        from read_json($files, format = 'array', maximum_object_size = 8_000_000, columns = {
          'dataPoints': 'STRUCT(heartRate STRUCT(sampleTime STRUCT(physicalTime TIMESTAMP,
            utcOffset VARCHAR), beatsPerMinute SMALLINT))[]'}))`,
    },
  },
];
