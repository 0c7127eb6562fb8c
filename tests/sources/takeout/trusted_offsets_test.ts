import assert from "node:assert/strict";
import type { KnownOffset } from "../../../pipeline/sources/takeout/clock_pieces.ts";
import { trustedOffsets } from "../../../pipeline/sources/takeout/trusted_offsets.ts";

const at = (text: string) => Date.parse(`${text}Z`);
const hour_s = 3600;

const aligned = (text: string, hours: number): KnownOffset => ({
  at: at(text),
  offset_s: hours * hour_s,
  evidence: "twins",
  aligned: true,
});

const stated = (text: string, hours: number): KnownOffset => ({
  at: at(text),
  offset_s: hours * hour_s,
  evidence: "UserExercises utc_offset",
});

const days = [{
  day: "2026-06-02",
  stretches: [{ first: at("2026-06-01T22:00"), last: at("2026-06-02T21:59") }],
}];

/** What is known, and whether the first of it can be trusted. */
const cases: readonly (readonly [string, readonly KnownOffset[], boolean])[] = [
  ["fits a heart-rate file's day", [aligned("2026-06-01T23:00", 2)], true],
  ["is of another day than the heart-rate file's", [aligned("2026-06-01T23:00", 0)], false],
  ["is of a day without such a file", [aligned("2026-06-04T23:00", 0)], true],
  ["is what a file states", [aligned("2026-06-04T12:00", 2), stated("2026-06-04T12:30", 2)], true],
  [
    "is not what a file states",
    [aligned("2026-06-04T12:00", 2), stated("2026-06-04T12:30", 3)],
    false,
  ],
  ["was hours before", [aligned("2026-06-04T12:00", 2), stated("2026-06-04T15:00", 3)], true],
  ["is stated itself", [stated("2026-06-01T23:00", 0)], true],
];

for (const [what, known, isTrusted] of cases) {
  Deno.test(`trustedOffsets() of an offset that ${what}`, () => {
    const found = trustedOffsets(days, known);
    assert.deepEqual(found.known, isTrusted ? known : known.slice(1));
    assert.equal(found.against.length, isTrusted ? 0 : 1);
  });
}
