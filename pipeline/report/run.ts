/** Writes the report of one participant: a page, and beside it a folder with the seconds of each day. */

import { light, pictureClass, properties, style as themeStyle } from "../chart/theme.ts";
import { type Day, dayNumber, dayOfNumber } from "../day.ts";
import type { Files, Talk } from "../effects.ts";
import { reportFile, reportFolder } from "../layout.ts";
import { writeDurably } from "../raw/durable.ts";
import type { TableCalendar } from "../raw/calendar.ts";
import type { PartRow } from "../raw/ledger.ts";
import { type DayClock, pageData } from "./assemble.ts";
import { exerciseColumns, exercisesOf, zoneBoundsOf, zoneColumns } from "./exercises.ts";
import { reportHtml } from "./html.ts";
import { measures } from "./measures.ts";
import { sleepColumns, sleepsOf, stageColumns } from "./nights.ts";
import { Parts } from "./parts.ts";
import {
  beatColumns,
  CurveMaker,
  dayFile,
  dayFileName,
  dayText,
  secondDayOf,
  stepColumns,
} from "./seconds.ts";

export interface ReportRun {
  readonly root: string;
  readonly participant: string;
  readonly calendar: readonly TableCalendar[];
  /** The parts of the participant, as the ledger knows them. */
  readonly parts: readonly PartRow[];
  /** By the last day, the first whose seconds lie in the page itself; undefined: all lie beside it. */
  readonly embedFrom: ((last: Day) => Day) | undefined;
  readonly files: Files;
  readonly talk: Pick<Talk, "progress">;
  readonly signal: AbortSignal;
}

export interface ReportSummary {
  readonly path: string;
  readonly bytes: number;
  readonly days: number;
  /** Of the folder beside it. */
  readonly folderBytes: number;
  readonly filesWritten: number;
}

/** Reads a file of the program itself. */
const own = (path: string) => Deno.readTextFileSync(new URL(path, import.meta.url));

/** Writes page and days; days that are there already as they should be are left alone. */
export async function writeReport(run: ReportRun): Promise<ReportSummary> {
  const { root, participant, files } = run;
  const parts = new Parts(root, participant, files);
  const curves = new CurveMaker(exercisesOf(await parts.years("exercise", exerciseColumns)));
  const folder = new DayFolder(`${root}/${reportFolder(participant)}`, files);
  const clocks = new Map<number, DayClock>();
  const embedded = new Map<Day, string>();
  const days = daysToRead(run.parts, curves.days);
  const embedFrom = run.embedFrom?.(dayOfNumber(days.at(-1) ?? 0));
  for (const [done, number] of days.entries()) {
    run.signal.throwIfAborted();
    run.talk.progress({ what: "Reading seconds", done, total: days.length, unit: "days" });
    const day = dayOfNumber(number);
    const found = secondDayOf(
      await parts.day("heart_rate", day, beatColumns),
      await parts.day("steps", day, stepColumns),
    );
    curves.add(day, found?.seconds ?? { time_ms: new Float64Array(), bpm: new Int32Array() });
    if (found === undefined) continue;
    clocks.set(number, found.clock);
    const text = dayText(found.seconds);
    if (embedFrom !== undefined && day >= embedFrom) embedded.set(day, text);
    else folder.put(dayFileName(number), dayFile(day, text));
  }
  run.talk.progress({
    what: "Reading seconds",
    done: days.length,
    total: days.length,
    unit: "days",
  });
  folder.sweep();
  const data = pageData({
    participant,
    calendar: run.calendar,
    days: await parts.dayAggregate(["date", ...measures.map(({ column }) => column)]),
    sleeps: sleepsOf(
      await parts.years("sleep", sleepColumns),
      await parts.years("sleep_stage", stageColumns),
    ),
    exercises: curves.exercises,
    zones: zoneBoundsOf(await parts.years("heart_rate_zones", zoneColumns)),
    clocks,
    folder: reportFolder(participant),
  });
  const html = reportHtml({
    program: own("./page.js"),
    style: [
      themeStyle,
      // Paper is light, whatever the screen is.
      `@media print { .${pictureClass} { ${properties(light)} } }`,
      own("./page/style.css"),
    ].join("\n"),
    data,
    embedded,
  });
  const path = `${root}/${reportFile(participant)}`;
  const bytes = new TextEncoder().encode(html);
  writeChanged(files, path, bytes);
  return {
    path,
    bytes: bytes.length,
    days: clocks.size,
    folderBytes: folder.bytes,
    filesWritten: folder.written,
  };
}

/** The days with a part of heart rate or steps, and those on which an exercise ended; ascending. */
function daysToRead(parts: readonly PartRow[], curveDays: readonly number[]): number[] {
  const filled = parts.filter(({ table_name, rows }) =>
    rows > 0 && (table_name === "heart_rate" || table_name === "steps")
  );
  const days = filled.map(({ partition }) => dayNumber(partition.slice("date=".length)));
  return Array.from(new Set([...days, ...curveDays])).sort((a, b) => a - b);
}

/** The folder of the days: writes what differs, and takes away what no longer belongs there. */
class DayFolder {
  bytes = 0;
  written = 0;
  readonly #files: Files;
  readonly #path: string;
  readonly #kept = new Set<string>();

  constructor(path: string, files: Files) {
    this.#path = path;
    this.#files = files;
  }

  put(name: string, text: string): void {
    const bytes = new TextEncoder().encode(text);
    const path = `${this.#path}/${name}`;
    this.bytes += bytes.length;
    this.#kept.add(name);
    if (writeChanged(this.#files, path, bytes)) this.written++;
  }

  sweep(): void {
    for (const { name } of this.#files.list(this.#path)) {
      if (!this.#kept.has(name)) this.#files.remove(`${this.#path}/${name}`);
    }
  }
}

/** Writes a file that is not there yet as it should be; whether it did. */
function writeChanged(files: Files, path: string, bytes: Uint8Array): boolean {
  if (files.size(path) === bytes.length) {
    const there = files.read(path);
    if (bytes.every((byte, i) => byte === there[i])) return false;
  }
  writeDurably(files, path, bytes);
  return true;
}
