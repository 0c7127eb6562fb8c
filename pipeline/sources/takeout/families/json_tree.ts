/** The families of the JSON tree: by which names, on which clock. Heart rate has a file of its own. */

import { dayOfNumber, MS_PER_DAY } from "../../../day.ts";
import { arrayAt, parseDocument } from "../../json/document.ts";
import { valueAt } from "../../records/readings.ts";
import { readInstant } from "../../json/read_value.ts";
import type { Evidence, Family, Span } from "../family.ts";
import { bounds, cutNote, emptyArray, nothingIn } from "../first_look.ts";
import { readStamp, weighedAt } from "../json_records.ts";
import { altitudeTwin, caloriesTwin, marksOfMinutes } from "../minute_streams.ts";
import { jsonSampleTimes } from "../sample_times.ts";
import type { TwinSpec } from "../twin_marks.ts";

/** What a first look finds in a file. */
interface Look {
  /** How many records it holds. */
  readonly samples: number;
  /** Times as they are written, ms since 1970, with the earliest and the latest among them. */
  readonly written: Float64Array;
  readonly evidence?: Evidence;
}

interface JsonFamily {
  /** The name up to the number or date. */
  readonly stem: string;
  /** Names of other times, or with what somebody left out. */
  readonly names?: readonly string[];
  readonly clock: Span["kind"];
  readonly padded?: true;
  readonly look?: (document: Uint8Array) => Look;
}

/** Most families have a time in every record, under the same name. */
function lookAtSamples(document: Uint8Array): Look {
  const written = jsonSampleTimes(document);
  return { samples: written.length, written };
}

/** The same, with what the file's twin in the CSV tree is known by. */
function lookAtMinutes(stream: string, twin: TwinSpec): (document: Uint8Array) => Look {
  return (document) => {
    const look = lookAtSamples(document);
    const marks = marksOfMinutes(stream, twin, document);
    return marks === undefined ? look : { ...look, evidence: { marks } };
  };
}

/**
 * For lists that are short enough to be parsed. A record without a time that can be read is none to
 * find the file's place by; what is wrong with it is told when it is read.
 */
function lookAtRecords(
  timesOf: (record: unknown) => readonly (number | undefined)[],
): (document: Uint8Array) => Look {
  return (document) => {
    const list = arrayAt(parseDocument(document), "the document");
    const times = list.flatMap(timesOf).filter((time) => time !== undefined);
    return { samples: list.length, written: Float64Array.from(times) };
  };
}

const at = (path: string) => lookAtRecords((record) => [readStamp(valueAt(record, path))]);

/** The wall-clock time of a log under that name, as if it were UTC. */
function wallOf(log: unknown, path: string): number | undefined {
  const text = valueAt(log, path);
  return typeof text === "string" ? readInstant(`${text}Z`) : undefined;
}

/** Nights, whose wall clock nothing else tells so surely. */
function lookAtSleep(document: Uint8Array): Look {
  const list = arrayAt(parseDocument(document), "the document");
  const nights = list.flatMap((log) => {
    const start = wallOf(log, "startTime");
    const end = wallOf(log, "endTime");
    return start === undefined || end === undefined ? [] : [{ start, end }];
  });
  const days = list.map((log) => readStamp(valueAt(log, "dateOfSleep")));
  const times = [...nights.flatMap(({ start, end }) => [start, end]), ...days]
    .filter((time) => time !== undefined);
  return { samples: list.length, written: Float64Array.from(times), evidence: { nights } };
}

const jsonFamilies: readonly JsonFamily[] = [
  { stem: "steps", clock: "utc" },
  { stem: "distance", clock: "utc" },
  { stem: "calories", clock: "wall", look: lookAtMinutes("calories-*.json", caloriesTwin) },
  { stem: "altitude", clock: "wall", look: lookAtMinutes("altitude-*.json", altitudeTwin) },
  { stem: "sedentary_minutes", clock: "days", padded: true },
  { stem: "lightly_active_minutes", clock: "days", padded: true },
  { stem: "moderately_active_minutes", clock: "days", padded: true },
  { stem: "very_active_minutes", clock: "days", padded: true },
  { stem: "demographic_vo2_max", clock: "days" },
  { stem: "run_vo2_max", clock: "utc" },
  { stem: "time_in_heart_rate_zones", names: ["heart_rate_zones"], clock: "days" },
  { stem: "swim_lengths_data", clock: "utc" },
  { stem: "height", clock: "wall" },
  {
    stem: "weight",
    clock: "wall",
    look: lookAtRecords((entry) => [readStamp(weighedAt(entry))]),
  },
  { stem: "sleep", clock: "wall", look: lookAtSleep },
  { stem: "exercise", clock: "utc", look: at("startTime") },
  { stem: "food_logs", clock: "wall", look: at("logDate") },
  { stem: "water_logs", clock: "wall", look: at("date") },
];

function familyOf({ stem, names = [], clock, padded, look = lookAtSamples }: JsonFamily): Family {
  return {
    stream: `${stem}-*.json`,
    // People who trim their export leave the date out.
    name: new RegExp(`^(${[stem, ...names].join("|")})(-(\\d{4}-\\d\\d-\\d\\d|\\d+))?\\.json$`),
    // Answers of the Fitbit Web API that somebody saved under such a name are no lists.
    header: (beginning) => /^\s*(\[|$)/.test(beginning),
    ...padded === undefined ? {} : { padded },
    summarise(document) {
      const { samples, written, evidence } = look(document);
      const [first, last] = bounds(written);
      if (first === undefined || last === undefined) {
        return nothingIn(document, emptyArray, "a list of records, each with its time");
      }
      return {
        samples,
        span: clock === "days"
          ? { kind: clock, first: dayOf(first), last: dayOf(last) }
          : { kind: clock, first, last },
        ...evidence === undefined ? {} : { evidence },
        ...cutNote(document),
      };
    },
  };
}

function dayOf(written: number) {
  return dayOfNumber(Math.floor(written / MS_PER_DAY));
}

export const jsonTreeFamilies: readonly Family[] = jsonFamilies.map(familyOf);
