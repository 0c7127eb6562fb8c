import assert from "node:assert/strict";
import { timeline } from "../../pipeline/chart/timeline.ts";
import { faultsOfSvg, pathsOf } from "../support/svg.ts";

/** A sample every five seconds, with an hour off the wrist and a change of the clocks. */
function nightOfTheClockChange() {
  const start = Date.parse("2026-10-24T22:00:00Z");
  const change = Date.parse("2026-10-25T01:00:00Z");
  const time_ms = Float64Array.from({ length: 25 * 720 }, (_, i) => start + i * 5000)
    .filter((time) => time < start + 10 * 3_600_000 || time >= start + 11 * 3_600_000);
  return {
    time_ms,
    utc_offset_s: time_ms.map((time) => (time < change ? 7200 : 3600)),
    value: time_ms.map((_, i) => 60 + Math.round(20 * Math.sin(i / 500))),
  };
}

const series = nightOfTheClockChange();
const words = { title: "A day of 25 hours", label: "Heart rate (beats/min)" };

Deno.test("timeline() draws a day, with the clock that the wearer saw", () => {
  const { svg } = timeline(series, words);
  assert.deepEqual(faultsOfSvg(svg), []);
  for (
    const text of ["A day of 25 hours", words.label, "Local time (UTC+2, then UTC+1)", "UTC+1"]
  ) {
    assert.ok(svg.includes(`>${text}<`), text);
  }
  assert.ok(svg.length < 100_000, `${svg.length} bytes`);
});

Deno.test("timeline() breaks the line where nothing was measured", () => {
  const [d = ""] = pathsOf(timeline(series, words).svg);
  assert.equal(d.split("M").length - 1, 2, "two stretches");
});

Deno.test("timeline() makes every sample of an hour a dot", () => {
  const { svg } = timeline(series, { ...words, from: "12:00", to: "13:00" });
  assert.deepEqual(faultsOfSvg(svg), []);
  assert.ok(svg.includes("marker-mid="));
  const [d = ""] = pathsOf(svg);
  assert.equal(d.split(/[ML]/).length - 1, 721);
  assert.ok(svg.includes(">12:30<") && !svg.includes(">11:00<"));
});

Deno.test("timeline() takes both of a repeated hour", () => {
  const { svg } = timeline(series, { ...words, from: "02:00", to: "02:59" });
  assert.equal(svg.split(">02:30<").length - 1, 2);
});

Deno.test("timeline() refuses what it cannot draw", () => {
  const empty = new Float64Array();
  const none = { time_ms: empty, utc_offset_s: empty, value: empty };
  assert.throws(() => timeline(none, words), /Cannot draw "A day of 25 hours": there is no row/);
  assert.throws(() => timeline(series, { ...words, from: "13:00", to: "12:00" }), /13:00 to 12:00/);
});
