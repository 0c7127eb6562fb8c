import assert from "node:assert/strict";
import { instantsOf, localTicks, offsetName, offsetSpans } from "../../pipeline/chart/time_axis.ts";

const utc = (text: string) => Date.parse(`${text}Z`);
const hours = (from: number, to: number) => (to - from) / 3_600_000;

/** Days with the instants and offsets of a few samples, and what the axis makes of them. */
const days = [
  {
    what: "an ordinary day",
    samples: [["2026-10-20T05:00", 7200], ["2026-10-20T19:30", 7200]],
    hours: 24,
    labels: ["00:00", "06:00", "12:00", "18:00", "00:00"],
    most: 5,
  },
  {
    what: "the 25 hours of the day the clocks go back",
    samples: [["2026-10-25T00:59:58", 7200], ["2026-10-25T01:00:03", 3600]],
    hours: 25,
    labels: ["00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00", "00:00"],
    most: 10,
  },
  {
    what: "the 23 hours of the day they go forward",
    samples: [["2026-03-29T00:59:58", 3600], ["2026-03-29T01:00:03", 7200]],
    hours: 23,
    labels: ["00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00", "00:00"],
    most: 10,
  },
  {
    what: "the 30 hours of a flight west",
    samples: [["2026-10-12T15:59", 7200], ["2026-10-12T16:00:01", -14400]],
    hours: 30,
    labels: ["00:00", "06:00", "12:00", "12:00", "18:00", "00:00"],
    most: 7,
  },
  {
    what: "a half-hour zone",
    samples: [["2026-10-20T05:00", 19800]],
    hours: 24,
    labels: ["00:00", "12:00", "00:00"],
    most: 4,
  },
] as const;

for (const { what, samples, hours: expected, labels, most } of days) {
  Deno.test(`offsetSpans() and localTicks() on ${what}`, () => {
    const spans = offsetSpans(
      samples.map(([time]) => utc(time)),
      samples.map(([, offset_s]) => offset_s),
    );
    const [start = NaN, end = NaN] = [spans[0]?.start, spans.at(-1)?.end];
    assert.equal(hours(start, end), expected);
    assert.deepEqual(localTicks(spans, start, end, most).map(({ label }) => label), labels);
  });
}

Deno.test("localTicks() shows the repeated hour twice when there is room", () => {
  const spans = offsetSpans([utc("2026-10-25T00:59:58"), utc("2026-10-25T01:00:03")], [7200, 3600]);
  const ticks = localTicks(spans, utc("2026-10-25T00:00"), utc("2026-10-25T02:00"), 5);
  assert.deepEqual(
    ticks.map(({ label }) => label),
    ["02:00", "02:30", "02:00", "02:30", "03:00"],
  );
});

Deno.test("localTicks() has days for a longer range", () => {
  const spans = offsetSpans([utc("2026-10-20T05:00"), utc("2026-10-23T05:00")], [0, 0]);
  assert.deepEqual(
    localTicks(spans, spans[0]?.start ?? NaN, spans[0]?.end ?? NaN, 5).map(({ label }) => label),
    ["2026-10-20", "2026-10-21", "2026-10-22", "2026-10-23", "2026-10-24"],
  );
});

Deno.test("instantsOf() finds every time the clock showed that time", () => {
  const back = offsetSpans([utc("2026-10-25T00:59:58"), utc("2026-10-25T01:00:03")], [7200, 3600]);
  const forward = offsetSpans([utc("2026-03-29T00:59:58"), utc("2026-03-29T01:00:03")], [
    3600,
    7200,
  ]);
  const cases = [
    { spans: back, at: "02:30", found: ["2026-10-25T00:30", "2026-10-25T01:30"] },
    { spans: back, at: "03:00", found: ["2026-10-25T02:00"] },
    { spans: back, at: "00:00", found: ["2026-10-24T22:00"] },
    { spans: back, at: "24:00", found: ["2026-10-25T23:00"] },
    { spans: forward, at: "02:30", found: [] },
    { spans: forward, at: "03:00", found: ["2026-03-29T01:00"] },
  ];
  for (const { spans, at, found } of cases) {
    assert.deepEqual(instantsOf(at, spans), found.map(utc), at);
  }
});

Deno.test("instantsOf() refuses what is no time of day", () => {
  for (const text of ["", "7:00", "24:01", "12:60", "noon"]) {
    assert.throws(() => instantsOf(text, []), RangeError, text);
  }
});

Deno.test("offsetName() says the offset as people write it", () => {
  const names = { 0: "UTC", 7200: "UTC+2", [-12600]: "UTC−3:30", 20700: "UTC+5:45" };
  for (const [offset_s, name] of Object.entries(names)) {
    assert.equal(offsetName(Number(offset_s)), name);
  }
});

Deno.test("localTicks() marks single seconds when a few of them fill the axis", () => {
  const from = utc("2026-10-20T16:20:58");
  const spans = offsetSpans([from, from + 12_000], [7200, 7200]);
  assert.deepEqual(localTicks(spans, from, from + 5000).map(({ label }) => label), [
    "18:20:58",
    "18:20:59",
    "18:21:00",
    "18:21:01",
    "18:21:02",
    "18:21:03",
  ]);
});
