import assert from "node:assert/strict";
import fc from "fast-check";
import { ClockEvidence } from "../../../pipeline/import/clock_evidence.ts";
import { lookSchema } from "../../../pipeline/raw/manifest.ts";
import { alignedOffsets } from "../../../pipeline/sources/takeout/aligned_offsets.ts";
import { families } from "../../../pipeline/sources/takeout/families.ts";
import { twinMarks } from "../../../pipeline/sources/takeout/twin_marks.ts";
import { offsetAt } from "../../../pipeline/sources/takeout/zone_rules.ts";
import { type LivedIn, trueOffset } from "../../generate/wearer.ts";

const minute = 60_000;
const hour = 60 * minute;
const utf8 = new TextEncoder();

/** A number below 1 that an instant always has. */
function chance(at: number): number {
  let hash = Math.imul(at / minute, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

const atRest = 119;

function isAwake(at: number, lived: readonly LivedIn[]): boolean {
  const hourOfDay = (at / hour + trueOffset(lived, at) / 3600 + 24) % 24;
  return hourOfDay >= 7 && hourOfDay < 23;
}

/** Hundredths of a kilocalorie in a minute: the same all through the night. */
function burned(at: number, lived: readonly LivedIn[]): number {
  return isAwake(at, lived) ? atRest + Math.floor(chance(at) ** 3 * 600) : atRest;
}

/** Both files of calories, as exports have them: on the wall clock, and in UTC. */
function files(from: number, until: number, lived: readonly LivedIn[]) {
  const minutes = Array.from({ length: (until - from) / minute }, (_, i) => from + i * minute)
    .map((at) => ({
      at,
      wall: at + trueOffset(lived, at) * 1000,
      kcal: (burned(at, lived) / 100).toFixed(2),
    }));
  const iso = (ms: number) => new Date(ms).toISOString();
  const slashed = (ms: number) =>
    `${iso(ms).slice(5, 7)}/${iso(ms).slice(8, 10)}/${iso(ms).slice(2, 4)} ${
      iso(ms).slice(11, 19)
    }`;
  const records = minutes.toSorted((a, b) => a.wall - b.wall)
    .map(({ wall, kcal }) => ({ dateTime: slashed(wall), value: kcal }));
  const lines = minutes.map(({ at, kcal }) => `${iso(at).slice(0, 19)}Z,${Number(kcal)}`);
  return [
    ["calories-2026-10-19.json", JSON.stringify(records, null, 2)],
    ["calories_2026-10-01.csv", `timestamp,calories\n${lines.join("\n")}\n`],
  ] as const;
}

/** The clock as an import works it out, through what manifests hold of each file. */
function historyOf(named: readonly (readonly [string, string])[], profileZones: string[] = []) {
  const evidence = new ClockEvidence(profileZones, []);
  for (const [name, text] of named) {
    const family = families.find((family) => family.name.test(name));
    const summary = family?.summarise(utf8.encode(text), name);
    assert.ok(summary !== undefined, name);
    const look = lookSchema.parse({ version: 1, crc32: 0, ...summary });
    evidence.add(lookSchema.parse(JSON.parse(JSON.stringify(look))));
  }
  return evidence.context(undefined).history;
}

const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "America/St_Johns",
];

Deno.test("the clock follows from calories in two files alone, over a change of the clocks and a journey", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...zones),
      // Both clock changes of the north are in it, and one of the south.
      fc.constantFrom("2026-03-22", "2026-10-19"),
      fc.integer({ min: 4 * 24, max: 10 * 24 }),
      (home, abroad, day, hours) => {
        const from = Date.parse(day);
        const left = from + hours * hour;
        const lived = home === abroad
          ? [{ zone: home, from: null }]
          : [{ zone: home, from: null }, { zone: abroad, from: new Date(left).toISOString() }];
        const until = from + 16 * 24 * hour;
        const history = historyOf(files(from, until, lived));
        assert.deepEqual(history.notes, []);
        const awake = Array.from({ length: (until - from) / minute }, (_, i) => from + i * minute)
          .filter((at) => isAwake(at, lived));
        const arrived = awake.findIndex((at) => at >= left);
        // The journey was some time between two marks, some hours awake apart; hours that the wall clock
        // showed twice have none.
        const twice = (trueOffset(lived, left - 1) - trueOffset(lived, left)) / 60;
        const apart = 300 + Math.max(0, twice);
        for (const [index, at] of awake.entries()) {
          if (index % 10 !== 0 || Math.abs(index - arrived) < apart) continue;
          const where = `${new Date(at).toISOString()} ${home} ${abroad}`;
          assert.equal(offsetAt(history.spans, at), trueOffset(lived, at), where);
        }
        for (const { decided, evidence } of history.spans) {
          if (decided) assert.equal(evidence, "calories in UTC and on the wall clock");
        }
      },
    ),
    { seed: 23, numRuns: 12 },
  );
});

Deno.test("calories in two files count for more than the profile, and for less than heart rate", () => {
  const lived = [{ zone: "America/New_York", from: null }];
  const from = Date.parse("2026-06-01T04:00:00Z");
  const profile = historyOf(files(from, from + 3 * 24 * hour, lived), ["Europe/Berlin"]);
  assert.deepEqual(profile.spans.map(({ offset_s }) => offset_s), [-4 * 3600]);

  // A watch worn all day, in a file of the day of somebody in India.
  const beats = Array.from({ length: 24 * 60 }, (_, i) => ({
    dateTime: `06/0${i < 330 ? 1 : 2}/26 ${
      new Date(from + 14.5 * hour + i * minute).toISOString().slice(11, 19)
    }`,
    value: { bpm: 60, confidence: 2 },
  }));
  const heartRate = ["heart_rate-2026-06-02.json", JSON.stringify(beats, null, 2)] as const;
  // What New York's calories of the evening before that midnight say cannot be.
  const evening = files(from + 15 * hour, from + 23 * hour, lived);
  const found = historyOf([...evening, heartRate]);
  assert.equal(offsetAt(found.spans, Date.parse("2026-06-01T22:00:00Z")), 19_800);
  assert.match(found.notes.join(), /stand in two files at times that better evidence contradicts/);
});

const times = (count: number, from = 0) =>
  Float64Array.from({ length: count }, (_, i) => from + i * minute);
const varied = (count: number) =>
  Float64Array.from({ length: count }, (_, i) => 1 + chance(i * minute) * 5);

Deno.test("twinMarks() marks a quarter by its content alone, in whichever unit", () => {
  const values = varied(24 * 60).map((value) => Math.round(value * 100) / 100);
  const marks = twinMarks({ of: "x", unit: 1 }, times(24 * 60), values);
  const later = twinMarks(
    { of: "x", unit: 3048 },
    times(24 * 60, 5.5 * hour),
    values.map((value) => value * 3048),
  );
  assert.ok(marks !== undefined && marks.quarters.length > 10, `${marks?.quarters.length}`);
  assert.deepEqual(later?.digests, marks.digests);
  assert.deepEqual(later?.quarters, marks.quarters.map((quarter) => quarter + 22));
  const all = { evidence: "both", offset_s: 19_800, aligned: true } as const;
  const found = alignedOffsets([marks], [later], "both");
  assert.ok(found.length >= 2);
  for (const { at: _, ...rest } of found) assert.deepEqual(rest, all);
});

Deno.test("twinMarks() marks nothing that would be found anywhere", () => {
  const spec = { of: "x", unit: 1 };
  assert.equal(twinMarks(spec, times(1440), new Float64Array(1440).fill(1.19)), undefined);
  assert.equal(twinMarks(spec, times(1440), new Float64Array(1440)), undefined);
  assert.equal(twinMarks(spec, times(2), varied(2)), undefined);
  assert.equal(twinMarks(spec, new Float64Array(20).fill(NaN), varied(20)), undefined);
  assert.equal(twinMarks(spec, times(15), new Float64Array(15).fill(Infinity)), undefined);
  // Two recorders side by side.
  const twice = Float64Array.from(times(15)).toSorted();
  const both = Float64Array.from([...twice, ...twice]).sort();
  assert.equal(twinMarks(spec, both, varied(30)), undefined);
});

Deno.test("alignedOffsets() says nothing where few marks agree, or several places fit as well", () => {
  const marks = (quarters: number[], digests: number[]) => ({ of: "x", quarters, digests });
  const utc = marks([0, 10, 20, 30], [1, 2, 3, 4]);
  const offsets = (quarters: number[], digests: number[]) =>
    alignedOffsets([utc], [marks(quarters, digests)], "both").map(({ offset_s }) => offset_s);
  assert.deepEqual(offsets([8, 18], [1, 2]), []);
  assert.deepEqual(offsets([8, 18, 28], [1, 2, 3]), [7200, 7200]);
  assert.deepEqual(offsets([8, 18, 29], [1, 2, 3]), []);
  assert.deepEqual(offsets([108, 118, 128], [1, 2, 3]), []);
  const twice = [utc, marks([4, 14, 24, 34], [1, 2, 3, 4])];
  const wall = [marks([8, 18, 28], [1, 2, 3])];
  assert.deepEqual(alignedOffsets(twice, wall, "both"), []);
});
