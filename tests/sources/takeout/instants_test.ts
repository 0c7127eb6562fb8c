import assert from "node:assert/strict";
import type { DocumentClock } from "../../../pipeline/raw/manifest.ts";
import { instantBy, instantsOf } from "../../../pipeline/sources/takeout/instants.ts";

const at = (text: string) => Date.parse(`${text}Z`);

/** Melbourne, autumn 2020: the clocks went from +11 to +10 at 16:00 UTC. */
const melbourne = [
  { from: null, offset_s: 39_600, evidence: "" },
  { from: "2020-04-04T16:00:00.000Z", offset_s: 36_000, evidence: "" },
];

/** Berlin, spring 2024: from +1 to +2 at 01:00 UTC. */
const berlin = [
  { from: null, offset_s: 3600, evidence: "" },
  { from: "2024-03-31T01:00:00.000Z", offset_s: 7200, evidence: "" },
];

const cases = [
  ["before the clocks go back", melbourne, "2020-04-05T01:59", "2020-04-04T14:59", 39_600],
  ["the first pass of the hour", melbourne, "2020-04-05T02:30", "2020-04-04T15:30", 39_600],
  ["after the hour", melbourne, "2020-04-05T03:00", "2020-04-04T17:00", 36_000],
  ["before the clocks go forward", berlin, "2024-03-31T01:59", "2024-03-31T00:59", 3600],
  ["an hour that is skipped", berlin, "2024-03-31T02:30", "2024-03-31T01:30", 3600],
  ["after the clocks went forward", berlin, "2024-03-31T03:00", "2024-03-31T01:00", 7200],
] as const;

for (const [what, offsets, wall, utc, offset_s] of cases) {
  Deno.test(`instantBy() of a wall clock, ${what}`, () => {
    const place = instantBy({ kind: "wall", offsets: offsets.slice() });
    const expected = { time: at(utc), utc_offset_s: offset_s };
    assert.deepEqual(place(at(wall)), expected);
    place(at("2000-01-01T00:00"));
    assert.deepEqual(place(at(wall)), expected, "whatever was asked before");
    place(at("2040-01-01T00:00"));
    assert.deepEqual(place(at(wall)), expected, "whatever was asked before");
  });
}

Deno.test("instantBy() and instantsOf() keep a sleep at the offset it began with, to its end", () => {
  const night = { start: at("2020-04-04T23:30"), end: at("2020-04-05T09:19"), offset_s: 39_600 };
  const clock: DocumentClock = { kind: "wall", offsets: melbourne, nights: [night] };
  const cases = [
    ["before it ended", "2020-04-05T02:30", "2020-04-04T15:30", 39_600],
    ["its end", "2020-04-05T09:19", "2020-04-04T22:19", 36_000],
    ["after it", "2020-04-05T09:20", "2020-04-04T23:20", 36_000],
  ] as const;
  const place = instantBy(clock);
  for (const [what, wall, utc, utc_offset_s] of cases) {
    assert.deepEqual(place(at(wall)), { time: at(utc), utc_offset_s }, what);
  }
  const walls = Float64Array.from(cases, ([, wall]) => at(wall));
  const { times, offsets, ambiguous } = instantsOf(walls, clock);
  assert.deepEqual(Array.from(times), cases.map(([, , utc]) => at(utc)));
  assert.deepEqual([Array.from(offsets), ambiguous], [[39_600, 36_000, 36_000], 0]);
});

Deno.test("instantsOf() reads the rows of a mixed document each by its clock", () => {
  const written = Float64Array.of(at("2024-03-31T00:30"), at("2024-03-31T00:30"));
  const { times, offsets } = instantsOf(written, {
    kind: "mixed",
    offsets: berlin,
    wall_rows: [[1, 1]],
  });
  assert.deepEqual(Array.from(times), [at("2024-03-31T00:30"), at("2024-03-30T23:30")]);
  assert.deepEqual(Array.from(offsets), [3600, 3600]);
});

Deno.test("instantsOf() tells the passes of a repeated hour by a step back or a repetition", () => {
  const orders = [
    ["01:59", "02:00", "02:30", "02:00", "02:30", "03:00"],
    ["01:59", "02:00", "02:00", "02:30", "02:30", "03:00"],
  ];
  for (const order of orders) {
    const written = Float64Array.from(order, (time) => at(`2020-04-05T${time}`));
    const placed = instantsOf(written, { kind: "wall", offsets: melbourne });
    assert.deepEqual(Array.from(placed.times).sort(), [
      at("2020-04-04T14:59"),
      at("2020-04-04T15:00"),
      at("2020-04-04T15:30"),
      at("2020-04-04T16:00"),
      at("2020-04-04T16:30"),
      at("2020-04-04T17:00"),
    ]);
    assert.equal(placed.ambiguous, 0);
  }
  const once = Float64Array.of(at("2020-04-05T02:10"), at("2020-04-05T02:20"));
  const { offsets, ambiguous } = instantsOf(once, { kind: "wall", offsets: melbourne });
  assert.deepEqual([Array.from(offsets), ambiguous], [[39_600, 39_600], 2]);
});
