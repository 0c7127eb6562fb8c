import assert from "node:assert/strict";
import fc from "fast-check";
import { tableNamed } from "../../../pipeline/catalog.ts";
import { DocumentError } from "../../../pipeline/errors.ts";
import type { Manifest } from "../../../pipeline/raw/manifest.ts";
import { intradayStreams } from "../../../pipeline/sources/fitbit_web/intraday_streams.ts";
import { fitbitWebStreams } from "../../../pipeline/sources/fitbit_web/streams.ts";
import { bentTexts } from "../../generate/json_text.ts";
import { plainRows } from "../../support/rows.ts";
import { sharedFile, testWithSharedData } from "../../support/shared_data.ts";
import { agree, type Outcome } from "../../support/two_readers.ts";
import { documentOf, manifestOf } from "./manifest_of.ts";

function flatten(name: string, table: string, document: Uint8Array, manifest: Manifest) {
  const stream = fitbitWebStreams.find((of) => of.name === name && of.table === table);
  assert.ok(stream, name);
  const { columns, notes } = stream.flatten(document, manifest);
  return { rows: plainRows(tableNamed(table), columns), notes };
}

interface Point {
  readonly time: string;
  readonly value: number;
  readonly level?: number;
  readonly mets?: number;
}

function answer(
  resource: string,
  points: readonly Point[],
  { day = "2026-10-24", value = "0" }: { day?: string | undefined; value?: string } = {},
) {
  return {
    [`activities-${resource}`]: day === "" ? [] : [{ dateTime: day, value }],
    [`activities-${resource}-intraday`]: {
      dataset: points,
      datasetInterval: 1,
      datasetType: "minute",
    },
  };
}

const clock = (minute: number) => new Date(minute * 60_000).toISOString().slice(11, 19);

const day = (value: (minute: number) => number, minutes = 1440): Point[] =>
  Array.from({ length: minutes }, (_, minute) => ({ time: clock(minute), value: value(minute) }));

const steps = (document: Uint8Array, manifest: Manifest) =>
  flatten("activities/steps/1min", "steps", document, manifest);

for (
  const { name, points, told, rows, note } of [
    { name: "a day of zeros", points: day(() => 0), rows: 0, note: /nothing but zeros/ },
    {
      name: "a day with one step",
      points: day((minute) => minute === 700 ? 1 : 0),
      rows: 1440,
      note: undefined,
    },
    // Asleep until now: the day is not over.
    { name: "a morning of zeros", points: day(() => 0, 400), rows: 400, note: undefined },
    {
      name: "a morning of zeros without a value of the day",
      points: day(() => 0, 400),
      told: "",
      rows: 0,
      note: /nothing but zeros/,
    },
    { name: "nothing", points: [], rows: 0, note: undefined },
  ]
) {
  Deno.test(`${name} gives ${rows} rows`, () => {
    const document = documentOf(answer("steps", points, { day: told }));
    const found = steps(document, manifestOf({}));
    assert.equal(found.rows.length, rows);
    assert.deepEqual(found.notes.map((text) => note?.test(text)), note === undefined ? [] : [true]);
  });
}

Deno.test("a day without a swim has no rows, and nothing is told of it: most days are", () => {
  const document = documentOf(answer("swimming-strokes", day(() => 0)));
  const found = flatten(
    "activities/swimming-strokes/1min",
    "swimming_strokes",
    document,
    manifestOf({}),
  );
  assert.deepEqual(found, { rows: [], notes: [] });
});

Deno.test("minutes without energy are gaps, each with a note of how many", () => {
  const points = day((minute) => minute < 1000 ? 1.1857 : 0)
    .map((point) => ({ ...point, level: 0, mets: point.value === 0 ? 0 : 10 }));
  const { rows, notes } = flatten(
    "activities/calories/1min",
    "calories",
    documentOf(answer("calories", points, { value: "1186" })),
    manifestOf({}),
  );
  assert.equal(rows.length, 1000);
  assert.deepEqual(notes, ["2026-10-24: 440 points without a value: left out"]);
});

Deno.test("the hour that the clocks skip is no hour, though it is filled with zeros", () => {
  const march = "2026-03-29";
  const manifest = manifestOf({ first_day: march, last_day: march });
  const points = day((minute) => Math.floor(minute / 60) === 2 ? 0 : 3);
  const { rows, notes } = steps(documentOf(answer("steps", points, { day: march })), manifest);
  assert.equal(rows.length, 23 * 60);
  assert.equal(new Set(rows.map(({ time }) => time)).size, 23 * 60);
  assert.deepEqual(notes, []);
});

Deno.test("an hour shown once of the two that the clock showed is taken as the first", () => {
  const october = "2026-10-25";
  const manifest = manifestOf({ first_day: october, last_day: october });
  const { rows, notes } = steps(
    documentOf(answer("steps", day(() => 2), { day: october })),
    manifest,
  );
  assert.equal(rows.length, 1440);
  assert.equal(rows.filter(({ utc_offset_s }) => utc_offset_s === 7200).length, 3 * 60);
  assert.match(notes.join(), /60 samples of the hour .* repeated/);
});

for (
  const [name, body, message] of [
    [
      "a count with a fraction",
      answer("steps", [{ time: "08:00:00", value: 1.5 }]),
      /whole number/,
    ],
    ["a count below zero", answer("steps", [{ time: "08:00:00", value: -1 }]), /a number from 0/],
    ["a time without seconds", answer("steps", [{ time: "08:00", value: 1 }]), /time of day/],
    ["another day", answer("steps", [], { day: "2026-10-23" }), /answer for 2026-10-23/],
    ["no list", { "activities-steps": [], "activities-steps-intraday": {} }, /dataset/],
    ["no object", "7", /answers\[0\]/],
  ] as const
) {
  Deno.test(`a document with ${name} is put aside`, () => {
    assert.throws(
      () => steps(documentOf(body), manifestOf({})),
      (error) => error instanceof DocumentError && message.test(error.message),
    );
  });
}

Deno.test("an answer without its minutes is no error, but is noted", () => {
  const body = { "activities-steps": [{ dateTime: "2026-10-24", value: "8889" }] };
  const { rows, notes } = steps(documentOf(body), manifestOf({}));
  assert.deepEqual(rows, []);
  assert.deepEqual(notes, ["The answer for 2026-10-24 was given without its minutes"]);
});

Deno.test("a saved distance is taken as kilometres, with a note; one in feet is known", () => {
  const saved = documentOf(answer("distance", [{ time: "08:00:00", value: 0.05 }]));
  const distance = flatten("activities/distance/1min", "distance", saved, manifestOf({}));
  assert.deepEqual(distance.rows.map(({ distance_m }) => distance_m), [50]);
  assert.match(distance.notes.join(), /kilometres and metres/);
  const feet = documentOf(answer("elevation", [{ time: "08:00:00", value: 20 }]));
  const climbed = flatten("activities/elevation/1min", "altitude", feet, manifestOf({}));
  assert.deepEqual(climbed.rows.map(({ gain_m }) => gain_m), [6.096]);
});

/** The stream of a value a minute that feeds the table. */
function streamInto(table: string) {
  const stream = intradayStreams.find((of) => of.table === table && of.name.endsWith("/1min"));
  assert.ok(stream, table);
  return stream;
}

Deno.test("both readers of points agree on every document", () => {
  const number = fc.oneof(fc.nat(3), fc.double({ min: 0, max: 20, noNaN: true }));
  const point = fc.record({
    time: fc.constantFrom("00:00:00", "01:30:00", "02:30:00", "23:59:00"),
    value: number,
    level: fc.nat(4),
    mets: fc.nat(120),
  });
  const outcomes = new Map<Outcome, number>();
  for (const table of ["steps", "distance", "calories"]) {
    const stream = streamInto(table);
    const [, resource = ""] = stream.name.split("/");
    const asItIs = resource === "calories" ? point : point.map(({ time, value }): Point => ({
      time,
      value: table === "steps" ? Math.round(value) : value,
    }));
    const documents = fc.array(
      fc.tuple(fc.array(asItIs, { maxLength: 5 }), fc.constantFrom("2026-10-24", ""))
        .map(([points, day]) => answer(resource, points, { day })),
      { minLength: 1, maxLength: 2 },
    );
    const literals = ['"24:00:00"', '"2026-10-23"', "1.1857000589370728", "1e3", "0.0", "-0"];
    fc.assert(
      fc.property(bentTexts(documents, literals), (text) => {
        const outcome = agree(stream, text, manifestOf({}));
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      { seed: 20261024, numRuns: 1500 },
    );
  }
  const told = JSON.stringify(Array.from(outcomes));
  assert.ok((outcomes.get("scanned") ?? 0) > 500, told);
  assert.ok((outcomes.get("left to the careful reader") ?? 0) > 500, told);
});

for (
  const [name, table, day, rows] of [
    ["calories-intraday-1min-2015-03-20.json", "calories", "2015-03-20", 1440],
    ["steps-intraday-1min-1d-partial-day-2021-10-31.json", "steps", "2021-10-31", 857],
    ["floors-intraday-1min-1d-partial-day-2021-10-31.json", "floors", "2021-10-31", 857],
  ] as const
) {
  testWithSharedData(`${name} is scanned as the careful reader reads it`, () => {
    const stream = streamInto(table);
    const recorded = new TextDecoder().decode(sharedFile(`fitbit-web-api/${name}`));
    const document = new TextEncoder().encode(`[${recorded}]`);
    const manifest = manifestOf({ first_day: day, last_day: day });
    assert.equal(agree(stream, document, manifest), "scanned");
    assert.equal(stream.flatten(document, manifest).columns.rows, rows);
  });
}
