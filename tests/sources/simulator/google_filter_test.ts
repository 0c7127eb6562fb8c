/** The filter grammar: what it means, and the reason each mistake is refused with. */

import assert from "node:assert/strict";
import { dataTypes } from "../../../pipeline/sources/simulator/google/data_types.ts";
import { GoogleRefusal } from "../../../pipeline/sources/simulator/google/errors.ts";
import { parseFilter, unbounded } from "../../../pipeline/sources/simulator/google/filter.ts";

function typeNamed(name: string) {
  const type = dataTypes.get(name);
  assert.ok(type !== undefined);
  return type;
}

const physical = "heart_rate.sample_time.physical_time";
const civil = "heart_rate.sample_time.civil_time";
const day = (text: string) => Date.parse(`${text}Z`);

const understood = [
  { type: "heart-rate", filter: "", range: unbounded },
  {
    type: "heart-rate",
    filter: `${physical} >= "2026-10-01T00:00:00Z" AND ${physical} < "2026-10-02T00:00:00Z"`,
    range: { kind: "physical", from: day("2026-10-01T00:00"), to: day("2026-10-02T00:00") },
  },
  {
    type: "heart-rate",
    filter: `${physical}>="2026-10-01T02:00:00.5+02:00"`,
    range: { kind: "physical", from: day("2026-10-01T00:00:00.5"), to: Infinity },
  },
  {
    type: "heart-rate",
    filter: `${civil} >= "2026-10-01" AND ${civil} < "2026-10-02T12:30:00"`,
    range: { kind: "civil", from: day("2026-10-01T00:00"), to: day("2026-10-02T12:30") },
  },
  {
    type: "heart-rate",
    filter: `${civil} < "2026-10-05" AND ${civil} >= "2026-10-01" AND ${civil} < "2026-10-03"`,
    range: { kind: "civil", from: day("2026-10-01T00:00"), to: day("2026-10-03T00:00") },
  },
  {
    type: "daily-resting-heart-rate",
    filter: 'daily_resting_heart_rate.date >= "2026-10-01"',
    range: { kind: "civil", from: day("2026-10-01T00:00"), to: Infinity },
  },
  {
    type: "sleep",
    filter: 'sleep.interval.civil_end_time >= "2026-10-01"',
    range: { kind: "civil", from: day("2026-10-01T00:00"), to: Infinity },
  },
  {
    type: "steps",
    filter: 'steps.interval.start_time < "2026-10-01T00:00:00Z"',
    range: { kind: "physical", from: -Infinity, to: day("2026-10-01T00:00") },
  },
] as const;

for (const { type, filter, range } of understood) {
  Deno.test(`parseFilter() understands ${filter === "" ? "no filter" : filter}`, () => {
    assert.deepEqual(parseFilter(filter, typeNamed(type)), range);
  });
}

const member = "INVALID_DATA_POINT_FILTER_DATA_TYPE_MEMBER";
const syntax = "INVALID_DATA_POINT_FILTER_SYNTAX";
const missing = "INVALID_DATA_POINT_FILTER_MISSING_TOKEN";
const plain = "INVALID_DATA_POINT_FILTER";
const format = "INVALID_FILTER_FORMAT";

const refused = [
  {
    type: "heart-rate",
    filter: 'heart-rate.sample_time.civil_time >= "2026-10-01"',
    reason: plain,
  },
  { type: "heart-rate", filter: `${civil} > "2026-10-01"`, reason: plain },
  { type: "heart-rate", filter: `${civil} <= "2026-10-01"`, reason: plain },
  { type: "heart-rate", filter: `${civil} = "2026-10-01"`, reason: plain },
  {
    type: "heart-rate",
    filter: `${civil} >= "2026-10-01" OR ${civil} < "2026-10-02"`,
    reason: plain,
  },
  {
    type: "heart-rate",
    filter: `${civil} >= "2026-10-01" AND ${physical} < "2026-10-02T00:00:00Z"`,
    reason: plain,
  },
  { type: "heart-rate", filter: 'heart_rate.interval.start_time >= "2026-10-01"', reason: member },
  { type: "heart-rate", filter: 'heart_rate.toString >= "2026-10-01"', reason: member },
  {
    type: "heart-rate",
    filter: 'heartRate.sample_time.civil_time >= "2026-10-01"',
    reason: member,
  },
  { type: "heart-rate", filter: 'steps.interval.civil_start_time >= "2026-10-01"', reason: member },
  {
    type: "daily-resting-heart-rate",
    filter: 'daily_resting_heart_rate.interval.civil_start_time >= "2026-10-01"',
    reason: member,
  },
  { type: "sleep", filter: 'sleep.interval.civil_start_time >= "2026-10-01"', reason: member },
  {
    type: "exercise",
    filter: 'exercise.interval.start_time >= "2026-10-01T00:00:00Z"',
    reason: member,
  },
  {
    type: "electrocardiogram",
    filter: 'electrocardiogram.interval.start_time < "2026-10-01T00:00:00Z"',
    reason: plain,
  },
  { type: "heart-rate", filter: `${civil} >= 2026-10-01`, reason: syntax },
  { type: "heart-rate", filter: `${civil} >= "2026-10-01`, reason: syntax },
  {
    type: "heart-rate",
    filter: `${civil} >= "2026-10-01" and ${civil} < "2026-10-02"`,
    reason: syntax,
  },
  { type: "heart-rate", filter: `${civil} >=`, reason: missing },
  { type: "heart-rate", filter: `${civil} >= "2026-10-01" AND`, reason: missing },
  { type: "heart-rate", filter: `${civil} >= "2026-10-01T00:00:00Z"`, reason: format },
  { type: "heart-rate", filter: `${civil} >= "2026-02-30"`, reason: format },
  { type: "heart-rate", filter: `${physical} >= "2026-10-01"`, reason: format },
  { type: "heart-rate", filter: `${physical} >= "2026-10-01T00:00:00"`, reason: format },
  {
    type: "daily-resting-heart-rate",
    filter: 'daily_resting_heart_rate.date >= "2026-10-01T00:00:00"',
    reason: format,
  },
  // Without a reason: the message says what is wrong.
  {
    type: "heart-rate",
    filter: `${civil} >= "2026-10-02" AND ${civil} < "2026-10-02"`,
    reason: undefined,
  },
  {
    type: "heart-rate",
    filter: `${civil} >= "2026-10-03" AND ${civil} < "2026-10-02"`,
    reason: undefined,
  },
];

for (const { type, filter, reason } of refused) {
  Deno.test(`parseFilter() refuses ${filter} for ${type}`, () => {
    assert.throws(
      () => parseFilter(filter, typeNamed(type)),
      (thrown) => {
        assert.ok(thrown instanceof GoogleRefusal);
        assert.deepEqual([thrown.trouble.status, thrown.trouble.reason], [400, reason]);
        if (reason === undefined) assert.match(thrown.message, /INVALID_TIME_RANGE/);
        return true;
      },
    );
  });
}
