import assert from "node:assert/strict";
import fc from "fast-check";
import { dayBounds, dayOfNumber, zoneOffset } from "../../../pipeline/day.ts";
import {
  clocksChange,
  offsetsDuring,
  utcDatesOf,
} from "../../../pipeline/sources/fitbit_web/utc_days.ts";

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "Pacific/Apia",
  "America/Sao_Paulo",
  "Africa/Casablanca",
];

Deno.test("clocksChange() is true on the days with a change", () => {
  const cases: [string, string, boolean][] = [
    ["2026-03-29", "Europe/Berlin", true],
    ["2026-10-25", "Europe/Berlin", true],
    ["2026-10-24", "Europe/Berlin", false],
    ["2026-10-26", "Europe/Berlin", false],
    ["2026-11-01", "America/New_York", true],
    // Half an hour.
    ["2026-10-04", "Australia/Lord_Howe", true],
    ["2026-10-25", "Asia/Kolkata", false],
    ["2026-10-25", "UTC", false],
    // At midnight: the change begins the day and ends the one before.
    ["2018-11-04", "America/Sao_Paulo", false],
  ];
  for (const [day, zone, expected] of cases) {
    assert.equal(clocksChange(day, zone), expected, `${day} ${zone}`);
  }
});

Deno.test("utcDatesOf() covers the civil day", () => {
  assert.deepEqual(utcDatesOf("2026-10-25", "Europe/Berlin"), ["2026-10-24", "2026-10-25"]);
  assert.deepEqual(utcDatesOf("2026-11-01", "America/New_York"), ["2026-11-01", "2026-11-02"]);
  assert.deepEqual(utcDatesOf("2026-10-25", "UTC"), ["2026-10-25"]);
});

Deno.test("utcDatesOf() and offsetsDuring() agree with the zone at every hour", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 14_600, max: 20_700 }),
      (zone, number) => {
        const day = dayOfNumber(number);
        const { start, end } = dayBounds(day, zone);
        const dates = utcDatesOf(day, zone);
        const spanStart = Date.parse(`${dates[0]}T00:00:00Z`);
        const spanEnd = Date.parse(`${dates.at(-1)}T00:00:00Z`) + 86_400_000;
        assert.ok(spanStart <= start && end <= spanEnd);
        const offsets = offsetsDuring(dates, zone, "profile");
        assert.equal(offsets[0]?.from, null);
        for (let at = spanStart; at < spanEnd; at += 1_800_000) {
          const inForce = offsets.findLast(({ from }) => from === null || Date.parse(from) <= at);
          assert.equal(inForce?.offset_s, zoneOffset(at, zone));
        }
        const changes = zoneOffset(start, zone) !== zoneOffset(end - 1, zone);
        assert.ok(!changes || clocksChange(day, zone));
      },
    ),
    { seed: 3 },
  );
});

Deno.test("offsetsDuring() tells each change with its evidence", () => {
  assert.deepEqual(offsetsDuring(["2026-10-24", "2026-10-25"], "Europe/Berlin", "profile"), [
    { from: null, offset_s: 7200, evidence: "profile" },
    { from: "2026-10-25T01:00:00.000Z", offset_s: 3600, evidence: "profile" },
  ]);
});
