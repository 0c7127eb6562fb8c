/**
 * Sleep of the Fitbit Web API, version 1.2, and of the archive's JSON, which has the same logs: with
 * their stages, of a day, of a range or of the list. All stamps of a log keep the offset from UTC that
 * was in force when it began, also in the night the clocks change: of the genuine night of 2020-04-05
 * after the change 15 of 17 minutes with steps lie beside its stages of being awake, 4 of 33 if the
 * stamps were by the new clock, and the heart says the same (`tests/whole/genuine_autumn_night_test.ts`).
 * So its start is placed by the wall clock, and the rest by the time since.
 */

import { sleep, sleepStage } from "../../catalog/sleep.ts";
import { type Day, dayNumber } from "../../day.ts";
import type { Manifest } from "../../raw/manifest.ts";
import type { UnknownFields } from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { flag, type Reading, real, text, valueAt, whole } from "../records/readings.ts";
import { addRecords, type Field, field } from "../records/record_reader.ts";
import type { Flattened, Stream } from "../source.ts";
import { answeredDay } from "./answer_days.ts";
import { type Records, recordsIn, timeFields } from "./answer_streams.ts";
import { id } from "./ids.ts";
import { type Placed, placedWalls, wallMs, wallOffsetBy } from "./local_stamps.ts";

/** When a log began. */
export interface LogStart extends Placed {
  /** As the wall clock showed it. */
  readonly wall: number;
}

/** When a log began; throws a DocumentError when it does not say. */
function startOf(log: unknown, place: string, manifest: Manifest, notes: string[]): LogStart {
  const wall = wallMs(valueAt(log, "startTime"), `${place}.startTime`);
  const [placed = { time: NaN, utc_offset_s: 0 }] = placedWalls([wall], manifest, notes);
  return { ...placed, wall };
}

/** A later moment of a log, from its stamp, with the offset of the wall clock then. */
export function momentOf(
  wall: number,
  start: LogStart,
  offsetAt: (time: number) => number,
): Placed {
  const time = start.time + wall - start.wall;
  return { time, utc_offset_s: offsetAt(time) };
}

const thousandth: Reading = (value, place) => Number(real(value, place)) / 1000;

const isManual: Reading = (value, place) => text(value, place) === "manual";

/** Why a log has stages or none, in the words of the Google Health API; others by their number. */
const statuses: Readonly<Record<number, string>> = {
  0: "succeeded",
  1: "rejected_coverage",
  2: "rejected_nap",
  3: "rejected_server",
};

/** The status of a log; 0 says something of stages only where there are some. */
const stagesStatus: Reading = (log, place) => {
  const value = valueAt(log, "infoCode");
  if (value === undefined) return undefined;
  const code = Number(whole(value, `${place}.infoCode`));
  if (code === 0 && valueAt(log, "type") !== "stages") return undefined;
  return statuses[code] ?? `info_code_${code}`;
};

/** Where the logs of a source stand, and what it calls what others call otherwise. */
export interface LogSource {
  lists(document: Uint8Array, unknown: UnknownFields): Records[];
  /** The day a log belongs to. */
  dayOf(value: unknown, place: string, manifest: Manifest): Day;
  /** The member that says whether it is the day's main sleep. */
  readonly mainSleep: string;
}

const webLogs: LogSource = {
  lists: (document, unknown) => recordsIn(document, "sleep", unknown),
  dayOf: answeredDay,
  mainSleep: "isMainSleep",
};

/** The columns that logs of both versions have. */
export function logColumns(
  starts: ReadonlyMap<unknown, LogStart>,
  manifest: Manifest,
  { dayOf, mainSleep }: LogSource = webLogs,
): Record<string, Field> {
  const offsetAt = wallOffsetBy(manifest);
  const endOf = (log: unknown, place: string): Placed | undefined => {
    const start = starts.get(log);
    const wall = wallMs(valueAt(log, "endTime"), `${place}.endTime`);
    return start === undefined ? undefined : momentOf(wall, start, offsetAt);
  };
  return {
    ...timeFields(starts, false),
    date: field("dateOfSleep", (value, place) => dayNumber(dayOf(value, place, manifest))),
    duration_s: field("duration", thousandth),
    end_time: field("^", (log, place) => endOf(log, place)?.time),
    end_utc_offset_s: field("^", (log, place) => endOf(log, place)?.utc_offset_s),
    sleep_id: field("logId", id),
    main_sleep: field(mainSleep, flag),
    manual: field("logType", isManual),
    asleep_min: field("minutesAsleep", real),
    awake_min: field("minutesAwake", real),
    to_fall_asleep_min: field("minutesToFallAsleep", real),
    after_wake_up_min: field("minutesAfterWakeup", real),
    in_bed_min: field("timeInBed", real),
    efficiency: field("efficiency", whole),
  };
}

/** The columns of a log's stage that are the log's. */
function columnsOfLog(
  log: unknown,
  place: string,
  manifest: Manifest,
  { dayOf }: LogSource,
): Record<string, Field> {
  const sleepId = id(valueAt(log, "logId"), `${place}.logId`);
  const day = dayOf(valueAt(log, "dateOfSleep"), `${place}.dateOfSleep`, manifest);
  return { sleep_id: field("^", () => sleepId), date: field("^", () => dayNumber(day)) };
}

/** Each log of a document with its place, and when it began. */
export function logsIn(
  document: Uint8Array,
  manifest: Manifest,
  unknown: UnknownFields,
  notes: string[],
  source = webLogs,
) {
  const lists = source.lists(document, unknown);
  const logs = lists.flatMap(({ records, place, general }) =>
    records.map((log, index) => ({ log, place: `${place}[${index}]`, general: `${general}[]` }))
  );
  const starts = new Map(
    logs.map(({ log, place }) => [log, startOf(log, place, manifest, notes)] as const),
  );
  return { lists, logs, starts };
}

const levelMinutes = (level: string) => field(`levels.summary.${level}.minutes`, real);

/** What the summary has of a level beside its minutes. */
const ofLevels = ["deep", "light", "rem", "wake", "asleep", "restless", "awake"]
  .flatMap((level) => ["count", "minutes", "thirtyDayAvgMinutes"].map((of) => `${level}.${of}`))
  .map((path) => `levels.summary.${path}`);

function flattenLogs(document: Uint8Array, manifest: Manifest, source: LogSource): Flattened {
  const unknown: UnknownFields = new Map();
  const notes: string[] = [];
  const { lists, starts } = logsIn(document, manifest, unknown, notes, source);
  const rows = new ColumnsBuilder(sleep);
  const columns = {
    ...logColumns(starts, manifest, source),
    type: field("type", text),
    deep_min: levelMinutes("deep"),
    light_min: levelMinutes("light"),
    rem_min: levelMinutes("rem"),
    // Stages call it wake, classic sleep awake.
    wake_min: field("levels.summary", (summary, place) => {
      const [minutes] = ["wake", "awake"]
        .map((level) => valueAt(summary, `${level}.minutes`)).filter((of) => of !== undefined);
      return minutes === undefined ? undefined : real(minutes, place);
    }),
    restless_min: levelMinutes("restless"),
    stages_status: field("^", stagesStatus),
  };
  const known = [
    "startTime",
    "endTime",
    "infoCode",
    "levels.data",
    "levels.shortData",
    ...ofLevels,
  ];
  for (const { records, place, general } of lists) {
    addRecords({ table: sleep, columns, known }, records, place, general, rows, unknown);
  }
  return { columns: rows.columns(), unknown, notes };
}

/** The level of a stage, in the words of the tables. */
const stageWord: Reading = (value, place) => {
  const level = text(value, place);
  return level === "wake" ? "awake" : level;
};

function flattenStages(document: Uint8Array, manifest: Manifest, source: LogSource): Flattened {
  const unknown: UnknownFields = new Map();
  const notes: string[] = [];
  const offsetAt = wallOffsetBy(manifest);
  const { logs, starts } = logsIn(document, manifest, unknown, notes, source);
  const rows = new ColumnsBuilder(sleepStage);
  for (const { log, place, general } of logs) {
    const start = starts.get(log);
    if (start === undefined) continue;
    const own = columnsOfLog(log, place, manifest, source);
    const stage = (value: unknown, where: string) =>
      momentOf(wallMs(value, where), start, offsetAt);
    for (const [list, short] of [["data", false], ["shortData", true]] as const) {
      const path = `levels.${list}`;
      const stages = valueAt(log, path);
      if (!Array.isArray(stages)) continue;
      addRecords(
        {
          table: sleepStage,
          columns: {
            ...own,
            time: field("dateTime", (value, where) => stage(value, where).time),
            utc_offset_s: field("dateTime", (value, where) => stage(value, where).utc_offset_s),
            duration_s: field("seconds", real),
            stage: field("level", stageWord),
            short: field("^", () => short),
          },
        },
        stages,
        `${place}.${path}`,
        `${general}.${path}`,
        rows,
        unknown,
      );
    }
  }
  return { columns: rows.columns(), unknown, notes };
}

/** The logs, and their stages: from one document. */
export function sleepStreams(
  { source, name }: Pick<Stream, "source" | "name">,
  logs: LogSource,
): readonly Stream[] {
  return ([[sleep, flattenLogs], [sleepStage, flattenStages]] as const).map((
    [table, flatten],
  ) => ({
    source,
    name,
    table: table.name,
    version: 1,
    flatten: (document, manifest) => flatten(document, manifest, logs),
  }));
}

export const sleepLogStreams = sleepStreams({ source: "fitbit-web", name: "sleep" }, webLogs);
