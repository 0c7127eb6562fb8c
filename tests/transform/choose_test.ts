import assert from "node:assert/strict";
import { chooseSeries } from "../../pipeline/transform/choose.ts";

Deno.test("chooseSeries() takes the one that covers most minutes", () => {
  assert.equal(chooseSeries([{ minutes: 10, rows: 900 }, { minutes: 11, rows: 11 }]), 1);
});

Deno.test("chooseSeries() takes the first of equals", () => {
  assert.equal(chooseSeries([{ minutes: 10, rows: 10 }, { minutes: 10, rows: 900 }]), 0);
});

Deno.test("chooseSeries() takes a fallback only where its source has nothing else", () => {
  const fallback = { minutes: 9, rows: 9, source: "takeout", fallback: true } as const;
  assert.equal(chooseSeries([{ minutes: 1, rows: 1, source: "takeout" }, fallback]), 0);
  assert.equal(chooseSeries([{ minutes: 0, rows: 0, source: "takeout" }, fallback]), 1);
  assert.equal(chooseSeries([{ minutes: 1, rows: 1, source: "fitbit-web" }, fallback]), 1);
});

Deno.test("chooseSeries() takes none that has no row", () => {
  assert.equal(chooseSeries([{ minutes: 0, rows: 0 }, { minutes: 0, rows: 0 }]), undefined);
  assert.equal(chooseSeries([{ minutes: 0, rows: 0 }, { minutes: 1, rows: 1 }]), 1);
  assert.equal(chooseSeries([]), undefined);
});
