/** From the bytes of a JSON document to values, and the words for what is wrong with them. */

import { DocumentError, reasonOf } from "../../errors.ts";

/** Unknown fields by their path, with their number. */
export type UnknownFields = Map<string, number>;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The document's text; throws a DocumentError when it is not UTF-8. */
export function decodeDocument(document: Uint8Array): string {
  try {
    return utf8.decode(document);
  } catch {
    throw new DocumentError("Cannot decode the document: expected UTF-8");
  }
}

/** The document as JSON.parse gives it; throws a DocumentError when it is none. */
export function parseDocument(document: Uint8Array): unknown {
  const text = decodeDocument(document);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DocumentError(`Cannot parse the document as JSON: ${reasonOf(error)}`);
  }
}

/** What is wrong at a place in a document. */
export function unreadable(path: string, expected: string, found: unknown): DocumentError {
  return new DocumentError(`Cannot read ${path}: expected ${expected}, found ${shown(found)}`);
}

function shown(found: unknown): string {
  if (found === undefined) return "nothing";
  const text = JSON.stringify(found);
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

/** Whether it is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as a JSON object; throws a DocumentError that names its place. */
export function objectAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  throw unreadable(path, "an object", value);
}

/** The value as a JSON array; throws a DocumentError that names its place. */
export function arrayAt(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw unreadable(path, "an array", value);
}

/** A member of an object; undefined when it has none of its own of that name. */
export function member(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Counts one more unknown field of that path. */
export function countUnknown(unknown: UnknownFields, path: string): void {
  unknown.set(path, (unknown.get(path) ?? 0) + 1);
}

/** Known fields of a document's envelope: `true` is anything, an array of one shape, or members. */
export type Known = true | readonly [Known] | { readonly [key: string]: Known };

/** Counts the fields of a value that are not in `known`; `path` names the value, `""` the document. */
export function countUnknownFields(
  value: unknown,
  known: Known,
  path: string,
  unknown: UnknownFields,
): void {
  // Nearly always there is none, and nothing has to be named.
  if (!isAllKnown(value, known)) nameUnknownFields(value, known, path, unknown);
}

function isAllKnown(value: unknown, known: Known): boolean {
  if (known === true) return true;
  if (isList(known)) {
    return Array.isArray(value) && value.every((element) => isAllKnown(element, known[0]));
  }
  if (!isObject(value)) return false;
  for (const key of Object.keys(value)) {
    const shape = Object.hasOwn(known, key) ? known[key] : undefined;
    if (shape === undefined || (shape !== true && !isAllKnown(value[key], shape))) return false;
  }
  return true;
}

function nameUnknownFields(
  value: unknown,
  known: Known,
  path: string,
  unknown: UnknownFields,
): void {
  if (known === true) return;
  if (isList(known)) {
    if (!Array.isArray(value)) return countUnknown(unknown, path);
    for (const element of value) nameUnknownFields(element, known[0], `${path}[]`, unknown);
    return;
  }
  if (!isObject(value)) return countUnknown(unknown, path);
  for (const [key, inner] of Object.entries(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    const shape = Object.hasOwn(known, key) ? known[key] : undefined;
    if (shape === undefined) countUnknown(unknown, at);
    else nameUnknownFields(inner, shape, at, unknown);
  }
}

function isList(known: Known): known is readonly [Known] {
  return Array.isArray(known);
}
