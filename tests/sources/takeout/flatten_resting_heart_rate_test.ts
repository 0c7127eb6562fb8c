import assert from "node:assert/strict";
import { dayOfNumber } from "../../../pipeline/day.ts";
import { DocumentError } from "../../../pipeline/errors.ts";
import type { Stream } from "../../../pipeline/sources/source.ts";
import { csvStreams } from "../../../pipeline/sources/takeout/families/csv.ts";
import { takeoutRestingHeartRateJson } from "../../../pipeline/sources/takeout/flatten_resting_heart_rate_json.ts";
import { manifestOf, utcClock } from "../../generate/documents.ts";
import { sharedFile, testWithSharedData } from "../../support/shared_data.ts";

const manifest = manifestOf("takeout", "resting", "2020-03-09", utcClock(0));

const takeoutRestingHeartRateCsv = csvStreams.find(({ table }) => table === "resting_heart_rate");

function flatten(stream: Stream | undefined, document: Uint8Array | string) {
  assert.ok(stream !== undefined);
  const bytes = typeof document === "string" ? new TextEncoder().encode(document) : document;
  const { columns: { columns }, unknown, recorders } = stream.flatten(bytes, manifest);
  const { date, bpm, error_bpm } = columns;
  assert.ok(date?.type === "date" && bpm?.type === "float64" && error_bpm?.type === "float64");
  const rows = Array.from(date.values, (number, i) => [
    dayOfNumber(number),
    bpm.values[i],
    error_bpm.valid?.[i] === 0 ? null : error_bpm.values[i],
  ]);
  return { rows, unknown: [...unknown], recorders };
}

Deno.test("flatten() of the JSON file leaves the padding out", () => {
  const row = (date: unknown, value: unknown, error?: unknown) => ({
    dateTime: "03/09/20 00:00:00",
    value: { date, value, error },
  });
  const list = [
    row(null, 0, 0),
    row("03/10/20", 65.5, 100),
    row("03/11/20", 0, 0),
    row("03/12/20", 64),
  ];
  assert.deepEqual(flatten(takeoutRestingHeartRateJson, JSON.stringify(list)).rows, [
    ["2020-03-10", 65.5, 100],
    ["2020-03-12", 64, null],
  ]);
  assert.deepEqual(flatten(takeoutRestingHeartRateJson, "[]").rows, []);
  for (
    const bad of [
      row("2020-03-10", 65, 1),
      row(undefined, 65, 1),
      row("03/10/20", "65", 1),
      row("03/10/20", -1, 1),
      row("03/10/20", 65, "1"),
      { dateTime: "03/09/20 00:00:00" },
    ]
  ) {
    assert.throws(() => flatten(takeoutRestingHeartRateJson, JSON.stringify([bad])), DocumentError);
  }
  const known = flatten(takeoutRestingHeartRateJson, JSON.stringify([{ ...row(null, 0), x: 1 }]));
  assert.deepEqual(known.unknown, [["[].x", 1]]);
});

Deno.test("flatten() of the CSV file takes its timestamps as dates", () => {
  const cases: [string, unknown[]][] = [
    ["timestamp,beats per minute\n2026-04-02T00:00:00Z,58.0\n", [["2026-04-02", 58, null]]],
    ["timestamp,beats per minute\r\n2026-04-02,58.25\r\n", [["2026-04-02", 58.25, null]]],
    [
      "timestamp,beats per minute\n2026-04-02,NaN\n2026-04-03,\n2026-04-04,51",
      [["2026-04-04", 51, null]],
    ],
    ["timestamp,beats per minute\n", []],
    ["no data", []],
    ["", []],
  ];
  for (const [text, expected] of cases) {
    assert.deepEqual(flatten(takeoutRestingHeartRateCsv, text).rows, expected, text);
  }
  const { recorders } = flatten(
    takeoutRestingHeartRateCsv,
    "timestamp,beats per minute,data source\n2026-04-01,NaN,Y\n2026-04-02,58.0,Google Health App\n",
  );
  assert.deepEqual([...recorders?.codes ?? []].map((code) => recorders?.names[code]), [
    "Google Health App",
  ]);
  for (const cells of ["2026-02-30,58.0", "soon,58.0", "2026-04-02,x"]) {
    const text = `timestamp,beats per minute\n${cells}\n`;
    assert.throws(() => flatten(takeoutRestingHeartRateCsv, text), DocumentError, cells);
  }
});

testWithSharedData("flatten() gives the genuine resting heart rates", () => {
  const file = "takeout/mit-innergalileo-2020/MyFitbitData/User/user-site-export/" +
    "resting_heart_rate-2020-03-09.json";
  const { rows, unknown } = flatten(takeoutRestingHeartRateJson, sharedFile(file));
  assert.equal(rows.length, 135);
  const on = (day: string) => rows.find(([date]) => date === day)?.[1];
  assert.deepEqual(
    ["2020-04-04", "2020-04-05"].map((day) => Number(on(day)).toFixed(3)),
    ["65.862", "66.663"],
  );
  assert.deepEqual(unknown, []);
  const older = "takeout/apache-fitbit-to-sqlite-2018/zip_contents/resting_heart_rate.json";
  assert.deepEqual(
    flatten(takeoutRestingHeartRateJson, sharedFile(older)).rows.map(([date]) => date),
    [
      "2018-12-30",
      "2018-12-31",
    ],
  );
});
