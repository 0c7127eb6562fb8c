/**
 * The filter expressions of `list` and `reconcile`: comparisons with `>=` and `<`, joined by `AND`
 * (for sleep also `OR`), on the one or two time members that the record kind of a type has.
 */

import { MS_PER_DAY } from "../../../day.ts";
import type { DataType, RecordKind } from "./data_types.ts";
import { badArgument } from "./errors.ts";

/** Which time a range compares: the instant, or the wall clock when it was recorded (as if UTC). */
export type TimeKind = "physical" | "civil";

/** `from <= t < to`, both in ms. Without any bound -Infinity and Infinity. */
export interface TimeRange {
  readonly kind: TimeKind;
  readonly from: number;
  readonly to: number;
}

/** The whole history. */
export const unbounded: TimeRange = { kind: "physical", from: -Infinity, to: Infinity };

/** Members that may be filtered by, behind the type's name, for each record kind. */
const members: Readonly<Record<RecordKind, Readonly<Record<string, TimeKind>>>> = {
  interval: { "interval.start_time": "physical", "interval.civil_start_time": "civil" },
  sample: { "sample_time.physical_time": "physical", "sample_time.civil_time": "civil" },
  daily: { date: "civil" },
  session: { "interval.civil_start_time": "civil" },
  sleep: { "interval.end_time": "physical", "interval.civil_end_time": "civil" },
  ecg: { "interval.start_time": "physical" },
  food: {},
};

/** What a filter needs to know of a type. */
type FilteredType = Pick<DataType, "name" | "filterName" | "record">;

interface Comparison {
  readonly member: string;
  readonly operator: string;
  readonly literal: string;
}

/**
 * The range a filter expression means for a type. Throws a GoogleRefusal with the reason the
 * server gives for that mistake.
 *
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const type = { name: "heart-rate", filterName: "heart_rate", record: "sample" } as const;
 * const range = parseFilter('heart_rate.sample_time.civil_time >= "2026-10-25"', type);
 * assert.deepEqual(range, { kind: "civil", from: Date.UTC(2026, 9, 25), to: Infinity });
 * ```
 */
export function parseFilter(expression: string, type: FilteredType): TimeRange {
  if (expression.trim() === "") return unbounded;
  const comparisons = parseComparisons(expression, type.record === "sleep");
  const kinds = comparisons.map((comparison) => kindOf(comparison, type));
  const kind = kinds[0] ?? "physical";
  if (kinds.some((other) => other !== kind)) {
    throw badArgument(
      "A filter cannot mix physical and civil time.",
      "INVALID_DATA_POINT_FILTER",
    );
  }
  let from = -Infinity;
  let to = Infinity;
  for (const { operator, literal } of comparisons) {
    const value = kind === "physical" ? parseInstant(literal) : parseCivil(literal, type.record);
    if (operator === ">=") from = Math.max(from, value);
    else to = Math.min(to, value);
  }
  if (from >= to) {
    throw badArgument("INVALID_TIME_RANGE: the start of the range must lie before its end.");
  }
  return { kind, from, to };
}

function parseComparisons(expression: string, orAllowed: boolean): Comparison[] {
  const tokens = expression.match(/"[^"]*"|[A-Za-z][\w.-]*|[<>=!:]+|\S/g) ?? [];
  const comparisons: Comparison[] = [];
  for (let at = 0; at < tokens.length; at += 4) {
    const [member, operator, literal, joint] = tokens.slice(at, at + 4);
    if (member === undefined || operator === undefined || literal === undefined) {
      throw badArgument(
        "The filter ends where a member, an operator or a value is expected.",
        "INVALID_DATA_POINT_FILTER_MISSING_TOKEN",
      );
    }
    if (!/^[A-Za-z]/.test(member) || !/^[<>=!:]+$/.test(operator) || !/^".*"$/.test(literal)) {
      throw badArgument(
        `The filter cannot be parsed near '${member} ${operator} ${literal}'.`,
        "INVALID_DATA_POINT_FILTER_SYNTAX",
      );
    }
    comparisons.push({ member, operator, literal: literal.slice(1, -1) });
    if (joint === undefined) break;
    const joints = orAllowed ? ["AND", "OR"] : ["AND"];
    if (!joints.includes(joint)) {
      const known = joint === "OR" || joint === "NOT";
      throw badArgument(
        `The filter cannot be joined with '${joint}'.`,
        known ? "INVALID_DATA_POINT_FILTER" : "INVALID_DATA_POINT_FILTER_SYNTAX",
      );
    }
    if (at + 4 === tokens.length) {
      throw badArgument(
        `The filter ends after '${joint}'.`,
        "INVALID_DATA_POINT_FILTER_MISSING_TOKEN",
      );
    }
  }
  return comparisons;
}

function kindOf({ member, operator }: Comparison, type: FilteredType): TimeKind {
  if (member.includes("-")) {
    throw badArgument(
      `The filter member '${member}' must be spelled with underscores.`,
      "INVALID_DATA_POINT_FILTER",
    );
  }
  const prefix = `${type.filterName}.`;
  const allowed = members[type.record];
  const rest = member.startsWith(prefix) ? member.slice(prefix.length) : "";
  const kind = Object.hasOwn(allowed, rest) ? allowed[rest] : undefined;
  if (kind === undefined) {
    throw badArgument(
      `The filter member '${member}' is not supported for the data type '${type.name}'.`,
      "INVALID_DATA_POINT_FILTER_DATA_TYPE_MEMBER",
    );
  }
  const operators = type.record === "ecg" ? [">="] : [">=", "<"];
  if (!operators.includes(operator)) {
    throw badArgument(
      `The operator '${operator}' is not supported for the member '${member}'.`,
      "INVALID_DATA_POINT_FILTER",
    );
  }
  return kind;
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
const civilPattern = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?$/;

/** An RFC 3339 instant in ms since 1970. */
export function parseInstant(literal: string): number {
  const ms = Date.parse(literal);
  if (instantPattern.test(literal) && !Number.isNaN(ms)) return ms;
  throw badArgument(
    `The value '${literal}' is not a timestamp in RFC 3339 format.`,
    "INVALID_FILTER_FORMAT",
  );
}

/** A civil date or date-time, in ms as if it were UTC. */
function parseCivil(literal: string, record: RecordKind): number {
  const ms = Date.parse(literal.includes("T") ? `${literal}Z` : `${literal}T00:00:00Z`);
  const dateOnly = record === "daily";
  const readable = civilPattern.test(literal) && !(dateOnly && literal.includes("T"));
  const exists = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(literal);
  if (readable && exists) return ms;
  throw badArgument(
    `The value '${literal}' is not a ${dateOnly ? "date" : "civil date or date-time"}.`,
    "INVALID_FILTER_FORMAT",
  );
}

/** UTC days (since 1970) that can hold points of a range: offsets reach from -12 to +14 hours. */
export function utcDaysOf(range: TimeRange): { readonly first: number; readonly last: number } {
  const slack = range.kind === "civil" ? 14 * 3_600_000 : 0;
  return {
    first: Math.floor((range.from - slack) / MS_PER_DAY),
    last: Math.floor((range.to - 1 + slack) / MS_PER_DAY),
  };
}
