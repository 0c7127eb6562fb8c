/** One day along one clock: heart rate, off-wrist time and exercise above, sleep and steps below. */

import * as Plot from "@observablehq/plot";
import { paint } from "../../chart/theme.ts";
import { type Point, thinned } from "../../chart/thin.ts";
import { localTicks, offsetName, type OffsetSpan, type Tick } from "../../chart/time_axis.ts";
import { gapsOf, gapsThatMatter } from "../gaps.ts";
import { hypnogram } from "../hypnogram.ts";
import type { Exercise, Sleep } from "../page_data.ts";
import type { SecondDay } from "../second_day.ts";
import { margins, plot, stacked, unitLabel } from "./plot.ts";
import { stageLevels, stageLook } from "../../chart/stages.ts";

/** What is drawn of a day. */
export interface DayPicture {
  readonly seconds: SecondDay | undefined;
  /** The day's stretches of one offset. */
  readonly spans: readonly OffsetSpan[];
  readonly sleeps: readonly Sleep[];
  readonly exercises: readonly Exercise[];
  /** What is shown of it, in ms since 1970. */
  readonly from: number;
  readonly to: number;
}

interface Lane {
  readonly day: DayPicture;
  readonly width: number;
  readonly ticks: readonly Tick[];
}

/** The picture at a width, in pixels. */
export function dayChart(day: DayPicture, width: number): SVGSVGElement {
  const ticks = localTicks(day.spans, day.from, day.to, width < 560 ? 6 : 13);
  const lane: Lane = { day, width, ticks };
  const lanes = [heartLane(lane)];
  if (day.sleeps.length > 0) lanes.push(sleepLane(lane));
  lanes.push(stepsLane(lane));
  return stacked(lanes, 6);
}

function timeScale({ day }: Lane) {
  return {
    type: "utc",
    domain: [new Date(day.from), new Date(day.to)],
    label: null,
    axis: null,
    clamp: true,
  } as const;
}

function within(from: number, to: number, { day }: Lane): boolean {
  return to > day.from && from < day.to;
}

function clockAxis(lane: Lane): Plot.Markish[] {
  const labels = new Map(lane.ticks.map(({ time, label }) => [time, label]));
  return [
    Plot.axisX(lane.ticks.map(({ time }) => new Date(time)), {
      anchor: "bottom",
      label: null,
      tickSize: 4,
      tickFormat: (time: Date) => labels.get(time.getTime()) ?? "",
    }),
  ];
}

function gridX({ ticks }: Lane): Plot.Markish {
  return Plot.gridX(ticks.map(({ time }) => new Date(time)), { strokeOpacity: 0.09 });
}

function heartLane(lane: Lane): SVGSVGElement {
  const { day, width } = lane;
  const { from, to } = day;
  const { marginLeft, marginRight } = margins(width);
  const columns = width - marginLeft - marginRight;
  const time_ms = day.seconds?.time_ms ?? new Float64Array();
  const { breaksLine_ms, isShown_ms } = gapsThatMatter(time_ms);
  const points = thinned(time_ms, day.seconds?.bpm ?? [], {
    from,
    to,
    columns,
    longestGap: breaksLine_ms,
  });
  const values = points.map(({ value }) => value).filter((value) => !Number.isNaN(value));
  const least = values.reduce((a, b) => Math.min(a, b), values.length === 0 ? 40 : Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), values.length === 0 ? 120 : -Infinity);
  const middle = (least + most) / 2;
  const half = Math.max(12, (most - least) / 2 * 1.08);
  const gaps = day.seconds === undefined
    ? []
    : gapsOf(time_ms, day.spans[0]?.start ?? from, day.spans.at(-1)?.end ?? to, isShown_ms)
      .filter(({ start, end }) => within(start, end, lane));
  const exercises = day.exercises.filter(({ start_s, duration_s }) =>
    within(start_s * 1000, (start_s + duration_s) * 1000, lane)
  );
  const pixels = (start: number, end: number) =>
    (Math.min(end, to) - Math.max(start, from)) / (to - from) * columns;
  const changes = day.spans.slice(1).filter(({ start }) => start > from && start < to);
  const clip = (time: number) => new Date(Math.min(Math.max(time, from), to));
  return plot({
    width,
    height: width < 560 ? 240 : 300,
    marginTop: 24,
    marginBottom: 4,
    x: timeScale(lane),
    y: { domain: [middle - half, middle + half], grid: true, ticks: 6, tickSize: 0, label: null },
    marks: [
      unitLabel("beats/min"),
      gridX(lane),
      Plot.rectY(gaps, {
        x1: ({ start }: { start: number }) => clip(start),
        x2: ({ end }: { end: number }) => clip(end),
        y1: middle - half,
        y2: middle + half,
        fill: paint.band,
        fillOpacity: 0.45,
        className: "off-wrist",
      }),
      Plot.text(gaps.filter(({ start, end }) => pixels(start, end) > 64), {
        x: ({ start, end }: { start: number; end: number }) =>
          new Date((clip(start).getTime() + clip(end).getTime()) / 2),
        text: () => "no heart rate",
        frameAnchor: "bottom",
        dy: -6,
        fontStyle: "italic",
      }),
      Plot.rectY(exercises, {
        x1: ({ start_s }: Exercise) => clip(start_s * 1000),
        x2: ({ start_s, duration_s }: Exercise) => clip((start_s + duration_s) * 1000),
        y1: middle - half,
        y2: middle + half,
        fill: paint.other,
        fillOpacity: 0.1,
      }),
      Plot.text(exercises, {
        x: ({ start_s }: Exercise) => clip(start_s * 1000),
        text: (exercise: Exercise) => exercise.name,
        frameAnchor: "top",
        textAnchor: "start",
        lineAnchor: "bottom",
        dx: 2,
        dy: -3,
        fill: paint.other,
      }),
      Plot.ruleX(changes, {
        x: ({ start }: OffsetSpan) => new Date(start),
        stroke: paint.muted,
        strokeDasharray: "2,3",
      }),
      Plot.text(changes, {
        x: ({ start }: OffsetSpan) => new Date(start),
        text: ({ offset_s }: OffsetSpan) => `clock to ${offsetName(offset_s)}`,
        frameAnchor: "bottom",
        textAnchor: "start",
        dx: 4,
        dy: -6,
      }),
      heartLine(points, values.length <= columns / 3),
    ],
  });
}

function heartLine(points: readonly Point[], isSparse: boolean): Plot.Markish {
  return Plot.lineY(points, {
    x: ({ time }: Point) => new Date(time),
    y: "value",
    stroke: paint.main,
    strokeWidth: isSparse ? 1.5 : 1,
    className: "heart-rate",
    ...isSparse ? { marker: "dot" as const } : {},
  });
}

function sleepLane(lane: Lane): SVGSVGElement {
  const { day, width } = lane;
  const pieces = day.sleeps.flatMap(({ start_s, stages, duration_s }) =>
    stages === ""
      ? [{ start: start_s * 1000, end: (start_s + duration_s) * 1000, stage: "asleep" }]
      : hypnogram(stages).map(({ from_s, to_s, stage }) => ({
        start: (start_s + from_s) * 1000,
        end: (start_s + to_s) * 1000,
        stage: stage ?? "",
      }))
  ).filter(({ start, end, stage }) => stage !== "" && within(start, end, lane));
  return plot({
    width,
    height: 92,
    marginTop: 14,
    marginBottom: 6,
    x: timeScale(lane),
    y: {
      type: "band",
      domain: stageLevels,
      label: null,
      tickSize: 0,
      padding: 0.2,
    },
    marks: [
      gridX(lane),
      Plot.barX(pieces, {
        x1: ({ start }: { start: number }) => new Date(Math.max(start, day.from)),
        x2: ({ end }: { end: number }) => new Date(Math.min(end, day.to)),
        y: ({ stage }: { stage: string }) => stageLook(stage).level,
        fill: ({ stage }: { stage: string }) => stageLook(stage).colour,
        insetLeft: 0,
        insetRight: 0,
      }),
    ],
  });
}

interface Walk {
  readonly start: number;
  readonly end: number;
  readonly perMinute: number;
}

function stepsLane(lane: Lane): SVGSVGElement {
  const { day, width } = lane;
  const { steps_time_ms, steps_duration_ms, steps } = day.seconds ??
    { steps_time_ms: [], steps_duration_ms: [], steps: [] };
  const walks = Array.from(steps, (count, i): Walk => {
    const start = steps_time_ms[i] ?? NaN;
    const length = steps_duration_ms[i] ?? NaN;
    return { start, end: start + length, perMinute: count / (length / 60_000) };
  }).filter(({ start, end }) => within(start, end, lane));
  const most = walks.reduce((most, { perMinute }) => Math.max(most, perMinute), 60);
  return plot({
    width,
    height: 112,
    marginTop: 24,
    x: timeScale(lane),
    y: { domain: [0, most], grid: true, ticks: 2, tickSize: 0, label: null },
    marks: [
      unitLabel("steps/min"),
      gridX(lane),
      Plot.rectY(walks, {
        x1: ({ start }: Walk) => new Date(Math.max(start, day.from)),
        x2: ({ end }: Walk) => new Date(Math.min(end, day.to)),
        y: "perMinute",
        fill: paint.muted,
        fillOpacity: 0.75,
        inset: 0,
      }),
      ...clockAxis(lane),
    ],
  });
}
