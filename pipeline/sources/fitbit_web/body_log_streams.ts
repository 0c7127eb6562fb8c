/** What a scale or the person wrote down: weight, body fat, core temperature. */

import { bodyFat, weight } from "../../catalog/body.ts";
import { coreBodyTemperature } from "../../catalog/vitals.ts";
import { type Reading, real, text, valueAt } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { answerStream } from "./answer_streams.ts";
import { wallMs } from "./local_stamps.ts";

/** Entries without a time of day get the last second of it, as the service itself has it. */
const untimed = "23:59:59";

const loggedAt = (entry: unknown, place: string) =>
  wallMs(`${valueAt(entry, "date")}T${valueAt(entry, "time") ?? untimed}`, `${place}.date`);

/** No fever in degrees Celsius is so high, no body in degrees Fahrenheit so cold. */
const betweenScales = 60;

/** Degrees Celsius; answers that were asked for with `en_US` are in Fahrenheit. */
const celsius: Reading = (value, place) => {
  const found = real(value, place);
  return typeof found === "number" && found > betweenScales ? (found - 32) / 1.8 : found;
};

const known = ["date", "time", "logId"];

/** A stream for each log; the fat in an entry of weight stands in for its own log. */
export const bodyLogStreams: readonly Stream[] = [
  answerStream({
    name: "body/log/weight",
    table: weight,
    list: "weight",
    wallOf: loggedAt,
    columns: () => ({
      weight_kg: field("weight", real),
      bmi: field("bmi", real),
      origin: field("source", text),
    }),
    known: [...known, "fat"],
    unitsNote: "Read in kilograms: the saved answer does not say its units",
  }),
  answerStream({
    name: "body/log/fat",
    table: bodyFat,
    list: "fat",
    wallOf: loggedAt,
    columns: () => ({ percent: field("fat", real), origin: field("source", text) }),
    known,
  }),
  answerStream({
    name: "body/log/weight",
    table: bodyFat,
    list: "weight",
    wallOf: loggedAt,
    columns: () => ({ percent: field("fat", real), origin: field("source", text) }),
    known: [...known, "weight", "bmi"],
    skip: (entry) => valueAt(entry, "fat") === undefined,
  }),
  answerStream({
    name: "temp/core",
    table: coreBodyTemperature,
    list: "tempCore",
    wallOf: (entry, place) => wallMs(valueAt(entry, "dateTime"), `${place}.dateTime`),
    columns: () => ({ temperature_c: field("value", celsius) }),
    known: ["dateTime"],
  }),
];
