import assert from "node:assert/strict";
import {
  addDays,
  dayAt,
  dayBounds,
  dayNumber,
  dayOfNumber,
  daysBetween,
  isDay,
  nextOffsetChange,
  today,
  zoneOffset,
} from "../pipeline/day.ts";

Deno.test("isDay() knows days that exist", () => {
  for (const day of ["2026-10-25", "2024-02-29", "1970-01-01"]) assert.equal(isDay(day), true, day);
  for (const text of ["2026-02-30", "2025-02-29", "2026-1-1", "20261025", "2026-13-01", ""]) {
    assert.equal(isDay(text), false, text);
  }
});

Deno.test("dayNumber() and dayOfNumber() undo each other", () => {
  for (const day of ["1970-01-01", "1969-12-31", "2026-10-25", "2024-02-29"]) {
    assert.equal(dayOfNumber(dayNumber(day)), day);
  }
  assert.equal(dayNumber("1970-01-02"), 1);
  assert.throws(() => dayNumber("soon"), RangeError);
});

Deno.test("dayAt() is the day on the wearer's wall clock", () => {
  const instant = Date.UTC(2026, 9, 24, 22, 30);
  assert.equal(dayAt(instant, 0), "2026-10-24");
  assert.equal(dayAt(instant, 7200), "2026-10-25");
  assert.equal(dayAt(instant, -36_000), "2026-10-24");
  assert.equal(dayAt(instant, 19_800), "2026-10-25");
});

Deno.test("daysBetween() includes both ends and is empty the wrong way round", () => {
  assert.deepEqual(daysBetween("2026-10-30", "2026-11-01"), [
    "2026-10-30",
    "2026-10-31",
    "2026-11-01",
  ]);
  assert.deepEqual(daysBetween("2026-11-01", "2026-10-30"), []);
  assert.equal(addDays("2024-02-28", 2), "2024-03-01");
});

Deno.test("dayBounds() gives days of 23, 24 and 25 hours", () => {
  const hours = (day: string, zone: string) => {
    const { start, end } = dayBounds(day, zone);
    return (end - start) / 3_600_000;
  };
  assert.equal(hours("2026-10-25", "Europe/Berlin"), 25);
  assert.equal(hours("2026-03-29", "Europe/Berlin"), 23);
  assert.equal(hours("2026-10-24", "Europe/Berlin"), 24);
  assert.equal(hours("2026-10-04", "Australia/Lord_Howe"), 23.5);
});

Deno.test("dayBounds(), zoneOffset() and nextOffsetChange() are as Temporal says, in whatever order days come", () => {
  const zones = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Asia/Tehran",
  ];
  const all = daysBetween("2009-01-01", "2026-12-31");
  const some = all.filter((_, index) => index % 11 === 0).toSorted((a, b) => a < b ? 1 : -1);
  for (const zone of zones) {
    for (const day of [...all, ...some]) {
      const date = Temporal.PlainDate.from(day);
      const [start, end] = [date, date.add({ days: 1 })]
        .map((midnight) => midnight.toZonedDateTime(zone).epochMilliseconds);
      assert.deepEqual(dayBounds(day, zone), { start, end }, `${day} ${zone}`);
      const noon = dayNumber(day) * 86_400_000 + 43_200_000;
      const zoned = Temporal.Instant.fromEpochMilliseconds(noon).toZonedDateTimeISO(zone);
      assert.equal(zoneOffset(noon, zone), zoned.offsetNanoseconds / 1e9, `${day} ${zone}`);
      assert.equal(
        nextOffsetChange(noon, zone),
        zoned.getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity,
        `${day} ${zone}`,
      );
    }
  }
});

Deno.test("today() follows the zone, not the machine", () => {
  const now = Date.UTC(2026, 10, 1, 3);
  assert.equal(today(now, "America/New_York"), "2026-10-31");
  assert.equal(today(now, "Pacific/Auckland"), "2026-11-01");
  assert.equal(zoneOffset(now, "Asia/Kolkata"), 19_800);
});
