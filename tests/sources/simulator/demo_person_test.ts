import assert from "node:assert/strict";
import { demoPerson, personOf } from "../../../pipeline/sources/simulator/demo_person.ts";

Deno.test("personOf() is the demo's person for its seed, and for others somebody else", () => {
  assert.deepEqual(personOf(demoPerson.seed), demoPerson);
  const people = [0, 1, demoPerson.seed, demoPerson.seed + 1, 2 ** 31 - 1].map(personOf);
  for (const id of ["healthUserId", "fitbitUserId"] as const) {
    assert.equal(new Set(people.map((person) => person[id])).size, people.length);
  }
  for (const { healthUserId, fitbitUserId } of people) {
    assert.match(healthUserId, /^\d{13}$/);
    assert.match(fitbitUserId, /^[0-9A-Z]{6}$/);
  }
});
