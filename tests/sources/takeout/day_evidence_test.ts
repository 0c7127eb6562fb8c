import assert from "node:assert/strict";
import { dayEvidence } from "../../../pipeline/sources/takeout/day_evidence.ts";
import { byCivilDay, type LivedIn, worn } from "../../generate/wearer.ts";

/** The stretches of one civil day: `from until`, and by how many minutes the clock fell back. */
function stretches(day: string, times: readonly number[], lived: readonly LivedIn[]): string[] {
  const samples = byCivilDay(times, lived).get(day) ?? [];
  const evidence = dayEvidence(day, Float64Array.from(samples));
  return (evidence?.stretches ?? []).map(({ first, last, fellBack }) => {
    const text = `${clock(first)} ${clock(last)}`;
    if (fellBack === undefined) return text;
    return `${text} fell back ${minutes(fellBack.least)}-${minutes(fellBack.most ?? Infinity)}`;
  });
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(5, 16);
}

function minutes(ms: number): number {
  return Math.round(ms / 60_000);
}

const berlin = [{ from: null, zone: "Europe/Berlin" }];

Deno.test("dayEvidence() splits a day at gaps that could hide a change", () => {
  const times = [
    ...worn("2022-06-01T05:00:00Z", "2022-06-01T07:00:00Z", 10),
    ...worn("2022-06-01T07:14:00Z", "2022-06-01T08:00:00Z", 10),
    ...worn("2022-06-01T08:30:00Z", "2022-06-01T09:00:00Z", 10),
  ];
  assert.deepEqual(stretches("2022-06-01", times, berlin), [
    "06-01T05:00 06-01T07:59",
    "06-01T08:30 06-01T08:59",
  ]);
});

Deno.test("dayEvidence() finds the repeated hour of an autumn night", () => {
  const times = worn("2022-10-29T22:00:00Z", "2022-10-30T23:00:00Z", 10);
  assert.deepEqual(stretches("2022-10-30", times, berlin), [
    "10-29T22:00 10-30T00:59",
    "10-30T01:00 10-30T22:59 fell back 60-60",
  ]);
});

Deno.test("dayEvidence() finds two flights west on one day", () => {
  const times = worn("2022-06-09T22:00:00Z", "2022-06-11T05:00:00Z", 10);
  const lived = [
    ...berlin,
    { from: "2022-06-10T09:00:00Z", zone: "Europe/London" },
    { from: "2022-06-10T19:00:00Z", zone: "America/New_York" },
  ];
  assert.deepEqual(stretches("2022-06-10", times, lived), [
    "06-09T22:00 06-10T08:59",
    "06-10T09:00 06-10T18:59 fell back 60-60",
    "06-10T19:00 06-11T03:59 fell back 300-300",
  ]);
});

Deno.test("dayEvidence() makes nothing of a little disorder, of repeats, or of no order at all", () => {
  const times = worn("2022-06-01T05:00:00Z", "2022-06-01T09:00:00Z");
  const disorders: readonly (readonly number[])[] = [
    times.toReversed(),
    times.flatMap((time) => [time, time]),
    times.map((_, index) => times[(index * 7) % times.length] ?? 0),
  ];
  for (const disorder of disorders) {
    const evidence = dayEvidence("2022-06-01", Float64Array.from(disorder));
    assert.deepEqual(evidence?.stretches, [{ first: times.at(0), last: times.at(-1) }]);
  }
});

Deno.test("dayEvidence() of no sample is none", () => {
  assert.equal(dayEvidence("2022-06-01", new Float64Array()), undefined);
});
