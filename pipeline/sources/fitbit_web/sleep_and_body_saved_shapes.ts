/** Saved answers about sleep, vitals, the body, clinical lists and devices. */

import { member } from "../json/document.ts";
import { valueAt } from "../records/readings.ts";
import { daysAmong, membersOf, oneDay, type SavedObject, type SavedShape } from "./saved_shape.ts";

/** A list of records, each with its day. */
interface DatedList {
  /** The member that holds the records. */
  readonly list: string;
  /** The member of a record that is, or begins with, its day. */
  readonly day: string;
  /** The stream, by the first record. */
  streamOf(record: unknown): string;
  /** Of a record: what tells it apart, with its parts, from others. */
  keysOf?(record: unknown): readonly unknown[];
}

/** The minutes of a night, which may begin on the evening before its day. */
const minutesOf = (record: unknown) => membersOf(valueAt(record, "minutes"), "minute");

const stagesOf = (log: unknown) => [
  valueAt(log, "startTime"),
  ...membersOf(valueAt(log, "levels.data"), "dateTime"),
  ...membersOf(valueAt(log, "minuteData"), "dateTime"),
];

/** Whether a record has something at a path. */
const has = (record: unknown, path: string) => valueAt(record, path) !== undefined;

const datedLists: readonly DatedList[] = [
  {
    list: "sleep",
    day: "dateOfSleep",
    streamOf: (log) => has(log, "minuteData") ? "sleep/minutes" : "sleep",
    keysOf: stagesOf,
  },
  {
    list: "hrv",
    day: "dateTime",
    streamOf: (record) => has(record, "minutes") ? "hrv/all" : "hrv",
  },
  {
    list: "br",
    day: "dateTime",
    streamOf: (record) => has(record, "value.breathingRate") ? "br" : "br/all",
  },
  { list: "tempSkin", day: "dateTime", streamOf: () => "temp/skin" },
  { list: "tempCore", day: "dateTime", streamOf: () => "temp/core" },
  { list: "cardioScore", day: "dateTime", streamOf: () => "cardioscore" },
  {
    list: "weight",
    day: "date",
    streamOf: () => "body/log/weight",
    keysOf: (entry) => [`${valueAt(entry, "date")} ${valueAt(entry, "time")}`],
  },
  {
    list: "fat",
    day: "date",
    streamOf: () => "body/log/fat",
    keysOf: (entry) => [`${valueAt(entry, "date")} ${valueAt(entry, "time")}`],
  },
  { list: "ecgReadings", day: "startTime", streamOf: () => "ecg/list" },
  { list: "alerts", day: "alertTime", streamOf: () => "irn/alerts/list" },
];

/** The days of records, with the evenings before those whose nights began on them. */
function spanOf(records: readonly unknown[], dayMember: string) {
  return daysAmong(
    records.flatMap((record) => [valueAt(record, dayMember), ...minutesOf(record).slice(0, 1)]),
  );
}

function datedList({ list, day, streamOf, keysOf }: DatedList): SavedShape {
  const recordsOf = (answer: SavedObject): readonly unknown[] => {
    const records = member(answer, list);
    return Array.isArray(records) ? records : [];
  };
  return {
    members: [list],
    is: (answer) => Array.isArray(member(answer, list)),
    classify(answer, named) {
      const records = recordsOf(answer);
      const stream = streamOf(records[0]);
      const span = spanOf(records, day);
      if (span !== undefined) return { stream, ...span, isTold: true, firstTime: "" };
      return oneDay(stream, undefined, named, "");
    },
    keys: (answer) =>
      recordsOf(answer).flatMap((record) =>
        keysOf?.(record) ?? [valueAt(record, day), ...minutesOf(record)]
      ),
  };
}

/** A day of oxygen saturation: the answer for one, and the elements of the answer for several. */
const saturation: SavedShape = {
  members: [
    'dateTime\\\\?"\\s*:\\s*\\\\?"\\d{4}-\\d\\d-\\d\\d\\\\?"\\s*,\\s*\\\\?"minutes',
    'dateTime\\\\?"\\s*:\\s*\\\\?"\\d{4}-\\d\\d-\\d\\d\\\\?"\\s*,\\s*\\\\?"value\\\\?"\\s*:\\s*\\{\\s*\\\\?"avg',
  ],
  is: (answer) =>
    has(answer, "dateTime") && (Array.isArray(answer["minutes"]) || has(answer, "value.avg")),
  classify(answer, named) {
    const stream = has(answer, "minutes") ? "spo2/all" : "spo2";
    const span = spanOf([answer], "dateTime");
    if (span === undefined) return oneDay(stream, undefined, named, "");
    return { stream, ...span, isTold: true, firstTime: "" };
  },
  keys: (answer) => [member(answer, "dateTime"), ...minutesOf(answer)],
};

/** A device: an element of the answer. Its state is that of its last sync. */
const pairedDevice: SavedShape = {
  members: ["battery"],
  is: (answer) => has(answer, "deviceVersion") && has(answer, "lastSyncTime"),
  classify: (answer, named) =>
    oneDay("devices", named ?? String(member(answer, "lastSyncTime")).slice(0, 10), named, ""),
  keys: (answer) => [member(answer, "id")],
};

/** How somebody stands to irregular-rhythm notifications; it does not tell its day. */
const rhythmProfile: SavedShape = {
  members: ["onboarded", "enrolled"],
  is: (answer) => has(answer, "onboarded") && has(answer, "enrolled"),
  classify: (_answer, named) => oneDay("irn/profile", undefined, named, ""),
  keys: () => ["profile"],
};

/** What is known, and holds nothing that the tables could take. */
const nothingToTake: SavedShape = {
  members: ["meta", "sleep-[A-Za-z]+"],
  is: (answer) =>
    has(answer, "meta.state") || Object.keys(answer).some((name) => name.startsWith("sleep-")),
  classify: (answer) =>
    has(answer, "meta.state")
      ? "an answer that the service was still working on"
      : "a series of one value a night, which says less than the sleep logs",
  keys: () => [],
};

export const sleepAndBodyShapes: readonly SavedShape[] = [
  ...datedLists.map(datedList),
  saturation,
  pairedDevice,
  rhythmProfile,
  nothingToTake,
];
