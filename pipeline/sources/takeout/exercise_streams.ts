/**
 * `exercise-*.json`: pages of a hundred exercises, with the members of the Fitbit Web API's list and
 * starts in UTC. Their splits and tracks are not in it; `UserExercises` has splits of the same sessions,
 * by other ids.
 */

import { exercise, exerciseSplit, exerciseZone } from "../../catalog/exercise.ts";
import type { Manifest } from "../../raw/manifest.ts";
import { american, metric } from "../fitbit_web/account_units.ts";
import {
  exerciseCells,
  type ExerciseStart,
  exerciseZones,
  knownOfExercise,
} from "../fitbit_web/exercise_cells.ts";
import { demand, type Entry, read } from "../fitbit_web/exercise_entry.ts";
import { id, parseWithIds } from "../fitbit_web/ids.ts";
import { arrayAt, countUnknownFields, type UnknownFields } from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { real, text, valueAt } from "../records/readings.ts";
import type { Flattened, Session, Stream } from "../source.ts";
import { instantBy } from "./instants.ts";
import { stamp } from "./json_records.ts";

const known = [{
  ...knownOfExercise,
  intervalWorkoutData: true,
  shouldFetchDetails: true,
  vo2Max: { vo2Max: true },
}] as const;

function entriesIn(document: Uint8Array, unknown: UnknownFields): Entry[] {
  const list = arrayAt(parseWithIds(document), "the document");
  countUnknownFields(list, known, "", unknown);
  return list.map((record, index) => ({ record, place: `[${index}]` }));
}

function startBy({ clock }: Manifest): (entry: Entry) => ExerciseStart {
  const instantAt = instantBy(clock);
  return ({ record, place }) =>
    instantAt(Number(stamp(valueAt(record, "startTime"), `${place}.startTime`)));
}

const feetPerFloor = 10;
const metresPerFloor = 3.048;

/**
 * Metres in what the heights of a page are counted in, which follows the account and is not said:
 * most are floors, of ten feet or of 3.048 metres, the others are from GPS.
 */
function heightUnit(entries: readonly Entry[]): number {
  const heights = entries.map((entry) => Number(read(entry, "elevationGain", real) ?? 0))
    .filter((height) => height !== 0);
  const floorsOf = (floor: number) =>
    heights.filter((height) => Math.abs(height / floor - Math.round(height / floor)) < 1e-6).length;
  const inFeet = floorsOf(feetPerFloor);
  const inMetres = floorsOf(metresPerFloor);
  if (inFeet !== inMetres) return (inFeet > inMetres ? american : metric).height_m;
  const inMiles = entries.some((entry) => read(entry, "distanceUnit", text) === "Mile");
  return (inMiles ? american : metric).height_m;
}

function flattenExercises(document: Uint8Array, manifest: Manifest): Flattened {
  const unknown: UnknownFields = new Map();
  const notes: string[] = [];
  const rows = new ColumnsBuilder(exercise);
  const entries = entriesIn(document, unknown);
  const startOf = startBy(manifest);
  const height_m = heightUnit(entries);
  for (const entry of entries) {
    rows.add({
      ...exerciseCells(entry, startOf(entry), height_m, notes),
      run_vo2_max_ml_per_kg_min: read(entry, "vo2Max.vo2Max", real),
    });
  }
  return { columns: rows.columns(), unknown, notes, sessions: sessionsOf(entries, startOf) };
}

/** No row, but which exercises there are: splits that stand elsewhere are of these. */
function flattenSplits(document: Uint8Array, manifest: Manifest): Flattened {
  const entries = entriesIn(document, new Map());
  return {
    columns: new ColumnsBuilder(exerciseSplit).columns(),
    unknown: new Map(),
    notes: [],
    sessions: sessionsOf(entries, startBy(manifest)),
  };
}

function sessionsOf(
  entries: readonly Entry[],
  startOf: (entry: Entry) => ExerciseStart,
): Session[] {
  return entries.map((entry) => {
    const recorded = read(entry, "originalStartTime", stamp);
    return {
      id: String(demand(entry, "logId", id)),
      start: startOf(entry).time,
      ...typeof recorded === "number" ? { recorded } : {},
    };
  });
}

function flattenZones(document: Uint8Array, manifest: Manifest): Flattened {
  const unknown: UnknownFields = new Map();
  const rows = new ColumnsBuilder(exerciseZone);
  const startOf = startBy(manifest);
  for (const entry of entriesIn(document, unknown)) {
    for (const row of exerciseZones(entry, startOf(entry))) rows.add(row);
  }
  return { columns: rows.columns(), unknown, notes: [] };
}

/** What the JSON and the CSV files tell of the same sessions is one account of a day. */
export const exerciseSeries = "exercises";

/** The exercises, and the zones of each: from one document. */
export const takeoutExerciseStreams: readonly Stream[] = ([
  [exercise, flattenExercises],
  [exerciseZone, flattenZones],
  [exerciseSplit, flattenSplits],
] as const).map(([table, flatten]) => ({
  source: "takeout",
  name: "exercise-*.json",
  table: table.name,
  series: exerciseSeries,
  version: 2,
  flatten,
}));
