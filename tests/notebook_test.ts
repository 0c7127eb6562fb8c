import assert from "node:assert/strict";
import {
  aggregate,
  calendar,
  clockOfMinute,
  columns,
  lastDay,
  minuteOfDay,
  pl,
  sql,
  table,
  timeline,
  withLocalTime,
} from "../pipeline/notebook.ts";
import { inTemporaryFolder } from "./support/effects.ts";
import { pathsOf } from "./support/svg.ts";
import { type Sample, writeHeartRate } from "./support/tables.ts";

/** Berlin, around the end of summer time: 02:30 is there twice. */
const samples: readonly Sample[] = [
  ["2026-10-24T21:59:58Z", 7200, 58],
  ["2026-10-25T00:30:00Z", 7200, 51],
  ["2026-10-25T00:30:10Z", 7200, 53],
  ["2026-10-25T01:30:05Z", 3600, 52],
  ["2026-10-25T22:59:59Z", 3600, 60],
  ["2026-10-25T23:00:00Z", 3600, 61],
];

Deno.test("table() has the rows of the civil days, in order", async () => {
  await inTemporaryFolder(async (root) => {
    await writeHeartRate(root, "me", samples);
    await writeHeartRate(root, "other", [["2026-10-25T12:00:00Z", 0, 99]]);
    const bpm = (...days: [string, string?]) =>
      table("heart_rate", days[0], days[1], { root }).getColumn("bpm").toArray();
    assert.deepEqual(bpm("2026-10-25"), [51, 53, 52, 60]);
    assert.deepEqual(bpm("2026-10-24", "2026-10-26"), [58, 51, 53, 52, 60, 61]);
    const whose = { root, participant: "other" };
    assert.deepEqual(
      table("heart_rate", "2026-10-25", undefined, whose).getColumn("bpm").toArray(),
      [99],
    );
  });
});

Deno.test("table() and aggregate() say what there is not", async () => {
  await inTemporaryFolder(async (root) => {
    await writeHeartRate(root, "me", samples);
    const cases: [() => unknown, RegExp][] = [
      [() => table("pulse", "2026-10-25", undefined, { root }), /"pulse": .* heart_rate, /],
      [() => aggregate("decade", "2026-10-25", undefined, { root }), /one of minute, hour, day/],
      [
        () => table("heart_rate", "2026-11-01", undefined, { root }),
        /heart_rate of participant me on 2026-11-01 .* deno task status/,
      ],
      [
        () => aggregate("minute", "2026-10-01", "2026-10-31", { root }),
        /minute of participant me from 2026-10-01 to 2026-10-31/,
      ],
    ];
    for (const [open, words] of cases) assert.throws(open, words);
  });
});

Deno.test("withLocalTime() adds what the clock on the wrist showed", async () => {
  await inTemporaryFolder(async (root) => {
    await writeHeartRate(root, "me", samples);
    const local = withLocalTime(table("heart_rate", "2026-10-25", undefined, { root }))
      .select(pl.col("local_time").dt.strftime("%F %T")).getColumn("local_time").toArray();
    assert.deepEqual(local, [
      "2026-10-25 02:30:00",
      "2026-10-25 02:30:10",
      "2026-10-25 02:30:05",
      "2026-10-25 23:59:59",
    ]);
  });
});

Deno.test("minuteOfDay() cuts the wearer's day into steps", async () => {
  await inTemporaryFolder(async (root) => {
    await writeHeartRate(root, "me", samples);
    const frame = withLocalTime(table("heart_rate", "2026-10-24", "2026-10-26", { root }));
    for (
      const [step, expected] of [
        [1, [1439, 150, 150, 150, 1439, 0]],
        [15, [1425, 150, 150, 150, 1425, 0]],
        [60, [1380, 120, 120, 120, 1380, 0]],
      ] as const
    ) {
      const found = frame.select(minuteOfDay(step).alias("minute")).getColumn("minute");
      assert.deepEqual(found.toArray(), expected);
    }
  });
});

Deno.test("timeline() draws a frame's column over time, however the rows are ordered", async () => {
  await inTemporaryFolder(async (root) => {
    await writeHeartRate(root, "me", samples);
    const frame = table("heart_rate", "2026-10-25", undefined, { root });
    const words = { title: "A night", label: "Heart rate (beats/min)", longest_gap_s: 86_400 };
    const paths = pathsOf(timeline(frame, "bpm", words).svg);
    assert.equal(paths[0]?.split("L").length, 4);
    assert.deepEqual(pathsOf(timeline(frame.sort("bpm"), "bpm", words).svg), paths);
    assert.throws(() => timeline(frame, "steps", words), /column "steps"/);
  });
});

Deno.test("columns() says what the columns are, with units", () => {
  const { text } = columns("heart_rate");
  assert.match(text, /^column +unit +what it is\n/);
  assert.match(text, /\nbpm +beats\/min +Heart rate\n/);
  assert.match(columns("minute").text, /\nheart_rate_mean_bpm +beats\/min +/);
});

Deno.test("lastDay() is the last civil day that has rows", async () => {
  await inTemporaryFolder(async (root) => {
    await writeHeartRate(root, "me", samples);
    assert.equal(lastDay("heart_rate", { root }), "2026-10-26");
    assert.throws(() => lastDay("sleep", { root }), /a row of sleep of participant me at all/);
    assert.throws(() => lastDay("pulse", { root }), /"pulse"/);
  });
});

Deno.test("table() gives an empty frame where that was asked for", async () => {
  await inTemporaryFolder(async (root) => {
    await writeHeartRate(root, "me", samples);
    const none = table("exercise", "2026-10-25", undefined, { root, allowEmpty: true });
    assert.equal(none.height, 0);
    assert.ok(none.columns.includes("mean_bpm"));
  });
});

Deno.test("calendar() shows the days that a frame lacks as missing", () => {
  const frame = pl.DataFrame({ day: [20_000, 20_002], steps: [5, 7] })
    .select(pl.col("day").cast(pl.Int32).cast(pl.Date).alias("date"), pl.col("steps"));
  const { svg } = calendar(frame, "steps", { title: "Steps" });
  const said = Array.from(svg.matchAll(/<title>([^<]*)<\/title>/g), ([, words]) => words);
  assert.deepEqual(said.sort(), ["2024-10-04: 5", "2024-10-05: nothing", "2024-10-06: 7"]);
});

Deno.test("clockOfMinute() reads minutes around midnight as a clock", () => {
  const cases = [[0, "00:00"], [205.4, "03:25"], [-40.5, "23:20"], [1440, "00:00"], [
    1500,
    "01:00",
  ]];
  for (const [minute, clock] of cases) assert.equal(clockOfMinute(Number(minute)), clock);
});

Deno.test("sql() answers a question, and says why it cannot answer another", () => {
  const days = pl.DataFrame({ steps: [9000, 12_000] });
  assert.equal(
    sql("select sum(steps) as all_steps from days", { days }).getColumn("all_steps").get(0),
    21_000,
  );
  assert.throws(() => sql("select stairs from days", { days }), /Cannot answer .*stairs/s);
});
