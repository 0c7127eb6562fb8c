import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import { chart } from "../../pipeline/chart/picture.ts";
import { paint } from "../../pipeline/chart/theme.ts";
import { faultsOfSvg } from "../support/svg.ts";

const marks = [Plot.lineY([58.123456, 57, 59, 58], { stroke: paint.main })];

Deno.test("chart() is one SVG with its words, its colours and its own paper", () => {
  const { svg, bundle } = chart({
    title: "Resting <heart> rate",
    subtitle: "Four days",
    legend: [{ label: "me", colour: paint.main }],
    y: { label: "Heart rate (beats/min)" },
    marks,
  });
  assert.deepEqual(faultsOfSvg(svg), []);
  for (
    const words of [">Resting &lt;heart&gt; rate<", ">Four days<", "me", ">Heart rate (beats/min)<"]
  ) assert.ok(svg.includes(words), words);
  assert.ok(svg.includes("prefers-color-scheme: dark"));
  assert.ok(svg.includes(`fill="${paint.paper}"`));
  assert.deepEqual(bundle, {
    "text/html": svg,
    "image/svg+xml": svg,
    "text/plain": "Resting <heart> rate (run the cell to see the picture)",
  });
});

Deno.test("chart() writes coordinates to a tenth of a pixel", () => {
  const { svg } = chart({ title: "Short", marks });
  const long = / (?:d|transform|x1|x2|y1|y2)="[^"]*\.\d{2,}/.exec(svg);
  assert.equal(long, null, long?.[0]);
});

Deno.test("chart() names a day once, also where there are several ticks a day", () => {
  for (const days of [3, 30]) {
    const { svg } = chart({
      title: "Days",
      x: { type: "utc", tickFormat: "%-d %b" },
      marks: [Plot.dotY(
        Array.from(
          { length: days },
          (_, i) => ({ date: new Date(Date.UTC(2026, 3, 4 + i)), n: i }),
        ),
        { x: "date", y: "n" },
      )],
    });
    const labels = Array.from(svg.matchAll(/>(\d+ \w{3})</g), ([, label]) => label);
    assert.ok(labels.length >= 3, svg);
    assert.deepEqual(labels, Array.from(new Set(labels)));
  }
});

Deno.test("chart() is the same for the same data", () => {
  assert.equal(chart({ title: "Same", marks }).svg, chart({ title: "Same", marks }).svg);
});
