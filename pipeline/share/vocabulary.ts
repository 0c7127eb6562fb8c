/**
 * What of a text may be shared. Every text column of the catalogue is in exactly one of these lists, and
 * a test fails for one that is not: what nobody thought of is not shared.
 */

/** Ids of the source, which tell when things happened: numbered anew for each participant. */
export const numberedColumns: readonly string[] = [
  "sleep_id",
  "exercise_id",
  "entry_id",
  "session_id",
];

/** What a person typed, what they own, what only they have: left out. */
export const droppedColumns: readonly string[] = [
  "algorithm_version",
  "battery",
  "brand",
  "description",
  "device",
  "device_id",
  "food",
  "food_id",
  "model",
  "mood",
  "name",
  "notes",
  "notification",
  "origin",
  "plural",
  "service_version",
  "serving_unit",
  "time_zone",
  "unit_id",
  "waveform_counts",
  "waveform_mv",
];

/** Tables about what a person owns and eats, and where they were. */
export const droppedTables: readonly string[] = [
  "device",
  "food",
  "food_measurement_unit",
  "irregular_rhythm",
  "irregular_rhythm_beat",
  "irregular_rhythm_profile",
  "irregular_rhythm_window",
  "mood_log",
  "exercise_track",
  "profile",
  "gps_location",
];

/** A word of a source's own list, as the catalogue spells it. */
const word = /^[a-z][A-Za-z0-9_]{0,39}$/;

/** Words of the sources' own lists; what is none becomes `other`. */
const wordColumns: Readonly<Record<string, RegExp>> = {
  source: /^(google-health|takeout|fitbit-web)$/,
  // A person can name a zone of their own, and an exercise.
  zone: /^(light|moderate|vigorous|peak|out_of_range|fat_burn|cardio|unspecified)$/,
  type:
    /^(stages|classic|manual|duration|distance|calories|interval_move|interval_rest|start|stop|pause|resume|auto_pause|auto_resume|walk|run|bike|outdoor_bike|swim|hike|aerobic_workout|interval_workout|circuit_training|spinning|bootcamp|kickboxing|martial_arts|stairclimber|walking|running|biking|cycling|hiking|swimming|swimming_pool|swimming_open_water|elliptical|rowing|treadmill|yoga|pilates|weights|strength_training|workout|sport|tennis|football|golf|skiing|high|low|unspecified)$/,
  access: word,
  activity_level: word,
  fitness_level: word,
  goal: word,
  hrv_level: word,
  label: word,
  level: word,
  location: word,
  log_type: word,
  meal: word,
  measure: word,
  measured_by: word,
  method: word,
  nutrient: word,
  period: word,
  quantity: word,
  resource: /^(tracker\/)?[a-z][A-Za-z-]{0,39}$/,
  resting_heart_rate_level: word,
  result: word,
  sensor: word,
  sleep_level: word,
  specimen: word,
  stage: word,
  stages_status: word,
  status: word,
  stroke: word,
  timing: word,
  unit: /^(count|m|kcal|min|min after midnight|kg|%|kg\/m²)$/,
};

/** What stands for a word of no list. */
export const otherWord = "other";

/** A number given instead of an id. */
const number = /^\d{1,9}$/;

/** What is done with a text column: its cells left out, numbered, or held against a list. */
export type TextRule = "drop" | "number" | RegExp;

/** The rule of a text column; throws a RangeError for one that has none. */
export function textRule(column: string): TextRule {
  if (droppedColumns.includes(column)) return "drop";
  if (numberedColumns.includes(column)) return "number";
  const list = wordColumns[column];
  if (list !== undefined) return list;
  throw new RangeError(`Cannot tell whether "${column}" may be shared: give it a rule`);
}

/** Whether a cell is as {@link textRule} lets it be. */
export function mayBeShared(column: string, text: string): boolean {
  const rule = textRule(column);
  if (rule === "drop") return text === "";
  if (rule === "number") return number.test(text);
  return text === otherWord || rule.test(text);
}
