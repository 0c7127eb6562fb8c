import assert from "node:assert/strict";
import { DocumentError } from "../../../pipeline/errors.ts";
import { jsonTreeFamilies } from "../../../pipeline/sources/takeout/families/json_tree.ts";
import type { MemberSummary } from "../../../pipeline/sources/takeout/family.ts";

/** What the first look at a file of that name says. */
function lookAt(name: string, text: string): MemberSummary | undefined {
  const family = jsonTreeFamilies.find((family) => family.name.test(name));
  assert.ok(family !== undefined, name);
  assert.ok(family.header?.(text) === true, "its beginning is that of another kind of file");
  return family.summarise(new TextEncoder().encode(text), name);
}

const utc = (text: string) => Date.parse(`${text}Z`);

const value = (dateTime: string) => `{"dateTime" : "${dateTime}", "value" : "1"}`;

const minutes = `[${value("04/05/20 13:59:00")},${value("04/04/20 00:00:00")}]`;

const night = `{"dateOfSleep" : "2020-04-05", "startTime" : "2020-04-04T23:30:00.000",
  "endTime" : "2020-04-05T09:19:00.000"}`;

const cases: readonly (readonly [name: string, text: string, expected: MemberSummary])[] = [
  ["steps-2020-03-09.json", minutes, {
    samples: 2,
    span: { kind: "utc", first: utc("2020-04-04T00:00"), last: utc("2020-04-05T13:59") },
  }],
  ["calories.json", minutes, {
    samples: 2,
    span: { kind: "wall", first: utc("2020-04-04T00:00"), last: utc("2020-04-05T13:59") },
  }],
  ["very_active_minutes-2020-03-09.json", minutes, {
    samples: 2,
    span: { kind: "days", first: "2020-04-04", last: "2020-04-05" },
  }],
  ["heart_rate_zones.json", `[${value("01/02/18 00:00:00")}]`, {
    samples: 1,
    span: { kind: "days", first: "2018-01-02", last: "2018-01-02" },
  }],
  ["weight-2020-03-09.json", `[{"date" : "03/10/20", "time" : "08:39:59"},{"date" : "03/09/20"}]`, {
    samples: 2,
    span: { kind: "wall", first: utc("2020-03-09T23:59:59"), last: utc("2020-03-10T08:39:59") },
  }],
  ["sleep-2020-03-09.json", `[${night}]`, {
    samples: 1,
    span: { kind: "wall", first: utc("2020-04-04T23:30"), last: utc("2020-04-05T09:19") },
    evidence: { nights: [{ start: utc("2020-04-04T23:30"), end: utc("2020-04-05T09:19") }] },
  }],
  ["exercise-100.json", `[{"startTime" : "04/05/20 06:58:17"}]`, {
    samples: 1,
    span: { kind: "utc", first: utc("2020-04-05T06:58:17"), last: utc("2020-04-05T06:58:17") },
  }],
  ["water_logs-0.json", `[{"date" : "2020-04-05"}]`, {
    samples: 1,
    span: { kind: "wall", first: utc("2020-04-05T00:00"), last: utc("2020-04-05T00:00") },
  }],
];

for (const [name, text, expected] of cases) {
  Deno.test(`summarise() looks at ${name}`, () => assert.deepEqual(lookAt(name, text), expected));
}

Deno.test("summarise() places a file by the records that have a time, whatever the others are", () => {
  const found = lookAt("sleep-2020-03-09.json", `[{},${night},7]`);
  assert.equal(found?.samples, 3);
  assert.deepEqual(found?.evidence?.nights?.length, 1);
});

Deno.test("summarise() tells a file with nothing in it from one that is another kind of file", () => {
  for (const { name } of jsonTreeFamilies) assert.ok(!name.test("steps-2020-03-09 (1).json"));
  assert.equal(lookAt("steps-2020-03-09.json", "[ ]"), undefined);
  assert.equal(lookAt("sleep-2020-03-09.json", "[]"), undefined);
  assert.throws(() => lookAt("steps-2020-03-09.json", "[1, 2]"), DocumentError);
  assert.throws(() => lookAt("sleep-2020-03-09.json", "[{}]"), DocumentError);
  assert.throws(() => lookAt("exercise-0.json", `[{"startTime" : "soon"}]`), DocumentError);
  // An answer that somebody saved.
  assert.throws(() => lookAt("sleep-2020-03-09.json", '{"sleep":[]}'), /another kind of file/);
});
