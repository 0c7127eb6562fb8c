import assert from "node:assert/strict";
import { duration, ProgressLine } from "../../pipeline/terminal/progress.ts";

const at = (done: number) => ({ what: "Fetching", done, total: 100, unit: "days" });

Deno.test("ProgressLine on a terminal redraws one line with rate and time left", () => {
  const line = new ProgressLine(true);
  assert.match(line.update(at(0), 0), /Fetching: 0 of 100 days$/);
  assert.equal(line.update(at(1), 50), "");
  assert.match(line.update(at(20), 10_000), /20 of 100 days, 2\.0 days\/s, 40 s left$/);
  assert.match(line.clear(), /^\r/);
  assert.match(line.update(at(100), 50_000), /100 of 100 days, 2\.0 days\/s\n$/);
  assert.equal(line.clear(), "");
});

Deno.test("ProgressLine elsewhere writes whole lines, seldom", () => {
  const line = new ProgressLine(false);
  assert.equal(line.update(at(0), 0), "");
  assert.equal(line.update(at(5), 9_999), "");
  assert.equal(
    line.update(at(5), 10_000),
    "Fetching: 5 of 100 days, 30.0 days/min, 190 s left\n"
      .replace("190 s", "3 min"),
  );
  assert.equal(line.clear(), "");
  assert.match(line.update(at(100), 11_000), /100 of 100 days/);
});

Deno.test("ProgressLine elsewhere is silent when the work is short", () => {
  const line = new ProgressLine(false);
  assert.equal(line.update(at(0), 0), "");
  assert.equal(line.update(at(100), 5_000), "");
});

Deno.test("ProgressLine says at once that it waits, why and until when", () => {
  const line = new ProgressLine(false);
  line.update(at(1), 0);
  const waiting = { why: "150 requests an hour are used up", until: Date.UTC(2026, 10, 22, 13) };
  assert.match(
    line.update({ ...at(1), waiting }, 100),
    /waiting until 13:00:00 UTC: 150 requests an hour are used up\n$/,
  );
  assert.equal(line.update({ ...at(1), waiting }, 200), "");
});

Deno.test("duration() reads as a person says it", () => {
  assert.equal(duration(45), "45 s");
  assert.equal(duration(720), "12 min");
  assert.equal(duration(12_000), "3 h 20 min");
  assert.equal(duration(259_199), "3 days");
  assert.equal(duration(200_000), "55 h 33 min");
});
