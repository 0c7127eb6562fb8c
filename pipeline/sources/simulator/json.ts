/** What the simulated servers speak. */

/** Any JSON value; members that are `undefined` are left out when written, as both APIs do. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

/** Whether a value is an object with members. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Marks a text that is to be written as a number. */
const mark = "\u0000";

/** Digits that are written as a number, however many: ids past 2^53 would lose their last ones. */
export function digits(text: string): string {
  return `${mark}${text}`;
}

/** What {@link jsonText} wrote: numbers of so many digits that they would lose some stay digits. */
export function parsedJson(text: string): Json {
  return JSON.parse(text.replace(/([:[,]\s*)(\d{16,})(?=\s*[,}\]])/g, '$1"\\u0000$2"'));
}

/** A value as text. */
export function jsonText(value: Json): string {
  return JSON.stringify(value).replace(/"\\u0000(\d+)"/g, "$1");
}
