import assert from "node:assert/strict";
import fc from "fast-check";
import { dayAt } from "../../../pipeline/day.ts";
import {
  type ClockHistory,
  clockHistory,
  offsetsBetween,
} from "../../../pipeline/sources/takeout/clock_history.ts";
import { dayEvidence } from "../../../pipeline/sources/takeout/day_evidence.ts";
import { offsetAt } from "../../../pipeline/sources/takeout/zone_rules.ts";
import { byCivilDay, type LivedIn, trueOffset, worn } from "../../generate/wearer.ts";

interface Options {
  readonly profileZones?: readonly string[];
  readonly givenZone?: string;
  readonly known?: readonly { at: string; offset_s: number }[];
}

function historyOf(times: readonly number[], lived: readonly LivedIn[], options: Options = {}) {
  const days = Array.from(byCivilDay(times, lived))
    .flatMap(([day, samples]) => dayEvidence(day, Float64Array.from(samples)) ?? []);
  return clockHistory({
    days,
    known: (options.known ?? []).map(({ at, offset_s }) => ({
      at: Date.parse(at),
      offset_s,
      evidence: "UserExercises utc_offset",
    })),
    profileZones: options.profileZones ?? [],
    givenZone: options.givenZone,
    first: Math.min(...times),
    last: Math.max(...times),
  });
}

function lived(...zones: string[]): LivedIn[] {
  return zones.map((text) => {
    const [zone = "", from] = text.split(" from ");
    return { zone, from: from ?? null };
  });
}

/** Samples whose civil day or, where `exact`, whose offset is not the wearer's. */
function wrong(
  history: ClockHistory,
  times: readonly number[],
  zones: readonly LivedIn[],
  exact: boolean,
): string[] {
  return times.filter((at) => {
    const offset = offsetAt(history.spans, at);
    const truth = trueOffset(zones, at);
    return exact ? offset !== truth : dayAt(at, offset) !== dayAt(at, truth);
  }).map((at) => `${new Date(at).toISOString()} ${offsetAt(history.spans, at)}`);
}

const cases: readonly {
  readonly name: string;
  readonly lived: readonly LivedIn[];
  readonly worn: readonly (readonly [string, string])[];
  readonly options?: Options;
  /** `instant offset_s`, of each change after the first offset. */
  readonly changes: readonly string[];
  readonly exact?: boolean;
}[] = [
  {
    name: "New York, autumn night",
    lived: lived("America/New_York"),
    worn: [["2023-11-03T04:00:00Z", "2023-11-08T05:00:00Z"]],
    changes: ["-14400", "2023-11-05T06:00:00.000Z -18000"],
  },
  {
    name: "New York, spring night",
    lived: lived("America/New_York"),
    worn: [["2023-03-10T05:00:00Z", "2023-03-15T04:00:00Z"]],
    changes: ["-18000", "2023-03-12T07:00:00.000Z -14400"],
  },
  {
    name: "New York, autumn night not worn",
    lived: lived("America/New_York"),
    worn: [["2023-11-03T04:00:00Z", "2023-11-05T03:00:00Z"], [
      "2023-11-05T13:00:00Z",
      "2023-11-08T05:00:00Z",
    ]],
    changes: ["-14400", "2023-11-05T06:00:00.000Z -18000"],
  },
  {
    name: "India",
    lived: lived("Asia/Kolkata"),
    worn: [["2022-01-31T18:30:00Z", "2022-02-04T18:30:00Z"]],
    changes: ["19800"],
  },
  {
    name: "Samoa, the skipped day",
    lived: lived("Pacific/Apia"),
    worn: [["2011-12-28T10:00:00Z", "2012-01-02T10:00:00Z"]],
    changes: ["-36000", "2011-12-30T10:00:00.000Z 50400"],
  },
  {
    name: "Lord Howe, half an hour in autumn",
    lived: lived("Australia/Lord_Howe"),
    worn: [["2021-04-01T13:00:00Z", "2021-04-06T13:30:00Z"]],
    changes: ["39600", "2021-04-03T15:00:00.000Z 37800"],
  },
  {
    name: "Lord Howe, half an hour in spring",
    lived: lived("Australia/Lord_Howe"),
    worn: [["2021-09-30T13:30:00Z", "2021-10-06T13:00:00Z"]],
    changes: ["37800", "2021-10-02T15:30:00.000Z 39600"],
  },
  {
    name: "a journey west, the watch worn all the way",
    lived: lived("Europe/Berlin", "America/New_York from 2022-06-10T14:37:00Z"),
    worn: [["2022-06-06T22:00:00Z", "2022-06-15T04:00:00Z"]],
    changes: ["7200", "2022-06-10T14:37:00.000Z -14400"],
  },
  {
    name: "a journey east, the watch off during the flight",
    lived: lived("America/New_York", "Asia/Kolkata from 2022-06-10T13:00:00Z"),
    worn: [["2022-06-07T04:00:00Z", "2022-06-10T02:00:00Z"], [
      "2022-06-10T13:05:00Z",
      "2022-06-15T18:30:00Z",
    ]],
    changes: ["-14400", "2022-06-10T13:00:00.000Z 19800"],
  },
  {
    name: "a journey east, the watch worn all the way: only the days can be told",
    lived: lived("Europe/London", "Asia/Tokyo from 2022-06-10T10:00:00Z"),
    worn: [["2022-06-06T23:00:00Z", "2022-06-15T15:00:00Z"]],
    changes: ["3600", "2022-06-10T15:00:00.000Z 32400"],
    exact: false,
  },
  {
    name: "a flight east over the date line: a day twice",
    lived: lived("Australia/Sydney", "America/Los_Angeles from 2022-07-10T06:00:00Z"),
    worn: [["2022-07-05T14:00:00Z", "2022-07-09T16:00:00Z"], [
      "2022-07-10T06:02:00Z",
      "2022-07-14T07:00:00Z",
    ]],
    changes: ["36000", "2022-07-10T06:00:00.000Z -25200"],
  },
  {
    name: "a flight west over the date line: a day that is missing",
    lived: lived("Pacific/Honolulu", "Pacific/Auckland from 2022-07-10T09:00:00Z"),
    worn: [["2022-07-05T10:00:00Z", "2022-07-10T00:30:00Z"], [
      "2022-07-10T09:10:00Z",
      "2022-07-14T12:00:00Z",
    ]],
    changes: ["-36000", "2022-07-10T09:00:00.000Z 43200"],
  },
  {
    name: "there and back",
    lived: lived(
      "Europe/Berlin",
      "America/Chicago from 2022-03-10T12:00:00Z",
      "Europe/Berlin from 2022-03-20T08:00:00Z",
    ),
    worn: [["2022-03-05T23:00:00Z", "2022-03-20T02:00:00Z"], [
      "2022-03-20T08:03:00Z",
      "2022-03-31T22:00:00Z",
    ]],
    changes: [
      "3600",
      "2022-03-10T12:00:00.000Z -21600",
      "2022-03-13T08:00:00.000Z -18000",
      "2022-03-20T08:00:00.000Z 3600",
      "2022-03-27T01:00:00.000Z 7200",
    ],
  },
  {
    name: "days worn by day alone take their neighbours' offset",
    lived: lived("Asia/Kathmandu"),
    worn: [
      ["2022-05-01T03:00:00Z", "2022-05-01T12:00:00Z"],
      ["2022-05-02T03:00:00Z", "2022-05-02T12:00:00Z"],
      ["2022-05-02T18:15:00Z", "2022-05-03T18:15:00Z"],
      ["2022-05-05T03:00:00Z", "2022-05-05T12:00:00Z"],
    ],
    changes: ["20700"],
  },
  {
    name: "days worn by day alone, with a profile",
    lived: lived("America/Chicago"),
    worn: [["2022-11-04T15:00:00Z", "2022-11-04T23:00:00Z"], [
      "2022-11-08T15:00:00Z",
      "2022-11-08T23:00:00Z",
    ]],
    options: { profileZones: ["America/Chicago"] },
    changes: ["-18000", "2022-11-06T07:00:00.000Z -21600"],
  },
  {
    name: "a profile of today does not move the India of 2022",
    lived: lived("Asia/Kolkata", "America/New_York from 2022-09-01T06:00:00Z"),
    worn: [["2022-08-20T18:30:00Z", "2022-08-31T20:00:00Z"], [
      "2022-09-01T06:10:00Z",
      "2022-09-10T04:00:00Z",
    ]],
    options: { profileZones: ["America/New_York"] },
    changes: ["19800", "2022-09-01T06:00:00.000Z -14400"],
  },
  {
    name: "an exercise tells on which side of a journey a day without bounds lies",
    lived: lived("Europe/London", "Asia/Dubai from 2022-06-10T02:00:00Z"),
    worn: [
      ["2022-06-06T23:00:00Z", "2022-06-09T23:00:00Z"],
      ["2022-06-10T06:00:00Z", "2022-06-10T09:00:00Z"],
      ["2022-06-10T20:00:00Z", "2022-06-12T20:00:00Z"],
    ],
    options: { known: [{ at: "2022-06-10T07:00:00Z", offset_s: 14400 }] },
    changes: ["3600", "2022-06-10T06:00:00.000Z 14400"],
  },
];

for (const one of cases) {
  Deno.test(`clockHistory() tells: ${one.name}`, () => {
    const times = one.worn.flatMap(([from, until]) => worn(from, until));
    const history = historyOf(times, one.lived, one.options);
    assert.deepEqual(
      history.spans.map(({ at, offset_s }) =>
        at === -Infinity ? `${offset_s}` : `${new Date(at).toISOString()} ${offset_s}`
      ),
      one.changes,
    );
    assert.deepEqual(wrong(history, times, one.lived, one.exact !== false), []);
    assert.ok(history.spans.every(({ decided }) => decided));
    assert.deepEqual(history.notes, []);
  });
}

Deno.test("clockHistory() says what it rests on", () => {
  const zones = lived("Europe/Berlin");
  const nights = worn("2022-05-01T22:00:00Z", "2022-05-04T22:00:00Z");
  const noons = worn("2022-05-02T10:00:00Z", "2022-05-02T12:00:00Z");
  const cases: [number[], Options, string, boolean][] = [
    [nights, {}, "heart-rate file bounds", true],
    [noons, {}, "none", false],
    [noons, { profileZones: ["Europe/Berlin"] }, "profile time zone Europe/Berlin", true],
    [
      noons,
      { known: [{ at: "2022-05-02T11:00:00Z", offset_s: 7200 }] },
      "UserExercises utc_offset",
      true,
    ],
    [noons, { givenZone: "Europe/Berlin" }, "--timezone Europe/Berlin", true],
    [nights, { givenZone: "Europe/Rome" }, "--timezone Europe/Rome", true],
  ];
  for (const [times, options, evidence, decided] of cases) {
    const { spans } = historyOf(times, zones, options);
    assert.deepEqual(spans.map((span) => [span.evidence, span.decided]), [[evidence, decided]]);
  }
});

Deno.test("clockHistory() takes the zone that was given, and says which days contradict it", () => {
  const times = worn("2022-05-01T22:00:00Z", "2022-05-04T22:00:00Z");
  const history = historyOf(times, lived("Europe/Berlin"), { givenZone: "Asia/Tokyo" });
  assert.equal(offsetAt(history.spans, times[0] ?? 0), 32400);
  assert.deepEqual(history.notes, [
    "The samples of 2022-05-02 and of 2 more days contradict --timezone Asia/Tokyo",
  ]);
});

Deno.test("clockHistory() leaves a file aside that fits no offset", () => {
  const times = worn("2022-05-01T22:00:00Z", "2022-05-04T22:00:00Z");
  const days = Array.from(byCivilDay(times, lived("Europe/Berlin")))
    .flatMap(([day, samples]) => dayEvidence(day, Float64Array.from(samples)) ?? []);
  const bogus = dayEvidence("2022-05-10", Float64Array.from(worn("2022-05-02", "2022-05-03")));
  assert.ok(bogus !== undefined);
  const history = clockHistory({
    days: [...days, bogus],
    known: [],
    profileZones: [],
    givenZone: undefined,
    first: Math.min(...times),
    last: Math.max(...times),
  });
  assert.deepEqual(history.spans.map(({ offset_s }) => offset_s), [7200]);
  assert.deepEqual(history.notes, [
    "The samples of 2022-05-10 fit their file's day at no offset",
  ]);
});

Deno.test("clockHistory() knows nothing from nothing, and the profile's zone from a profile", () => {
  const nothing = {
    days: [],
    known: [],
    givenZone: undefined,
    first: Date.parse("2022-03-01T00:00:00Z"),
    last: Date.parse("2022-03-31T00:00:00Z"),
  };
  assert.deepEqual(clockHistory({ ...nothing, profileZones: [] }).spans, []);
  assert.deepEqual(
    clockHistory({ ...nothing, profileZones: ["Europe/Berlin"] }).spans.map(({ offset_s }) =>
      offset_s
    ),
    [3600, 7200],
  );
});

Deno.test("offsetsBetween() gives a document its own part of the history", () => {
  const times = worn("2023-11-03T04:00:00Z", "2023-11-08T05:00:00Z");
  const history = historyOf(times, lived("America/New_York"));
  const evidence = "heart-rate file bounds";
  const at = Date.parse;
  assert.deepEqual(offsetsBetween(history, at("2023-11-04"), at("2023-11-06")), [
    { from: null, offset_s: -14400, evidence },
    { from: "2023-11-05T06:00:00.000Z", offset_s: -18000, evidence },
  ]);
  assert.deepEqual(offsetsBetween(history, at("2023-11-06"), at("2023-11-07")), [
    { from: null, offset_s: -18000, evidence },
  ]);
  assert.deepEqual(offsetsBetween(history, at("2023-12-06"), at("2023-12-07")), [
    { from: null, offset_s: -18000, evidence: "nearest day with evidence, 2023-11-07" },
  ]);
  assert.equal(
    offsetsBetween({ spans: [], evidenced: undefined, notes: [] }, 0, 1),
    undefined,
  );
});

const zones = [
  "America/New_York",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Asia/Kathmandu",
  "Asia/Tokyo",
  "Australia/Lord_Howe",
  "Australia/Sydney",
  "Europe/London",
  "Pacific/Apia",
  "Pacific/Auckland",
  "Pacific/Honolulu",
];

Deno.test("clockHistory() puts every sample on the day of its file, whatever the journeys", () => {
  const journey = fc.record({
    zone: fc.constantFrom(...zones),
    hours: fc.integer({ min: 60, max: 500 }),
  });
  fc.assert(
    fc.property(
      fc.array(journey, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 8_000 }),
      fc.integer({ min: 0, max: 12 }),
      (journeys, startDay, offHours) => {
        const begin = Date.UTC(2012, 0, 1) + startDay * 86_400_000 * 0.5;
        const livedIn: LivedIn[] = [];
        const times: number[] = [];
        let at = begin;
        for (const { zone, hours } of journeys) {
          const iso = new Date(at).toISOString();
          livedIn.push({ zone, from: at === begin ? null : iso });
          const until = at + hours * 3_600_000;
          const takenOff = new Date(until - offHours * 3_600_000).toISOString();
          times.push(...worn(iso, takenOff, 600));
          at = until;
        }
        const history = historyOf(times, livedIn);
        assert.deepEqual(wrong(history, times, livedIn, false), []);
      },
    ),
    { seed: 2016, numRuns: 40 },
  );
});
