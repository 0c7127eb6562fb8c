import assert from "node:assert/strict";
import fc from "fast-check";
import { DocumentError } from "../../../pipeline/errors.ts";
import {
  distinctRecords,
  looksSaved,
  savedAnswers,
} from "../../../pipeline/sources/fitbit_web/saved_files.ts";
import { doublyEncoded, savedAnswer, times } from "../../generate/saved_answers.ts";

const utf8 = new TextEncoder();
const day = "2016-06-16";
const morning = savedAnswer({ day, times: times(6, 8) });
const evening = savedAnswer({ day, times: times(18, 20) });
const nextDay = savedAnswer({ day: "2016-06-17", times: times(6, 8) });
const pretty = JSON.stringify(JSON.parse(morning), null, 4);
const cut = morning.slice(0, 300);
const error =
  `{"errors":[{"errorType":"expired_token","message":"Access token expired: abc123"}],` +
  `"success":false}`;

interface Case {
  readonly name: string;
  readonly text: string;
  readonly file?: string;
  /** The bodies that are taken. */
  readonly taken?: readonly string[];
  readonly missing?: readonly string[];
  readonly skipped?: readonly string[];
}

const cases: readonly Case[] = [
  { name: "an answer as it came", text: morning, taken: [morning] },
  { name: "one that Python 2 dumped", text: doublyEncoded(morning), taken: [morning] },
  {
    name: "one that was dumped twice",
    text: doublyEncoded(doublyEncoded(morning)),
    taken: [morning],
  },
  { name: "a pretty-printed one", text: `${pretty}\n`, taken: [pretty] },
  { name: "one with a byte-order mark", text: `\ufeff${morning}`, taken: [morning] },
  {
    name: "three appended without anything between",
    text: morning + evening + nextDay,
    taken: [morning, evening, nextDay],
  },
  {
    name: "appended ones with newlines and marks between",
    text: `${morning}\r\n\ufeff${pretty}\n\n${nextDay}\n`,
    taken: [morning, pretty, nextDay],
  },
  { name: "an array of answers", text: `[${morning},\n${evening}]`, taken: [morning, evening] },
  {
    name: "dumped ones appended",
    text: doublyEncoded(morning) + doublyEncoded(nextDay),
    taken: [morning, nextDay],
  },
  {
    name: "a good one after one that was cut short",
    text: cut + evening,
    taken: [evening],
    missing: ["an answer that was cut short"],
  },
  {
    name: "a good dumped one after a dumped one that was cut short",
    text: doublyEncoded(morning).slice(0, 300) + doublyEncoded(evening),
    taken: [evening],
    missing: ["an answer that was cut short"],
  },
  {
    name: "a good one before one that was cut short",
    text: morning + cut,
    taken: [morning],
    missing: ["an answer that was cut short"],
  },
  {
    name: "an error between good ones",
    text: morning + error + evening,
    taken: [morning, evening],
    missing: ["an error that the service answered: expired_token"],
  },
  {
    name: "three errors",
    text: error + error + error,
    missing: ["an error that the service answered: expired_token (3 times)"],
  },
  {
    name: "an error, in a file without a day",
    text: error,
    file: "heart.json",
    skipped: ["an error that the service answered: expired_token"],
  },
  {
    name: "an error of the later service",
    text: `{"error":{"code":403,"message":"The caller","status":"PERMISSION_DENIED"}}`,
    missing: ["an error that the service answered: PERMISSION_DENIED"],
  },
  {
    name: "a web page",
    text: '<!doctype html><html>"Sorry"</html>',
    missing: ["a web page instead of an answer"],
  },
  {
    name: "plain words",
    text: "curl: (6) could not resolve",
    missing: ["something that is no JSON"],
  },
  {
    name: "something else",
    text: `{"friends":[]}`,
    skipped: ["an answer about friends, which no table takes yet"],
  },
  {
    name: "a daily series",
    text: `{"activities-heart":[{"dateTime":"2017-07-31","value":{"restingHeartRate":65}}]}`,
    taken: [`{"activities-heart":[{"dateTime":"2017-07-31","value":{"restingHeartRate":65}}]}`],
  },
  ...[
    `{"activities-steps":[],"activities-steps-intraday":{"dataset":[],"datasetInterval":15,` +
    `"datasetType":"minute"}}`,
    `{"activities-active-zone-minutes-intraday":[{"dateTime":"2025-03-26","minutes":[]}]}`,
    `{"activities-active-zone-minutes":[{"dateTime":"2025-03-26","value":{}}]}`,
    `{"summary":{},"activities":[],"goals":{}}`,
    `{"pagination":{},"activities":[{"startTime":"2017-09-01T08:16:14.000-07:00"}]}`,
  ].map((text) => ({ name: text.slice(0, 48), text, taken: [text] })),
  {
    name: "a summary, in a file without a day",
    text: `{"summary":{},"activities":[],"goals":{}}`,
    file: "summary.json",
    skipped: [
      "an answer that does not tell its day: name the file after it, as HR2016-06-16.json",
    ],
  },
  {
    name: "steps every second",
    text: `{"activities-steps":[],"activities-steps-intraday":{"dataset":[],"datasetInterval":1,` +
      `"datasetType":"second"}}`,
    missing: [`samples every "1 second", which nobody here knows`],
  },
  {
    name: "a list without an exercise",
    text: `{"pagination":{},"activities":[]}`,
    skipped: ["a list of exercises without one in it"],
  },
  {
    name: "two days in one answer",
    text: morning.replace(`[{"custom`, `[{"dateTime":"2016-06-15"},{"custom`),
    missing: ["samples of 2 days in one answer, without their dates"],
  },
  {
    name: "an interval nobody knows",
    text: savedAnswer({ day, times: [], interval: 7, type: "parsec" }),
    missing: [`samples every "7 parsec", which nobody here knows`],
  },
  {
    name: "no list of samples",
    text: morning.replace(`"dataset"`, `"data"`),
    missing: ["an answer without a list of samples"],
  },
  { name: "a number", text: "[12]", missing: ["something that is no JSON"] },
  {
    name: "today, in a file without a day",
    text: savedAnswer({ day: "today", times: times(0, 1) }),
    file: "data_file.json",
    skipped: [`an answer for "today": name the file after its day, as HR2016-06-16.json`],
  },
];

for (
  const { name, text, file = "HR2016-06-16.json", taken = [], missing = [], skipped = [] } of cases
) {
  Deno.test(`savedAnswers() of ${name}`, () => {
    const found = savedAnswers(utf8.encode(text), file);
    assert.deepEqual(found.answers.map(({ body }) => new TextDecoder().decode(body)), taken);
    assert.deepEqual(found.missing, missing);
    assert.deepEqual(found.skipped, skipped);
  });
}

Deno.test("savedAnswers() never repeats what the service said, which may quote a token", () => {
  const { missing } = savedAnswers(utf8.encode(error), "HR2016-06-16.json");
  assert.equal(missing.length, 1);
  assert.doesNotMatch(missing.join(), /abc123/);
});

Deno.test("savedAnswers() takes the day inside, and that of the name for today's", () => {
  const today = savedAnswer({ day: "today", times: times(0, 1) });
  const read = (text: string, file: string) =>
    savedAnswers(utf8.encode(text), file).answers.map(({ day, note }) => [day, note]);
  assert.deepEqual(read(today, "HR2016-06-16.json"), [["2016-06-16", undefined]]);
  assert.deepEqual(read(morning, "heart.json"), [["2016-06-16", undefined]]);
  assert.deepEqual(read(morning, "HR2016-06-18.json"), [[
    "2016-06-16",
    "its name says 2016-06-18, its answer 2016-06-16: taken as 2016-06-16",
  ]]);
});

Deno.test("savedAnswers() tells the streams apart by the interval", () => {
  const streams = ([[1, "second"], [1, "minute"], [5, "minute"], [15, "minute"]] as const)
    .map(([interval, type]) => {
      const text = savedAnswer({ day, times: times(0, 1, 900), interval, type });
      return savedAnswers(utf8.encode(text), "HR.json").answers[0]?.stream;
    });
  assert.deepEqual(streams, [
    "activities/heart/1sec",
    "activities/heart/1min",
    "activities/heart/5min",
    "activities/heart/15min",
  ]);
});

Deno.test("savedAnswers() reads what PowerShell wrote", () => {
  const units = Uint16Array.from(`\ufeff${morning}\r\n`, (char) => char.charCodeAt(0));
  const { answers } = savedAnswers(new Uint8Array(units.buffer), "HR.json");
  assert.deepEqual(answers.map(({ body }) => new TextDecoder().decode(body)), [morning]);
});

for (const bytes of [new Uint8Array(), utf8.encode(" \n"), Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)]) {
  Deno.test(`savedAnswers() refuses ${bytes.length} bytes that are no text`, () => {
    assert.throws(() => savedAnswers(bytes, "HR.json"), DocumentError);
  });
}

Deno.test("savedAnswers() never loses a whole answer beside a cut one, and always ends", () => {
  const [whole, part, last] = [18, 6, 20].map((hour) =>
    savedAnswer({ day, times: times(hour, hour + 0.05) })
  );
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ at: fc.integer({ min: 20, max: 250 }), twice: fc.boolean() }),
        {
          maxLength: 4,
        },
      ),
      fc.constantFrom("", "\n", ",\n"),
      (cuts, between) => {
        const parts = cuts.flatMap(({ at, twice }) => {
          const dump = twice ? doublyEncoded : (text: string) => text;
          return [dump(whole ?? ""), dump(part ?? "").slice(0, at)];
        });
        const { answers } = savedAnswers(utf8.encode([...parts, last].join(between)), "HR.json");
        const bodies = answers.map(({ body }) => new TextDecoder().decode(body));
        assert.deepEqual(bodies, [...cuts.map(() => whole), last]);
      },
    ),
    { seed: 11, numRuns: 200 },
  );
});

const beginnings: readonly (readonly [string, boolean])[] = [
  [morning, true],
  [doublyEncoded(morning), true],
  [pretty, true],
  [`[${morning}`, true],
  [error, true],
  [`[{"dateTime":"04/04/20 13:00:00"}]`, false],
  [`{"activities-steps":[]}`, true],
  [`{ "goals": {"steps":10000}, "summary": {} }`, true],
  [`{"activitiesOfFriends":[]}`, false],
  ["timestamp,beats per minute", false],
];

for (const [text, looks] of beginnings) {
  Deno.test(`looksSaved() is ${looks} for ${text.slice(0, 30)}`, () => {
    assert.equal(looksSaved(utf8.encode(text).subarray(0, 512)), looks);
  });
}

Deno.test("distinctRecords() counts a time once, however many answers have it", () => {
  assert.equal(distinctRecords(utf8.encode(`[${morning},${evening},${morning}]`)), 240);
  assert.equal(distinctRecords(utf8.encode("[]")), 0);
  assert.throws(() => distinctRecords(utf8.encode("{")), DocumentError);
});

Deno.test("savedAnswers() says the days and the stream of a series", () => {
  const days = ["2017-08-16", "2017-08-15", "2017-08-21"];
  const text = JSON.stringify({
    "activities-minutesSedentary": days.map((dateTime) => ({ dateTime, value: "700" })),
  });
  const { answers } = savedAnswers(utf8.encode(text), "2026-01-01.json");
  assert.deepEqual(
    answers.map(({ stream, day, lastDay, points, note }) => [stream, day, lastDay, points, note]),
    [["activities/minutesSedentary", "2017-08-15", "2017-08-21", 3, undefined]],
  );
});
