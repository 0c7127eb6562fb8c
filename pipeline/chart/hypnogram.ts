/** A night as a picture: one row a stage of sleep, the deepest at the bottom. */

import * as Plot from "@observablehq/plot";
import { clockAxis } from "./clock_axis.ts";
import { chart, type Picture } from "./picture.ts";
import { stageLevels, type StageLook, stageLook } from "./stages.ts";
import { clockTime, offsetSpans } from "./time_axis.ts";

/** A stretch of one stage. */
export interface Stage {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly utc_offset_s: number;
  readonly duration_s: number;
  /** As the table `sleep_stage` names it. */
  readonly stage: string;
}

/** The picture of one sleep over the wearer's own clock. Throws a RangeError when it has no stage. */
export function hypnogram(stages: readonly Stage[], title: string): Picture {
  const drawn = stages.map((stage) => ({ ...stage, ...stageLook(stage.stage) }))
    .sort((a, b) => a.time - b.time);
  const [first] = drawn;
  if (first === undefined) throw new RangeError(`Cannot draw "${title}": there is no stage`);
  const from = first.time;
  const to = Math.max(...drawn.map(endOf));
  const spans = offsetSpans(
    [...drawn.map(({ time }) => time), to],
    [...drawn, drawn.at(-1) ?? first].map(({ utc_offset_s }) => utc_offset_s),
  );
  const axis = clockAxis(spans, from, to);
  return chart({
    title,
    height: 260,
    marginLeft: 72,
    x: axis.x,
    y: {
      domain: stageLevels.filter((level) => drawn.some((stage) => stage.level === level)),
      grid: false,
      padding: 0.15,
    },
    marks: [
      ...axis.marks,
      Plot.barX(drawn, {
        x1: ({ time }: Stage) => new Date(time),
        x2: (stage: Stage) => new Date(endOf(stage)),
        y: "level",
        fill: ({ colour }: StageLook) => colour,
        title: (stage: Stage & StageLook) =>
          `${stage.words}: ${clockTime(stage.time, stage.utc_offset_s)} to ` +
          `${clockTime(endOf(stage), stage.utc_offset_s)}, ${
            Math.round(stage.duration_s / 6) / 10
          } min`,
      }),
    ],
  });
}

function endOf({ time, duration_s }: Stage): number {
  return time + duration_s * 1000;
}
