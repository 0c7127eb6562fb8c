/**
 * Files in which people kept answers of the Fitbit Web API: `HR<day>.json` as the script of 2016
 * wrote them (Python 2's `json.dump` of a text: the answer inside a JSON string), plain ones, and
 * several answers appended to one file by `curl >>`. Pure.
 */

import { type Day, isDay } from "../../day.ts";
import { DocumentError } from "../../errors.ts";
import { arrayAt, isObject, member, parseDocument } from "../json/document.ts";
import { jsonTexts } from "./json_texts.ts";
import type { Lacking, SavedObject, SavedShape } from "./saved_shape.ts";
import { savedShapes } from "./saved_shapes.ts";

/** One answer about a day, or some days. */
export interface SavedAnswer {
  /** The first day it is about. */
  readonly day: Day;
  readonly lastDay: Day;
  /** `activities/heart/1sec`, by what the answer states. */
  readonly stream: string;
  /** The answer as the server sent it. */
  readonly body: Uint8Array;
  /** How many records it holds: samples, days, exercises. */
  readonly points: number;
  /** Wall-clock time of the first sample, `HH:MM:SS`; empty when there is none. */
  readonly firstTime: string;
  /** What a person should know of it. */
  readonly note: string | undefined;
}

export interface SavedFile {
  readonly answers: readonly SavedAnswer[];
  /** What stands where an answer should, in words that complete "It holds ...": a day is missing. */
  readonly missing: readonly string[];
  /** What stands in the file beside answers that are taken, in words that complete "skipped: ...". */
  readonly skipped: readonly string[];
}

const utf8 = new TextEncoder();

const firstMember = new RegExp(
  `^[\\s[\\ufeff"]*\\{\\s*\\\\?"(${
    ["errors", ...new Set(savedShapes.flatMap(({ members }) => members))].join("|")
  })\\\\?"`,
);

/** Whether a file's first bytes look as if it held answers: those of a file nobody named. */
export function looksSaved(head: Uint8Array): boolean {
  return firstMember.test(textOf(head, false));
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
  const missing: string[] = [];
  const skipped: string[] = [];
  for (const one of jsonTexts(text)) {
    const answer = one.kind === "bad"
      ? { lacks: one.reason }
      : answerOf(one.value, one.text, named);
    if (typeof answer === "string") skipped.push(answer);
    else if ("lacks" in answer) missing.push(answer.lacks);
    else answers.push(answer);
  }
  return { answers, missing: eachOnce(missing), skipped: eachOnce(skipped) };
}

function eachOnce(reasons: readonly string[]): string[] {
  return Array.from(
    Map.groupBy(reasons, (reason) => reason),
    ([reason, { length }]) => length === 1 ? reason : `${reason} (${length} times)`,
  );
}

/**
 * How many records a document of answers holds, each once: samples, days, exercises. Tells which of
 * two holds more. Throws a DocumentError when it is none.
 */
export function distinctRecords(document: Uint8Array): number {
  const keys = new Set<unknown>();
  for (const body of arrayAt(parseDocument(document), "the document")) {
    const shape = isObject(body) ? shapeOf(body) : undefined;
    if (isObject(body)) { for (const key of shape?.keys(body) ?? []) keys.add(key); }
  }
  return keys.size;
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

/** The answer, or what there is in its place, or why it is none that we take. */
function answerOf(
  value: unknown,
  text: string,
  named: Day | undefined,
): SavedAnswer | Lacking | string {
  if (!isObject(value)) return "something that is no answer";
  const error = errorIn(value);
  if (error !== undefined) {
    const lacks = `an error that the service answered: ${error}`;
    // Without a day in the name nobody knows that one is missing.
    return named === undefined ? lacks : { lacks };
  }
  const shape = shapeOf(value);
  if (shape === undefined) {
    return `an answer about ${Object.keys(value)[0] ?? "nothing"}, which no table takes yet`;
  }
  const classified = shape.classify(value, named);
  if (typeof classified === "string" || "lacks" in classified) return classified;
  const { stream, first, last, isTold, firstTime } = classified;
  return {
    day: first,
    lastDay: last,
    stream,
    body: utf8.encode(text),
    points: shape.keys(value).length,
    firstTime,
    note: isTold && first === last && named !== undefined && first !== named
      ? `its name says ${named}, its answer ${first}: taken as ${first}`
      : undefined,
  };
}

function shapeOf(value: SavedObject): SavedShape | undefined {
  return savedShapes.find((shape) => shape.is(value));
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
