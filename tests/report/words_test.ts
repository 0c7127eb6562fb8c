import assert from "node:assert/strict";
import { dayNumber } from "../../pipeline/day.ts";
import { measureOf } from "../../pipeline/report/measures.ts";
import {
  clock,
  csv,
  dayText,
  minutes,
  number,
  rangeText,
  spoken,
  timeOfDay,
  valueText,
} from "../../pipeline/report/page/words.ts";

const cases: readonly (readonly [found: string, expected: string])[] = [
  [number(12_345.6), "12,346"],
  [number(-0.2), "0"],
  [number(96.44, 1), "96.4"],
  [minutes(59.7), "1 h 00 min"],
  [minutes(42), "42 min"],
  [clock(-30), "23:30"],
  [clock(1440), "00:00"],
  [timeOfDay(Date.UTC(2026, 9, 25, 0, 59, 58), 7200), "02:59:58"],
  [spoken("daily_spo2"), "Daily SpO2"],
  [spoken("run_vo2_max"), "Run VO2 max"],
  [dayText(dayNumber("2026-10-05"), "long"), "Monday, 5 October 2026"],
  [rangeText(dayNumber("2026-09-28"), dayNumber("2026-10-02")), "28 September – 2 October 2026"],
  [valueText(57.3, measureOf("resting_heart_rate_bpm")), "57 bpm"],
  [valueText(96.44, measureOf("daily_spo2_mean_percent")), "96.4 %"],
  [valueText(-44, measureOf("sleep_middle_local_min")), "23:16"],
  [valueText(432, measureOf("sleep_asleep_min")), "7 h 12 min"],
  [valueText(8190, measureOf("steps")), "8,190"],
];

for (const [found, expected] of cases) {
  Deno.test(`the page says ${expected}`, () => {
    // Which blank stands around a dash is the runtime's to say.
    assert.equal(found.replaceAll(/\s/g, " "), expected);
  });
}

Deno.test("csv() quotes what a reader would cut", () => {
  assert.equal(
    csv(["a", "b"], [[1, "x, y"], [null, 'say "hi"'], [undefined, "two\nlines"]]),
    'a,b\n1,"x, y"\n,"say ""hi"""\n,"two\nlines"\n',
  );
});
