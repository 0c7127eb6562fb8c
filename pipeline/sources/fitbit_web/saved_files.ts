/**
 * Files in which people kept answers of the Fitbit Web API: `HR<day>.json` as the script of 2016
 * wrote them (Python 2's `json.dump` of a text: the answer inside a JSON string), plain ones, and
 * several answers appended to one file by `curl >>`. Pure.
 */

import { type Day, isDay } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import { arrayAt, isObject, member, parseDocument } from "../json/document.ts";
import { jsonTexts } from "./json_texts.ts";

/** One answer with heart-rate samples of one day. */
export interface SavedAnswer {
  readonly day: Day;
  /** `activities/heart/1sec`, by the interval the answer states. */
  readonly stream: string;
  /** The answer as the server sent it. */
  readonly body: Uint8Array;
  readonly points: number;
  /** Wall-clock time of the first sample, `HH:MM:SS`; empty when there is none. */
  readonly firstTime: string;
  /** What a person should know of it. */
  readonly note: string | undefined;
}

export interface SavedFile {
  readonly answers: readonly SavedAnswer[];
  /** What stands in the file beside answers that are taken, in words that complete "skipped: ...". */
  readonly skipped: readonly string[];
}

const streamOfInterval: Readonly<Record<string, string>> = {
  "1 second": "activities/heart/1sec",
  "1 minute": "activities/heart/1min",
  "5 minute": "activities/heart/5min",
  "15 minute": "activities/heart/15min",
};

const utf8 = new TextEncoder();

/** Whether a file's first bytes look as if it held answers: those of a file nobody named. */
export function looksSaved(head: Uint8Array): boolean {
  return /^[\s[\ufeff"]*\{\s*\\?"(activities-heart|errors\\?")/.test(textOf(head, false));
}

/**
 * The answers in a saved file. The day is the one inside the answer; when that says `today` the one
 * in the file's name. Throws a DocumentError when the file is empty or not text.
 * @param baseName The file's name, without folders.
 */
export function savedAnswers(bytes: Uint8Array, baseName: string): SavedFile {
  const text = textOf(bytes, true);
  if (text.trim() === "") throw new DocumentError("It is empty");
  const day = /\d{4}-\d\d-\d\d/.exec(baseName)?.[0];
  const named = day !== undefined && isDay(day) ? day : undefined;
  const answers: SavedAnswer[] = [];
  const skipped = new Map<string, number>();
  for (const one of jsonTexts(text)) {
    const answer = one.kind === "bad" ? one.reason : answerOf(one.value, one.text, named);
    if (typeof answer === "string") skipped.set(answer, (skipped.get(answer) ?? 0) + 1);
    else answers.push(answer);
  }
  return {
    answers,
    skipped: Array.from(
      skipped,
      ([reason, times]) => times === 1 ? reason : `${reason} (${times} times)`,
    ),
  };
}

/**
 * The distinct wall-clock times in a document of answers, to tell which of two holds more. Throws a
 * DocumentError when it is none.
 */
export function distinctPoints(document: Uint8Array): number {
  const times = new Set<unknown>();
  for (const body of arrayAt(parseDocument(document), "the document")) {
    for (const point of datasetOf(body) ?? []) {
      if (isObject(point)) times.add(member(point, "time"));
    }
  }
  return times.size;
}

/** PowerShell's `>` writes UTF-16; everything else UTF-8. */
function textOf(bytes: Uint8Array, fatal: boolean): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes);
  } catch {
    throw new DocumentError("It is not text: expected UTF-8");
  }
}

/** The answer, or why it is none that we take. */
function answerOf(value: unknown, text: string, named: Day | undefined): SavedAnswer | string {
  if (!isObject(value)) return "something that is no answer";
  const error = errorIn(value);
  if (error !== undefined) return `an error that the service answered: ${error}`;
  const daily = member(value, "activities-heart");
  const intraday = member(value, "activities-heart-intraday");
  if (intraday === undefined) {
    return daily === undefined
      ? `an answer about ${Object.keys(value)[0] ?? "nothing"}, which no table takes yet`
      : "a daily heart-rate series, without samples";
  }
  const dataset = datasetOf(value);
  if (!isObject(intraday) || dataset === undefined) return "an answer without a list of samples";
  const interval = `${member(intraday, "datasetInterval")} ${member(intraday, "datasetType")}`;
  const stream = streamOfInterval[interval];
  if (stream === undefined) return `samples every "${interval}", which nobody here knows`;
  const days = Array.isArray(daily)
    ? daily.map((entry) => isObject(entry) ? member(entry, "dateTime") : undefined)
    : [];
  if (days.length > 1) return `samples of ${days.length} days in one answer, without their dates`;
  const [inside] = days;
  const told = typeof inside === "string" && isDay(inside) ? inside : undefined;
  const day = told ?? named;
  if (day === undefined) {
    return `an answer for "${inside}": name the file after its day, as HR2016-06-16.json`;
  }
  const first: unknown = dataset[0];
  const firstTime = isObject(first) ? member(first, "time") : undefined;
  return {
    day,
    stream,
    body: utf8.encode(text),
    points: dataset.length,
    firstTime: typeof firstTime === "string" ? firstTime : "",
    note: told !== undefined && named !== undefined && told !== named
      ? `its name says ${named}, its answer ${told}: taken as ${told}`
      : undefined,
  };
}

function datasetOf(answer: unknown): readonly unknown[] | undefined {
  const intraday = isObject(answer) ? member(answer, "activities-heart-intraday") : undefined;
  const dataset = isObject(intraday) ? member(intraday, "dataset") : undefined;
  return Array.isArray(dataset) ? dataset : undefined;
}

/** The kind of error in either envelope of the service. Its message is left out: it quotes the token. */
function errorIn(value: Readonly<Record<string, unknown>>): string | undefined {
  const errors = member(value, "errors");
  const error = member(value, "error");
  if (errors === undefined && error === undefined) return undefined;
  const first: unknown = Array.isArray(errors) ? errors[0] : error;
  const type = isObject(first) ? member(first, "errorType") ?? member(first, "status") : undefined;
  return typeof type === "string" ? type : "it does not say which";
}
