/** A night as a picture: one row a stage of sleep, the deepest at the bottom. */

import * as Plot from "@observablehq/plot";
import { clockAxis } from "./clock_axis.ts";
import { chart, type Picture } from "./picture.ts";
import { paint } from "./theme.ts";
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

/** The rows of the picture from top to bottom, and how a stage of the table is drawn. */
const rows = ["Awake", "Restless", "REM", "Light", "Asleep", "Deep"];
const looks: Readonly<Record<string, { row: string; colour: string }>> = {
  awake: { row: "Awake", colour: paint.awake },
  out_of_bed: { row: "Awake", colour: paint.awake },
  restless: { row: "Restless", colour: paint.awake },
  rem: { row: "REM", colour: paint.rem },
  light: { row: "Light", colour: paint.asleep },
  asleep: { row: "Asleep", colour: paint.asleep },
  deep: { row: "Deep", colour: paint.deep },
};

/**
 * The picture of one sleep over the wearer's own clock. A stage that is not among those
 * above is left out. Throws a RangeError when nothing is left to draw.
 */
export function hypnogram(stages: readonly Stage[], title: string): Picture {
  const known = stages.flatMap((stage) => {
    const look = looks[stage.stage];
    return look === undefined ? [] : [{ ...stage, ...look }];
  }).sort((a, b) => a.time - b.time);
  const [first] = known;
  if (first === undefined) throw new RangeError(`Cannot draw "${title}": there is no stage`);
  const from = first.time;
  const to = Math.max(...known.map(endOf));
  const spans = offsetSpans(
    [...known.map(({ time }) => time), to],
    [...known, known.at(-1) ?? first].map(({ utc_offset_s }) => utc_offset_s),
  );
  const axis = clockAxis(spans, from, to);
  return chart({
    title,
    height: 260,
    marginLeft: 72,
    x: axis.x,
    y: {
      domain: rows.filter((row) => known.some((stage) => stage.row === row)),
      grid: false,
      padding: 0.15,
    },
    marks: [
      ...axis.marks,
      Plot.barX(known, {
        x1: ({ time }: Stage) => new Date(time),
        x2: (stage: Stage) => new Date(endOf(stage)),
        y: "row",
        fill: ({ colour }: { colour: string }) => colour,
        title: (stage: Stage & { row: string }) =>
          `${stage.row}: ${clockTime(stage.time, stage.utc_offset_s)} to ` +
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
