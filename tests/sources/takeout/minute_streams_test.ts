import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type MinuteStream,
  minuteStreams,
  readMinutes,
  scanMinutes,
} from "../../../pipeline/sources/takeout/minute_streams.ts";
import { manifestOf, utcClock } from "../../generate/documents.ts";
import { bentTexts } from "../../generate/json_text.ts";
import { agree, type Outcome, type TwoReaders } from "../../support/two_readers.ts";

const manifest = manifestOf("takeout", "", "2020-04-05", utcClock(36_000));

const readersOf = (stream: MinuteStream): TwoReaders => ({
  scan: (document, of) => scanMinutes(stream, document, of),
  read: (document, of) => readMinutes(stream, document, of),
});

for (const stream of minuteStreams) {
  Deno.test(`${stream.name} is scanned for ${stream.table} as it is read carefully`, () => {
    const samples = fc.record({
      dateTime: fc.constantFrom("04/05/20 13:59:00", "04/04/20 00:00:00", "02/29/20 23:59:00"),
      value: fc.constantFrom("0", "7", "118", "1.19", "10", "1234567.125", "0.000001", "999999"),
    });
    const literals = ['"02/29/19 00:00:00"', '"1.190000000000000001"', '"-3"', '"1.5E-4"', '"1."'];
    const outcomes = new Map<Outcome, number>();
    fc.assert(
      fc.property(bentTexts(fc.array(samples, { maxLength: 6 }), literals), (document) => {
        const outcome = agree(readersOf(stream), document, manifest);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      { seed: 5, numRuns: 800 },
    );
    for (const outcome of ["scanned", "left to the careful reader"] as const) {
      assert.ok((outcomes.get(outcome) ?? 0) > 100, JSON.stringify(Array.from(outcomes)));
    }
  });
}
