import assert from "node:assert/strict";
import fc from "fast-check";
import { dayOfNumber } from "../../../pipeline/day.ts";
import {
  readClockTime,
  readDecimalNumber,
  readInstant,
  readUsDateTime,
  readUtcOffset,
  readWholeNumber,
} from "../../../pipeline/sources/json/read_value.ts";
import { RecordMatcher } from "../../../pipeline/sources/json/record_matcher.ts";
import { decimal, time, type ValueShape } from "../../../pipeline/sources/json/record_shape.ts";
import { ColumnBuffer } from "../../../pipeline/sources/json/column_buffer.ts";
import { gaveUp } from "../../../pipeline/sources/json/scan_bytes.ts";
import { readingOf } from "../../../pipeline/sources/json/scan_value.ts";

const utf8 = new TextEncoder();

Deno.test("readInstant() gives milliseconds, the rest cut off", () => {
  const cases: [string, number | undefined][] = [
    ["1970-01-01T00:00:00Z", 0],
    ["1969-12-31T23:59:59.999999999Z", -1],
    ["2000-02-29T00:00:00.5Z", 951_782_400_500],
    ["0001-01-01T00:00:00Z", -62_135_596_800_000],
    ["9999-12-31T23:59:59.999Z", 253_402_300_799_999],
    ["1900-02-29T00:00:00Z", undefined],
    ["2026-10-01T23:59:60Z", undefined],
    ["2026-10-01T12:00:05+00:00", undefined],
    ["2026-10-01 12:00:05Z", undefined],
    [" 2026-10-01T12:00:05Z", undefined],
    ["", undefined],
  ];
  for (const [text, expected] of cases) assert.equal(readInstant(text), expected, text);
});

Deno.test("readUtcOffset() gives whole seconds of both spellings", () => {
  const cases: [string, number | undefined][] = [
    ["7200s", 7200],
    ["-18000s", -18_000],
    ["0s", 0],
    ["1576.800s", 1577],
    ["1576.4999s", 1576],
    ["-1576.5s", -1577],
    ["+05:45", 20_700],
    ["-07:00", -25_200],
    ["64800s", 64_800],
    ["64800.5s", undefined],
    ["+18:01", undefined],
    ["+05:60", undefined],
    ["7200", undefined],
    ["Z", undefined],
  ];
  for (const [text, expected] of cases) assert.equal(readUtcOffset(text), expected, text);
});

Deno.test("readUsDateTime() and readClockTime() take what exists only", () => {
  assert.equal(readUsDateTime("04/05/20 13:59:55"), Date.parse("2020-04-05T13:59:55Z"));
  assert.equal(readUsDateTime("02/29/00 00:00:00"), Date.parse("2000-02-29T00:00:00Z"));
  for (const text of ["02/29/19 00:00:00", "13/01/20 00:00:00", "04/05/20 24:00:00", "04/05/20"]) {
    assert.equal(readUsDateTime(text), undefined, text);
  }
  assert.equal(readClockTime("23:59:59"), 86_399);
  for (const text of ["24:00:00", "00:60:00", "00:00:60", "0:00:00", "00:00"]) {
    assert.equal(readClockTime(text), undefined, text);
  }
});

Deno.test("readWholeNumber() minds quotes and bounds", () => {
  const bounds = { min: 1, max: 300 };
  const cases: [unknown, "always" | "never" | "either", number | undefined][] = [
    ["72", "either", 72],
    [72, "either", 72],
    ["72", "never", undefined],
    [72, "always", undefined],
    [0, "never", undefined],
    [301, "never", undefined],
    ["072", "either", undefined],
    ["7.2e1", "either", undefined],
    [72.5, "never", undefined],
    [NaN, "never", undefined],
    [null, "either", undefined],
  ];
  for (const [value, quoted, expected] of cases) {
    assert.equal(readWholeNumber(value, { quoted, ...bounds }), expected, `${value} ${quoted}`);
  }
});

Deno.test("readDecimalNumber() minds quotes and bounds", () => {
  const bounds = { min: 0, max: 1000 };
  const cases: [unknown, "always" | "never" | "either", number | undefined][] = [
    ["1.19", "always", 1.19],
    ["1.5E-4", "always", 0.00015],
    [1.19, "never", 1.19],
    ["1.19", "never", undefined],
    [1.19, "always", undefined],
    ["1000.5", "either", undefined],
    ["-1", "either", undefined],
    ["1.", "either", undefined],
    [" 1", "either", undefined],
    ["0x10", "either", undefined],
    ["", "either", undefined],
    [null, "either", undefined],
  ];
  for (const [value, quoted, expected] of cases) {
    assert.equal(readDecimalNumber(value, { quoted, ...bounds }), expected, `${value} ${quoted}`);
  }
});

Deno.test("the kernels read a decimal number to the nearest number there is, or give up", () => {
  const shape = decimal(0, { required: true, quoted: "never", min: 0, max: 1e9 });
  const digits = (maxLength: number) =>
    fc.array(fc.nat(9), { minLength: 1, maxLength }).map((list) => list.join(""));
  fc.assert(
    fc.property(digits(10), fc.option(digits(20)), (whole, fraction) => {
      const text = fraction === null ? whole : `${whole}.${fraction}`;
      const isPlain = /^(0|[1-9]\d{0,8})(\.\d{1,18})?$/.test(text) &&
        text.replace(".", "").length <= 19;
      assert.equal(scanned(shape, text), isPlain ? Number(text) : undefined, text);
    }),
    { seed: 4, numRuns: 10_000 },
  );
});

Deno.test("the kernels read what a double is written as, and what lies next to it", () => {
  const shape = decimal(0, { required: true, quoted: "never", min: 0, max: 1e9 });
  const double = fc.double({ min: 1e-6, max: 999_999_999, noNaN: true, noDefaultInfinity: true });
  let read = 0;
  fc.assert(
    fc.property(double, fc.integer({ min: 12, max: 19 }), (number, digits) => {
      for (const text of [String(number), number.toPrecision(digits)]) {
        const found = scanned(shape, text);
        if (found === undefined) continue;
        read++;
        assert.equal(found, Number(text), text);
      }
    }),
    { seed: 5, numRuns: 10_000 },
  );
  assert.ok(read > 10_000, String(read));
});

Deno.test("the kernels read every instant that readInstant() reads, to the same number", () => {
  const two = (n: number) => String(n).padStart(2, "0");
  const texts = fc.record({
    day: fc.integer({ min: -200_000, max: 200_000 }).map(dayOfNumber),
    clock: fc.tuple(fc.nat(24), fc.nat(60), fc.nat(60)),
    digits: fc.array(fc.nat(9), { maxLength: 10 }),
    end: fc.constantFrom("Z", "Z", "Z", "z", "", "+00:00"),
  }).map(({ day, clock, digits, end }) =>
    `${day}T${clock.map(two).join(":")}${digits.length > 0 ? `.${digits.join("")}` : ""}${end}`
  );
  let read = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const found = scanned(time("instant", 0), text);
      assert.equal(found, readInstant(text), text);
      if (found !== undefined) read++;
    }),
    { seed: 3, numRuns: 1000 },
  );
  assert.ok(read > 100);
});

Deno.test("the kernels know which days there are, from year 0 to year 9999", () => {
  for (let year = 0; year < 10_000; year += year < 1890 || year > 2110 ? 7 : 1) {
    for (const day of ["01-01", "02-28", "02-29", "02-30", "03-01", "04-31", "08-31", "12-31"]) {
      const text = `${String(year).padStart(4, "0")}-${day}T23:59:59Z`;
      assert.equal(scanned(time("instant", 0), text), readInstant(text), text);
    }
  }
  for (const text of ["2026-00-01", "2026-13-01", "2026-01-00", "2026-01-32", "2026-1x-01"]) {
    assert.equal(scanned(time("instant", 0), `${text}T00:00:00Z`), undefined, text);
  }
});

Deno.test("the kernels read other values as the careful readers do, or give up", () => {
  const cases: [Parameters<typeof time>[0], string, number | undefined][] = [
    ["us_date_time", "04/05/20 13:59:55", Date.parse("2020-04-05T13:59:55Z")],
    ["us_date_time", "02/29/00 00:00:00", Date.parse("2000-02-29T00:00:00Z")],
    ["us_date_time", "02/29/19 00:00:00", undefined],
    ["us_date_time", "04-05-20 13:59:55", undefined],
    ["us_date_time", "04/05/20T13:59:55", undefined],
    ["us_date_time", "04/05/20 24:00:00", undefined],
    ["clock_time", "23:59:59", 86_399],
    ["clock_time", "24:00:00", undefined],
    ["clock_time", "00:60:00", undefined],
    ["clock_time", "00:00:60", undefined],
    ["clock_time", "00:00:0", undefined],
    ["clock_time", "00.00:00", undefined],
    ["clock_time", "0/:00:00", undefined],
    ["clock_time", "0:\uff10:00:00", undefined],
    ["utc_offset", "7200s", 7200],
    ["utc_offset", "-18000s", -18_000],
    ["utc_offset", "64800s", 64_800],
    ["utc_offset", "64801s", undefined],
    ["utc_offset", "+7200s", undefined],
    ["utc_offset", "7200", undefined],
    ["utc_offset", "s", undefined],
  ];
  for (const [writing, text, expected] of cases) {
    assert.equal(scanned(time(writing, 0), text), expected, `${writing} ${text}`);
  }
});

/** What the kernels make of a quoted value; undefined when they give up. */
function scanned(shape: ValueShape, text: string): number | undefined {
  const reading = readingOf(shape);
  const matcher = new RecordMatcher(utf8.encode(`${text}"`), 1, []);
  matcher.root.edge(new Uint8Array(), reading).next.edge(utf8.encode('"'), undefined);
  const rows = new ColumnBuffer(1);
  if (matcher.match(0, rows) === gaveUp) return undefined;
  assert.equal(rows.rows, 1);
  return rows.columns[0]?.[0];
}
