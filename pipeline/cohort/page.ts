/** The page about a cohort: who wears, who stopped, who needs a login, how each measure is spread. Pure. */

import * as Plot from "@observablehq/plot";
import { chart, type Picture } from "../chart/picture.ts";
import { paint, pictureClass, style } from "../chart/theme.ts";
import { escaped } from "../markup.ts";
import { counted } from "../terminal/counted.ts";

/** A participant, from `outcomes` and `adherence`. */
export interface Member {
  readonly participant: string;
  /** How the last run ended; undefined when none is known. */
  readonly ending: string | undefined;
  readonly missing: string;
  /** ISO days; undefined when there is none. */
  readonly firstDay: string | undefined;
  readonly lastDayWorn: string | undefined;
  readonly days: number;
  readonly daysWorn: number;
  /** The participant's own report, relative to the page; undefined when there is none. */
  readonly report: string | undefined;
}

/** A participant's week: on how many days the watch was worn. */
export interface WornWeek {
  readonly participant: string;
  /** Its Monday. */
  readonly week: Date;
  readonly daysWorn: number;
}

/** Percentiles over the cohort on one day. */
export interface Spread {
  readonly day: Date;
  readonly participants: number;
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

export interface CohortPage {
  readonly members: readonly Member[];
  readonly weeks: readonly WornWeek[];
  /** By measure, as `cohort_percentiles` names it. */
  readonly spreads: ReadonlyMap<string, readonly Spread[]>;
}

const titles: Readonly<Record<string, readonly [title: string, unit: string]>> = {
  resting_heart_rate_bpm: ["Resting heart rate", "Heart rate (beats/min)"],
  rmssd_ms: ["Heart-rate variability", "RMSSD (ms)"],
  steps: ["Steps", "Steps a day"],
  asleep_h: ["Sleep", "Asleep (hours)"],
};

/** Whoever did not wear the watch for so many days before the cohort's last day has stopped. */
const stopped_days = 14;

/** The page as one text that needs nothing else. */
export function cohortPage({ members, weeks, spreads }: CohortPage): string {
  const lastDay = members.flatMap((member) => member.lastDayWorn ?? []).sort().at(-1);
  const stopped = members.filter(({ lastDayWorn }) =>
    lastDay !== undefined &&
    (lastDayWorn === undefined || apart(lastDayWorn, lastDay) > stopped_days)
  );
  const logins = members.filter(({ ending }) => ending === "login needed");
  const wanting = members.filter(({ ending, missing }) =>
    ending !== "login needed" && (ending === "failed" || missing !== "")
  );
  const worn = members.filter((member) => !stopped.includes(member)).length;
  const sections = [
    section("Who wears the watch", weeks.length === 0 ? none : wornPicture(weeks).svg),
    section(
      "Who stopped",
      `<p>Not worn for ten hours on any of the ${stopped_days} days before ${
        lastDay ?? "the last"
      }.</p>` +
        memberTable(stopped),
    ),
    section("Who needs a new login", memberTable(logins)),
    section("What else is missing", memberTable(wanting)),
    section(
      "How each measure is spread",
      "<p>Over the participants who wore the watch for ten hours that day: the middle half and nine " +
        "tenths of them, and the median.</p>" +
        Array.from(spreads, ([measure, days]) => spreadPicture(measure, days).svg).join(""),
    ),
    section("Everybody", memberTable(members)),
  ];
  return `<!doctype html>
<html lang="en" class="${pictureClass}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${counted(members.length, "participant")}</title>
<style>${style}${pageStyle}</style>
</head>
<body>
<main>
<h1>${counted(members.length, "participant")}</h1>
<p>${worn} ${
    worn === 1 ? "wears" : "wear"
  } the watch, ${stopped.length} stopped, ${logins.length} ${
    logins.length === 1 ? "needs" : "need"
  } a new login.</p>
${sections.join("\n")}
</main>
</body>
</html>
`;
}

const none = "<p>Nobody.</p>";

const pageStyle = `
html { background: var(--es-paper); color: var(--es-ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 920px; margin: 0 auto; padding: 40px 20px; }
h1 { font-size: 32px; line-height: 1.2; margin: 0 0 8px; }
h2 { font-size: 20px; margin: 44px 0 8px; }
svg { max-width: 100%; height: auto; margin: 8px 0; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 5px 12px 5px 0; border-bottom: 1px solid var(--es-band); }
th { color: var(--es-muted); font-weight: 500; }
td:last-child { overflow-wrap: anywhere; }
a { color: var(--es-main); }
`;

function section(title: string, body: string): string {
  return `<section>\n<h2>${escaped(title)}</h2>\n${body}\n</section>`;
}

function memberTable(members: readonly Member[]): string {
  if (members.length === 0) return none;
  const rows = members.map((member) => {
    const { participant, firstDay, lastDayWorn, days, daysWorn, missing, report } = member;
    const name = escaped(participant);
    const cells = [
      report === undefined ? name : `<a href="${escaped(report)}">${name}</a>`,
      firstDay ?? "",
      lastDayWorn ?? "",
      `${daysWorn} of ${days}`,
      escaped(missing),
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  const head = ["participant", "first day", "last worn", "days worn", "missing"];
  return `<table>\n<thead><tr>${
    head.map((name) => `<th scope="col">${name}</th>`).join("")
  }</tr></thead>\n<tbody>\n${rows.join("\n")}\n</tbody>\n</table>`;
}

/** So many rows still have their names beside them. */
const namedRows = 60;

function wornPicture(weeks: readonly WornWeek[]): Picture {
  const participants = new Set(weeks.map(({ participant }) => participant)).size;
  const row_px = participants <= namedRows ? 14 : 3;
  return chart({
    title: "Days worn, week by week",
    subtitle: "A row is a participant; the fuller the colour, the more days of at least ten hours",
    height: 130 + row_px * participants,
    marginLeft: participants <= namedRows ? 90 : 20,
    marginRight,
    x: { type: "utc", label: null, ticks: someOf(weeks.map(({ week }) => week)), tickFormat },
    y: {
      type: "band",
      label: "",
      grid: false,
      padding: participants <= namedRows ? 0.15 : 0,
      ...participants <= namedRows ? {} : { ticks: [] },
    },
    opacity: { type: "linear", domain: [0, 7], range: [0.08, 1] },
    marks: [
      Plot.barX(weeks, {
        x1: "week",
        x2: ({ week }: WornWeek) => new Date(week.getTime() + week_ms),
        y: "participant",
        inset: 0.5,
        fill: paint.main,
        fillOpacity: "daysWorn",
        title: ({ participant, week, daysWorn }: WornWeek) =>
          `${participant}, week of ${week.toISOString().slice(0, 10)}: ${counted(daysWorn, "day")}`,
      }),
    ],
  });
}

const tickFormat = "%-d %b %Y";

/** Room for half a day's name, which may stand below the very end. */
const marginRight = 40;

/** Days far enough from each other for their names: an eighth of all the time between them or more. */
function someOf(days: readonly Date[]): Date[] {
  const times = days.map((day) => day.getTime()).sort((a, b) => a - b);
  const least_ms = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 8;
  let previous = -Infinity;
  return times.filter((time) => {
    const isFar = time > previous && time - previous >= least_ms;
    if (isFar) previous = time;
    return isFar;
  }).map((time) => new Date(time));
}

const week_ms = 7 * 86_400_000;

function spreadPicture(measure: string, days: readonly Spread[]): Picture {
  const [title, unit] = titles[measure] ?? [measure, measure];
  return chart({
    title,
    legend: [
      { label: "median", colour: paint.main },
      { label: "half and nine tenths of the participants", colour: paint.band },
    ],
    x: { type: "utc", label: null, ticks: someOf(days.map(({ day }) => day)), tickFormat },
    y: { label: unit },
    marginLeft: 60,
    marginRight,
    inset: 4,
    marks: [
      Plot.areaY(days, { x: "day", y1: "p5", y2: "p95", fill: paint.band }),
      Plot.areaY(days, { x: "day", y1: "p25", y2: "p75", fill: paint.band }),
      Plot.lineY(days, { x: "day", y: "p50", stroke: paint.main, strokeWidth: 2 }),
      Plot.dot(days, {
        x: "day",
        y: "p50",
        fill: paint.main,
        r: 2.5,
        title: ({ day, p50, participants }: Spread) =>
          `${day.toISOString().slice(0, 10)}: ${p50.toFixed(1)} (${
            counted(participants, "participant")
          })`,
      }),
    ],
  });
}

function apart(day: string, later: string): number {
  return (Date.parse(later) - Date.parse(day)) / 86_400_000;
}
