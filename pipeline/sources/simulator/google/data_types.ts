/**
 * The data types the Google Health API knows: how each is spelled, filtered, which verbs it allows,
 * which scope it needs. Types without simulated data answer as an account without such data does.
 * From developers.google.com/health/data-types and the schemas in googleapis 188.0.0.
 */

export type Verb = "list" | "reconcile" | "rollUp" | "dailyRollUp";

/** What the time filter compares. */
export type RecordKind = "interval" | "sample" | "daily" | "session" | "sleep" | "ecg" | "food";

export interface DataType {
  /** As in the path: `heart-rate`. */
  readonly name: string;
  /** As in JSON: `heartRate`. */
  readonly field: string;
  /** As in filters: `heart_rate`. */
  readonly filterName: string;
  readonly record: RecordKind;
  readonly verbs: ReadonlySet<Verb>;
  /** Without the prefix and `.readonly`. */
  readonly scope: string;
}

const activity = "activity_and_fitness";
const metrics = "health_metrics_and_measurements";

const read: readonly Verb[] = ["list", "reconcile"];
const rolled: readonly Verb[] = ["rollUp", "dailyRollUp"];
const all: readonly Verb[] = [...read, ...rolled];
const list: readonly Verb[] = ["list"];

type Row = readonly [name: string, record: RecordKind, verbs: readonly Verb[], scope: string];

const rows: readonly Row[] = [
  ["active-energy-burned", "interval", all, activity],
  ["active-minutes", "interval", all, activity],
  ["active-zone-minutes", "interval", all, activity],
  ["activity-level", "interval", read, activity],
  ["altitude", "interval", all, activity],
  ["basal-energy-burned", "interval", read, activity],
  ["blood-glucose", "sample", all, metrics],
  ["body-fat", "sample", all, metrics],
  ["calories-in-heart-rate-zone", "interval", rolled, activity],
  ["core-body-temperature", "sample", all, metrics],
  ["daily-heart-rate-variability", "daily", read, metrics],
  ["daily-heart-rate-zones", "daily", read, metrics],
  ["daily-oxygen-saturation", "daily", read, metrics],
  ["daily-respiratory-rate", "daily", read, metrics],
  ["daily-resting-heart-rate", "daily", read, metrics],
  ["daily-sleep-temperature-derivations", "daily", read, metrics],
  ["daily-vo2-max", "daily", read, activity],
  ["distance", "interval", all, activity],
  ["electrocardiogram", "ecg", list, "ecg"],
  ["exercise", "session", read, activity],
  ["floors", "interval", ["reconcile", ...rolled], activity],
  ["food", "food", list, "nutrition"],
  ["food-measurement-unit", "food", list, "nutrition"],
  ["heart-rate", "sample", all, metrics],
  ["heart-rate-variability", "sample", read, metrics],
  ["height", "sample", read, metrics],
  ["hydration-log", "session", all, "nutrition"],
  ["irregular-rhythm-notification", "session", list, "irn"],
  ["nutrition-log", "session", all, "nutrition"],
  ["oxygen-saturation", "sample", read, metrics],
  ["respiratory-rate-sleep-summary", "sample", read, metrics],
  ["run-vo2-max", "sample", all, activity],
  ["sedentary-period", "interval", all, activity],
  ["sleep", "sleep", read, "sleep"],
  ["steps", "interval", all, activity],
  ["swim-lengths-data", "interval", all, activity],
  ["time-in-heart-rate-zone", "interval", all, activity],
  ["total-calories", "interval", rolled, activity],
  ["vo2-max", "sample", read, activity],
  ["weight", "sample", all, metrics],
];

/** Every data type by its name in the path. */
export const dataTypes: ReadonlyMap<string, DataType> = new Map(
  rows.map(([name, record, verbs, scope]) => [name, {
    name,
    field: name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    filterName: name.replaceAll("-", "_"),
    record,
    verbs: new Set(verbs),
    scope,
  }]),
);

/** Points on a page when nothing is asked, and at most. */
export function pageSizes(type: DataType): { readonly usual: number; readonly most: number } {
  return ["sleep", "exercise"].includes(type.name)
    ? { usual: 25, most: 25 }
    : { usual: 1440, most: 10_000 };
}
