import assert from "node:assert/strict";
import {
  accountUnits,
  american,
  areFeet,
  isFeetOf,
  metric,
} from "../../../pipeline/sources/fitbit_web/account_units.ts";
import { manifestOf } from "./manifest_of.ts";

/** What floors come to in metres as the service prints them, cut or rounded, is never taken for feet. */
Deno.test("areFeet() never takes floors in metres for feet", () => {
  for (let floors = 1; floors < 400; floors++) {
    const metres = floors * 3.048;
    for (const height of [metres, Math.floor(metres), Math.round(metres)]) {
      assert.notEqual(areFeet([0, height]), true, `${floors} floors`);
    }
  }
});

Deno.test("areFeet() knows feet by heights that no floors in metres have", () => {
  assert.equal(areFeet([0, 10, 0, 30]), true);
  assert.equal(areFeet([20]), true);
  assert.equal(areFeet([10, 13]), false);
  // Ten floors in metres, cut; or three in feet.
  assert.equal(areFeet([30]), undefined);
  assert.equal(areFeet([]), undefined);
});

Deno.test("isFeetOf() compares a height with its floors", () => {
  assert.deepEqual(
    [isFeetOf(10, 100), isFeetOf(10, 30.48), isFeetOf(10, 30), isFeetOf(0, 0)],
    [true, false, false, undefined],
  );
});

const live = manifestOf({ account: "0123456789abcdef" });
const saved = manifestOf({});

for (
  const { inFeet, manifest, units, noted } of [
    { inFeet: true, manifest: live, units: american, noted: /miles and feet/ },
    { inFeet: true, manifest: saved, units: american, noted: /miles and feet/ },
    { inFeet: false, manifest: saved, units: metric, noted: undefined },
    { inFeet: undefined, manifest: saved, units: metric, noted: /does not say its units/ },
    { inFeet: undefined, manifest: live, units: metric, noted: undefined },
  ]
) {
  const kind = manifest === live ? "a live" : "a saved";
  Deno.test(`accountUnits() of ${kind} answer whose heights are in feet: ${inFeet}`, () => {
    const notes: string[] = [];
    assert.equal(accountUnits(inFeet, manifest, notes), units);
    assert.equal(notes.length, noted === undefined ? 0 : 1);
    if (noted !== undefined) assert.match(notes[0] ?? "", noted);
  });
}
