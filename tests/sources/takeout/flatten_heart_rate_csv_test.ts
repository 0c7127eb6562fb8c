import assert from "node:assert/strict";
import fc from "fast-check";
import { DocumentError } from "../../../pipeline/errors.ts";
import {
  readHeartRateCsv,
  scanHeartRateCsv,
  takeoutHeartRateCsv,
} from "../../../pipeline/sources/takeout/flatten_heart_rate_csv.ts";
import {
  manifestOf,
  samplesOfDay,
  takeoutCsvDocument,
  takeoutSpacing,
  utcClock,
} from "../../generate/documents.ts";
import { bendBytes, someByteBends } from "../../generate/json_text.ts";
import { agree, type Outcome } from "../../support/two_readers.ts";

const day = "2026-04-02";
const manifest = manifestOf("takeout", "heart_rate_*.csv", day, utcClock(-14_400));
const readers = { scan: scanHeartRateCsv, read: readHeartRateCsv };
const header = "timestamp,beats per minute";
const utf8 = new TextEncoder();

/** Rows as time within 2026-04-02, beats and recorder; and all offsets. */
function flatten(text: string) {
  const { columns: { columns }, recorders, unknown, notes } = takeoutHeartRateCsv.flatten(
    utf8.encode(text),
    manifest,
  );
  const { time, utc_offset_s, bpm } = columns;
  assert.ok(time?.type === "timestamp_ms" && utc_offset_s?.type === "int32");
  assert.ok(bpm?.type === "int32");
  const rows = Array.from(time.values, (at, i) => [
    new Date(at).toISOString().slice(11, 23),
    bpm.values[i],
    ...(recorders === undefined ? [] : [recorders.names[recorders.codes[i]!]]),
  ]);
  return { rows, offsets: [...utc_offset_s.values], recorders, unknown: [...unknown], notes };
}

Deno.test("flatten() reads every generation of the file", () => {
  const cases: [string, unknown[]][] = [
    [`${header}\n2026-04-02T13:14:05Z,82.0\n`, [["13:14:05.000", 82]]],
    [`${header}\n2026-04-02T13:14:05Z,82`, [["13:14:05.000", 82]]],
    [`${header}\r\n2026-04-02T13:14:05.123Z,82.000\r\n`, [["13:14:05.123", 82]]],
    [`${header}\n2026-04-02T13:14:05.123999Z,82.0`, [["13:14:05.123", 82]]],
    [
      `${header},data source\n2026-04-02T13:14:05Z,82.0,Inspire 3\n` +
      "2026-04-02T13:14:06Z,83.0,Montre d'été\n2026-04-02T13:14:07Z,84.0,Inspire 3",
      [
        ["13:14:05.000", 82, "Inspire 3"],
        ["13:14:06.000", 83, "Montre d'été"],
        ["13:14:07.000", 84, "Inspire 3"],
      ],
    ],
    [`${header},data source\n2026-04-02T13:14:05Z,82.0,\n`, [["13:14:05.000", 82, ""]]],
    [
      'data source,beats per minute,timestamp\n"A, B",82.0,2026-04-02T13:14:05Z\n',
      [["13:14:05.000", 82, "A, B"]],
    ],
    ["", []],
    ["\n", []],
    ["no data", []],
    ["no data\r\n", []],
    [header, []],
    [`${header},data source\n`, []],
  ];
  for (const [text, expected] of cases) {
    const { rows, offsets, unknown, notes } = flatten(text);
    assert.deepEqual(rows, expected, text);
    assert.deepEqual([unknown, notes], [[], []], text);
    assert.ok(offsets.every((offset) => offset === -14_400));
    agree(readers, utf8.encode(text), manifest);
  }
});

Deno.test("flatten() tells mirrors from devices", () => {
  const names = ["Pixel Watch 3", "Oura Health Connect", "Polar Health Kit", "X Fitbit 3P Web API"];
  const lines = names.map((name) => `2026-04-02T13:14:05Z,82.0,${name}\n`).join("");
  const { recorders } = flatten(`${header},data source\n${lines}`);
  assert.deepEqual(recorders?.names, names);
  assert.deepEqual(recorders?.mirrors, [false, true, true, true]);
});

Deno.test("flatten() rounds values that are not whole, half up, and says so", () => {
  const { rows, notes } = flatten(
    `${header}\n2026-04-02T13:14:05Z,82.5\n2026-04-02T13:14:06Z,82.4\n2026-04-02T13:14:07Z,0.5\n`,
  );
  assert.deepEqual(rows.map(([, bpm]) => bpm), [83, 82, 1]);
  assert.deepEqual(notes, ["Rounded to whole beats: 3 values"]);
});

Deno.test("flatten() counts columns nobody knows", () => {
  const { unknown, rows } = flatten(
    "timestamp,confidence,beats per minute\n2026-04-02T13:14:05Z,3,82.0\n2026-04-02T13:14:06Z,,83.0\n",
  );
  assert.deepEqual(unknown, [["confidence", 2]]);
  assert.deepEqual(rows.map(([, bpm]) => bpm), [82, 83]);
});

Deno.test("flatten() refuses what it cannot read, and names it", () => {
  const cases: [string, RegExp][] = [
    ["timestamp,bpm\n2026-04-02T13:14:05Z,82.0\n", /column "beats per minute": the header is/],
    ["<html></html>\n", /column "timestamp"/],
    [`${header}\n2026-04-02 13:14:05,82.0\n`, /timestamp of row 1: expected a time in UTC/],
    [`${header}\n2026-04-31T13:14:05Z,82.0\n`, /timestamp of row 1/],
    [
      `${header}\n2026-04-02T13:14:05Z,82.0\n2026-04-02T13:14:06Z,\n`,
      /per minute of row 2.*found ""/,
    ],
    [`${header}\n2026-04-02T13:14:05Z,NaN\n`, /expected a number from 1 to 300, found "NaN"/],
    [`${header}\n2026-04-02T13:14:05Z,0.4\n`, /from 1 to 300/],
    [`${header}\n2026-04-02T13:14:05Z,300.5\n`, /from 1 to 300/],
    [`${header}\n2026-04-02T13:14:05Z\n`, /parse the document as CSV: .*line 2/],
    [`${header}\n2026-04-02T13:14:05Z,82.0,x\n`, /parse the document as CSV/],
    [`${header}\n"2026-04-02T13:14:05Z,82.0\n`, /parse the document as CSV/],
  ];
  for (const [text, message] of cases) {
    assert.throws(
      () => flatten(text),
      (error: unknown) => error instanceof DocumentError && message.test(error.message),
      text,
    );
  }
  assert.throws(() => takeoutHeartRateCsv.flatten(Uint8Array.of(0xff), manifest), DocumentError);
});

Deno.test("scanHeartRateCsv() scans a whole made-up day as the careful reader does", () => {
  const samples = samplesOfDay(5, day, takeoutSpacing);
  for (const recorder of ["Pixel Watch 3", undefined]) {
    const document = takeoutCsvDocument(day, samples, recorder);
    assert.equal(agree(readers, document, manifest), "scanned");
    assert.equal(scanHeartRateCsv(document, manifest)?.columns.rows, samples.length);
  }
});

Deno.test("scanHeartRateCsv() and readHeartRateCsv() agree on every document", () => {
  const sound = fc.tuple(
    fc.constantFrom("2026-04-02T13:14:05Z", "2026-04-02T00:00:00.123456Z"),
    fc.constantFrom("82.0", "82", "300", "1.000"),
    fc.constantFrom("Inspire 3", "Inspire", "Pixel é", "", " Health Kit"),
  );
  const odd = fc.tuple(
    fc.constantFrom("2026-02-30T00:00:00Z", "2026-04-02 13:14:05", '"2026-04-02T13:14:05Z"', ""),
    fc.constantFrom("0", "301", "082", "82.", "82.5", "8e1", "-1", "NaN", ""),
    fc.constantFrom('"A, B"', 'A"', "A\r"),
  );
  // An odd line is odd in one place or in several.
  const line = fc.oneof(
    { weight: 8, arbitrary: sound },
    {
      weight: 1,
      arbitrary: fc.tuple(sound, odd, fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()))
        .map(([cells, odd, take]) => cells.map((cell, i) => (take[i] ? odd[i] : cell))),
    },
  );
  const texts = fc.record({
    header: fc.constantFrom(
      ...[header, `${header},data source`, `${header},data source`, `${header},data source`],
      ...[`${header},x`, "beats per minute,timestamp", "no data", ""],
    ),
    lines: fc.array(line, { maxLength: 4 }),
    ending: fc.constantFrom("\n", "\n", "\r\n"),
    final: fc.boolean(),
    bends: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: someByteBends },
    ),
  }).map(({ header, lines, ending, final, bends }) => {
    const columns = header.split(",").length;
    const rows = [header, ...lines.map((cells) => cells.slice(0, columns).join(","))];
    return bendBytes(rows.join(ending) + (final ? ending : ""), bends);
  });
  const outcomes = new Map<Outcome, number>();
  fc.assert(
    fc.property(texts, (document) => {
      const outcome = agree(readers, document, manifest);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }),
    { seed: 20260402, numRuns: 5000 },
  );
  assert.ok((outcomes.get("scanned") ?? 0) > 600, JSON.stringify(Array.from(outcomes)));
  assert.ok((outcomes.get("left to the careful reader") ?? 0) > 600);
});
