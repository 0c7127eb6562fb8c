import assert from "node:assert/strict";
import fc from "fast-check";
import { heartRate, restingHeartRate } from "../../pipeline/catalog.ts";
import { dayNumber } from "../../pipeline/day.ts";
import { heartRateColumns } from "../../pipeline/sources/heart_rate_columns.ts";
import {
  type RestingHeartRate,
  restingHeartRateColumns,
} from "../../pipeline/sources/resting_heart_rate_columns.ts";
import type { Flattened, Recorders } from "../../pipeline/sources/source.ts";
import { arrange, type Arranged } from "../../pipeline/transform/arrange.ts";

/** A row: seconds since 1970-01-02T00:00:00Z, offset in hours, beats, confidence or null. */
type Row = readonly [number, number, number, (number | null)?];

const midnight = 86_400_000;
const secondDay = { first: "1970-01-02", last: "1970-01-02" };

function document(rows: readonly Row[], recorders?: Recorders): Flattened {
  const columns = heartRateColumns(
    Float64Array.from(rows, ([second]) => midnight + second * 1000),
    Int32Array.from(rows, ([, hours]) => hours * 3600),
    Int32Array.from(rows, ([, , bpm]) => bpm),
    Float64Array.from(rows, ([, , , confidence]) => confidence ?? NaN),
  );
  return { columns, unknown: new Map(), notes: [], ...(recorders && { recorders }) };
}

function rowsOf({ columns: { columns } }: Arranged): Row[] {
  const { time, utc_offset_s, bpm, confidence } = columns;
  assert.ok(time?.type === "timestamp_ms" && utc_offset_s?.type === "int32");
  assert.ok(bpm?.type === "int32" && confidence?.type === "int32");
  return Array.from(time.values, (at, i): Row => [
    (at - midnight) / 1000,
    utc_offset_s.values[i]! / 3600,
    bpm.values[i]!,
    confidence.valid?.[i] === 0 ? null : confidence.values[i]!,
  ]);
}

Deno.test("arrange() sorts rows that come in any order, and hands sorted ones on", () => {
  const sorted: Row[] = [[1, 0, 60, 3], [2, 0, 61, 2], [61, 0, 62, 1], [62, 0, 63, null]];
  const given = document(sorted);
  const same = arrange(heartRate, [given], secondDay);
  assert.equal(same.columns.columns["time"], given.columns.columns["time"]);
  for (
    const documents of [
      [given],
      [document(sorted.toReversed())],
      [document([2, 0, 3, 1].map((i) => sorted[i]!))],
      [document(sorted.slice(2)), document(sorted.slice(0, 2))],
      [document(sorted.slice(0, 2)), document([]), document(sorted.slice(2))],
    ]
  ) {
    const arranged = arrange(heartRate, documents, secondDay);
    assert.deepEqual(rowsOf(arranged), sorted);
    const { duplicates, conflicts, outside, leftOut, minutes, notes } = arranged;
    assert.deepEqual([duplicates, conflicts, outside, leftOut, minutes], [0, 0, 0, 0, 2]);
    assert.deepEqual(notes, []);
  }
});

Deno.test("arrange() sorts by the columns of the key in the key's order, not in the table's", () => {
  const rows: Row[] = [[1, 0, 62, 3], [2, 0, 60, 3], [3, 0, 62, 3], [4, 0, 61, 3]];
  const arranged = arrange({ ...heartRate, key: ["bpm", "time"] }, [document(rows)], secondDay);
  assert.deepEqual(rowsOf(arranged).map(([second]) => second), [2, 4, 1, 3]);
});

Deno.test("arrange() keeps the rows of the wearer's day, by each row's own offset", () => {
  const arranged = arrange(
    heartRate,
    [
      document([[-3600, 1, 60], [-3601, 1, 61], [0, 0, 62], [86_399, 0, 63], [86_400, 0, 64]]),
      document([[86_400 + 5 * 3600 - 1, -5, 65], [86_400 + 5 * 3600, -5, 66], [0, -5, 67]]),
    ],
    secondDay,
  );
  assert.deepEqual(rowsOf(arranged).map(([, , bpm]) => bpm), [60, 62, 63, 65]);
  assert.equal(arranged.outside, 4);
});

Deno.test("arrange() drops equal rows, and of contradicting ones keeps the more confident", () => {
  const cases: [Row[], Row, number, number][] = [
    [[[1, 0, 60, 3], [1, 0, 60, 3]], [1, 0, 60, 3], 1, 0],
    [[[1, 0, 60, 2], [1, 0, 90, 1]], [1, 0, 60, 2], 0, 1],
    [[[1, 0, 60, 2], [1, 0, 90, 2]], [1, 0, 90, 2], 0, 1],
    [[[1, 0, 90, null], [1, 0, 60, 0]], [1, 0, 60, 0], 0, 1],
    [[[1, 0, 60], [1, 0, 60], [1, 0, 61], [1, 0, 61]], [1, 0, 61, null], 1, 2],
    [[[1, 0, 60], [1, 1, 60]], [1, 1, 60, null], 0, 1],
  ];
  for (const [rows, kept, duplicates, conflicts] of cases) {
    for (const given of [rows, rows.toReversed()]) {
      const other: Row = [2, 0, 70, null];
      for (
        const documents of [
          [document([...given, other])],
          given.map((row) => document([row])),
        ]
      ) {
        const arranged = arrange(heartRate, documents, secondDay);
        assert.deepEqual(rowsOf(arranged)[0], kept);
        assert.deepEqual([arranged.duplicates, arranged.conflicts], [duplicates, conflicts]);
      }
    }
  }
});

Deno.test("arrange() counts what it leaves out by document", () => {
  const cases: [Row[][], [number, number][]][] = [
    [[[[1, 0, 60], [2, 0, 61]], [[3, 0, 62]]], [[0, 0], [0, 0]]],
    // Outside the day: neither kept nor left out.
    [[[[-9, 0, 60], [1, 0, 60, 3]], [[-9, 0, 60], [1, 0, 60, 1], [2, 0, 61]]], [[0, 0], [0, 1]]],
    [[[[1, 0, 60], [1, 0, 60]], [[1, 0, 90], [2, 0, 61]]], [[0, 2], [0, 0]]],
    [[[[1, 0, 60], [1, 0, 60]], [[2, 0, 61]]], [[1, 0], [0, 0]]],
    [[[[2, 0, 50]], [[1, 0, 60]], [[1, 0, 55], [1, 0, 54]]], [[0, 0], [0, 0], [0, 2]]],
  ];
  for (const [documents, expected] of cases) {
    const arranged = arrange(heartRate, documents.map((rows) => document(rows)), secondDay);
    const { leftOutOf } = arranged;
    assert.deepEqual(
      documents.map((_, index) => {
        const found = leftOutOf.find(({ document }) => document === index);
        return [found?.duplicates ?? 0, found?.conflicts ?? 0];
      }),
      expected,
    );
    assert.ok(leftOutOf.every(({ duplicates, conflicts }) => duplicates + conflicts > 0));
    const sum = (of: "duplicates" | "conflicts") => leftOutOf.reduce((n, one) => n + one[of], 0);
    assert.equal(sum("duplicates"), arranged.duplicates);
    assert.equal(sum("conflicts"), arranged.conflicts);
  }
});

Deno.test("arrange() gives empty columns of every kind where there is nothing", () => {
  for (const documents of [[], [document([])], [document([[-86_400, 0, 60]])]]) {
    const { columns, minutes } = arrange(heartRate, documents, secondDay);
    assert.equal(columns.rows, 0);
    assert.equal(minutes, 0);
    const types = Object.entries(columns.columns).map(([name, column]) => `${name} ${column.type}`);
    assert.deepEqual(types, [
      "time timestamp_ms",
      "utc_offset_s int32",
      "bpm int32",
      "confidence int32",
    ]);
  }
});

Deno.test("arrange() keeps one recorder a day, over all documents", () => {
  const names = ["Band", "Watch", "App Health Connect"];
  const recorders = (codes: number[]): Recorders => ({
    names,
    mirrors: [false, false, true],
    codes: Int32Array.from(codes),
  });
  // Of the first file alone the band would win.
  const first = document([[1, 0, 60], [2, 0, 61], [3, 0, 62]], recorders([0, 0, 1]));
  const second = document(
    [[4, 0, 63], [5, 0, 64], [6, 0, 65], [7, 0, 66], [8, 0, 67], [9, 0, 68], [10, 0, 69]],
    recorders([1, 1, 2, 2, 2, 2, 2]),
  );
  const arranged = arrange(heartRate, [first, second], secondDay);
  assert.deepEqual(rowsOf(arranged).map(([, , bpm]) => bpm), [62, 63, 64]);
  assert.deepEqual([arranged.leftOut, arranged.outside], [7, 0]);
  assert.deepEqual(arranged.notes, [
    '1970-01-02: 2 rows of "Band" left out, "Watch" kept',
    '1970-01-02: 5 rows of "App Health Connect" left out, "Watch" kept',
  ]);

  const alone = arrange(heartRate, [document([[1, 0, 60]], recorders([2]))], secondDay);
  assert.deepEqual([alone.columns.rows, alone.notes], [1, []]);
  // As many rows each: the name decides, so that the order of the rows does not.
  for (const codes of [[0, 1], [1, 0]]) {
    const tie = arrange(
      heartRate,
      [document([[1, 0, 60], [2, 0, 61]], recorders(codes))],
      secondDay,
    );
    assert.match(tie.notes.join(), /"Watch" left out, "Band" kept/);
  }
});

Deno.test("arrange() sorts daily values of a year, with texts of several dictionaries", () => {
  const flattened = (rows: RestingHeartRate[]): Flattened => ({
    columns: restingHeartRateColumns(rows),
    unknown: new Map(),
    notes: [],
  });
  const on = (day: string, bpm: number, method?: string) => ({
    date: dayNumber(day),
    bpm,
    ...(method === undefined ? {} : { method }),
  });
  const arranged = arrange(
    restingHeartRate,
    [
      flattened([on("2026-02-01", 60, "with_sleep"), on("2025-12-31", 59), on("2026-01-01", 61)]),
      flattened([on("2026-01-31", 62, "only_with_awake_data"), on("2026-02-01", 60, "with_sleep")]),
    ],
    { first: "2026-01-01", last: "2026-12-31" },
  );
  const { date, bpm, method } = arranged.columns.columns;
  assert.ok(date?.type === "date" && bpm?.type === "float64" && method?.type === "string");
  assert.deepEqual([...date.values], ["2026-01-01", "2026-01-31", "2026-02-01"].map(dayNumber));
  assert.deepEqual([...bpm.values], [61, 62, 60]);
  assert.deepEqual(
    Array.from(method.codes, (code, i) => method.valid?.[i] === 0 ? null : method.dictionary[code]),
    [null, "only_with_awake_data", "with_sleep"],
  );
  assert.deepEqual([arranged.duplicates, arranged.outside, arranged.minutes], [1, 1, 3]);
});

Deno.test("arrange() gives the same whatever order rows and documents come in", () => {
  const rows = fc.array(
    fc.tuple(
      fc.integer({ min: -4, max: 4 }).map((n) => n * 30_000),
      fc.constantFrom(-5, 0, 1),
      fc.integer({ min: 60, max: 62 }),
      fc.option(fc.nat(3)),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(rows, fc.nat(30), fc.array(fc.nat(), { minLength: 30 }), (given, cut, keys) => {
      const shuffled = given.map((row, i) => [keys[i]!, row] as const)
        .sort(([a], [b]) => a - b).map(([, row]) => row);
      const whole = arrange(heartRate, [document(given)], secondDay);
      const parts = [document(shuffled.slice(cut)), document(shuffled.slice(0, cut))];
      const split = arrange(heartRate, parts, secondDay);
      assert.deepEqual(rowsOf(split), rowsOf(whole));
      const counts = (
        { duplicates, conflicts, outside, minutes }: Arranged,
      ) => [duplicates, conflicts, outside, minutes];
      assert.deepEqual(counts(split), counts(whole));

      // Against the plain way: a row an instant, none lost without being counted.
      const inside = given.filter(([second, hours]) => {
        return Math.floor((second + hours * 3600) / 86_400) === 0;
      });
      const times = rowsOf(whole).map(([second]) => second);
      assert.deepEqual(times, [...new Set(inside.map(([second]) => second))].sort((a, b) => a - b));
      assert.equal(whole.outside, given.length - inside.length);
      assert.equal(whole.duplicates + whole.conflicts + times.length, inside.length);
      assert.equal(whole.minutes, new Set(times.map((second) => Math.floor(second / 60))).size);
    }),
    { seed: 4, numRuns: 300 },
  );
});
