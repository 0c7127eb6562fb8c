/**
 * A table language for the records of a JSON answer: which members a record has, which of them are
 * kept, and how their text is read. The careful reader (read_records.ts) and the byte scanner
 * (scan_records.ts) both follow the same shape, so that they accept the same documents.
 */

/** How a value is written; `read_value.ts` and `scan_value.ts` hold the two readers of each. */
export type Writing = keyof typeof expectations;

/** What a reader expects to find, for messages. */
export const expectations = {
  instant: 'an instant such as "2026-10-01T12:00:05Z"',
  utc_offset: 'an offset from UTC such as "7200s" or "+02:00"',
  us_date_time: 'a time such as "04/05/20 13:59:55"',
  clock_time: 'a time of day such as "13:59:55"',
  whole: "a whole number",
  decimal: "a number",
  text: "text",
} as const;

/** One value of a record. */
export interface ValueShape {
  readonly kind: "value";
  readonly writing: Writing;
  /** Where in the row the number goes; undefined for a value that is checked but not kept. */
  readonly column: number | undefined;
  /** An absent or mistyped required value makes the document unreadable. */
  readonly required: boolean;
  /** Whether a number stands in quotes: int64 in Google's JSON does, but need not. */
  readonly quoted: "always" | "never" | "either";
  /** Bounds of a number, both included. */
  readonly min: number;
  readonly max: number;
}

export interface ObjectShape {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, Shape>;
  /** Whether a required value lies within. */
  readonly required: boolean;
}

export type Shape = ValueShape | ObjectShape;

/** A record, and how many numbers a row of it has. */
export interface RecordShape {
  readonly width: number;
  readonly record: ObjectShape;
}

/** An object with these members; any other member is unknown and gets counted. */
export function object(members: Readonly<Record<string, Shape>>): ObjectShape {
  const shapes = new Map(Object.entries(members));
  return {
    kind: "object",
    members: shapes,
    required: Array.from(shapes.values()).some((shape) => shape.required),
  };
}

/** A required moment or offset, kept in that column. */
export function time(
  writing: "instant" | "utc_offset" | "us_date_time" | "clock_time",
  column: number,
): ValueShape {
  return { kind: "value", writing, column, required: true, quoted: "always", min: 0, max: 0 };
}

/** A whole number within bounds, kept in that column; absent is NaN there unless it is required. */
export function whole(
  column: number,
  options: Pick<ValueShape, "required" | "quoted" | "min" | "max">,
): ValueShape {
  return { kind: "value", writing: "whole", column, ...options };
}

/** A number with or without a fraction, otherwise like {@link whole}. */
export function decimal(
  column: number,
  options: Pick<ValueShape, "required" | "quoted" | "min" | "max">,
): ValueShape {
  return { kind: "value", writing: "decimal", column, ...options };
}

const notKept = { kind: "value", column: undefined, required: false, min: 0 } as const;

/** A known number that nothing is made of. */
export const unusedWhole: ValueShape = {
  ...notKept,
  writing: "whole",
  quoted: "never",
  max: 999_999_999,
};

/** A known text that nothing is made of. */
export const unusedText: ValueShape = { ...notKept, writing: "text", quoted: "always", max: 0 };

/** The shape of a record whose rows have that many numbers. */
export function recordOf(width: number, members: Readonly<Record<string, Shape>>): RecordShape {
  return { width, record: object(members) };
}
