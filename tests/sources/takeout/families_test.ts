import assert from "node:assert/strict";
import { DocumentError } from "../../../pipeline/errors.ts";
import { families } from "../../../pipeline/sources/takeout/families.ts";
import { takeoutStreams } from "../../../pipeline/sources/takeout/streams.ts";

const utf8 = new TextEncoder();

function summary(baseName: string, text: string) {
  const family = families.find(({ name }) => name.test(baseName));
  return family?.summarise(utf8.encode(text), baseName);
}

Deno.test("every family becomes documents of a stream that the archive has", () => {
  const streams = takeoutStreams.map(({ name }) => name);
  for (const { stream, untabulated } of families) {
    assert.equal(streams.includes(stream), untabulated !== true, stream);
  }
});

const resting = (date: string | null) =>
  `{"dateTime":"03/09/20 00:00:00","value":{"date":${
    JSON.stringify(date)
  },"value":65.0,"error":1}}`;

const days: readonly (readonly [string, string, readonly [number, string, string] | undefined])[] =
  [
    [
      "resting_heart_rate-2020-03-09.json",
      `[${resting("03/10/20")},${resting(null)},${resting("03/09/20")}]`,
      [2, "2020-03-09", "2020-03-10"],
    ],
    ["resting_heart_rate-2020-03-09.json", `[${resting(null)}]`, undefined],
    ["resting_heart_rate-2020-03-09.json", "[]", undefined],
    [
      "daily_resting_heart_rate.csv",
      "timestamp,beats per minute\n2026-01-02T00:00:00Z,61.0\n2026-01-01,60\n,\n",
      [2, "2026-01-01", "2026-01-02"],
    ],
    ["daily_resting_heart_rate.csv", "timestamp,beats per minute\n", undefined],
    ["daily_resting_heart_rate.csv", "no data", undefined],
  ];

for (const [name, text, expected] of days) {
  Deno.test(`a first look at ${name} with ${text.length} bytes`, () => {
    const found = summary(name, text);
    const span = found?.span;
    assert.deepEqual(
      span?.kind === "days" ? [found?.samples, span.first, span.last] : undefined,
      expected,
    );
  });
}

const refused: readonly (readonly [string, string])[] = [
  ["resting_heart_rate-2020-03-09.json", `{"a":1}`],
  ["resting_heart_rate-2020-03-09.json", `[{"dateTime":"03/09/20 00:00:00"}]`],
  ["resting_heart_rate-2020-03-09.json", `[{"dateTime":`],
  ["resting_heart_rate-2020-03-09.json", "<html>"],
  ["daily_resting_heart_rate.csv", "timestamp,rmssd\n"],
  ["daily_resting_heart_rate.csv", "timestamp,beats per minute\n01/02/26,61\n"],
  ["heart_rate-2020-03-10.json", `[{"dateTime":1583827169000,"value":{"bpm":60}}]`],
  ["heart_rate_2020-03-10.csv", "timestamp,beats per minute\n1583827169000,60.0\n"],
  ["heart_rate_2020-03-10.csv", ""],
];

const empty: readonly (readonly [string, string])[] = [
  ["heart_rate-2020-03-10.json", "[ ]\n"],
  ["heart_rate_2020-03-10.csv", "timestamp,beats per minute,data source\r\n"],
  ["heart_rate_2020-03-10.csv", "no data"],
];

for (const [name, text] of empty) {
  Deno.test(`a first look finds nothing in ${name} that holds ${text.trim()}`, () => {
    assert.equal(summary(name, text), undefined);
  });
}

for (const [name, text] of refused) {
  Deno.test(`a first look refuses ${name} that holds ${text.trim()}`, () => {
    assert.throws(() => summary(name, text), DocumentError);
  });
}
