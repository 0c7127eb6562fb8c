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
  type DayFile,
  dayFile,
  dayText,
  readDayFile,
  secondDayOf,
  secondsOfText,
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
  const digests = digestsOf(run.parts);
  const days = Array.from(new Set([...digests.keys(), ...curves.days.map(dayOfNumber)])).sort();
  const embedFrom = run.embedFrom?.(days.at(-1) ?? "");
  for (const [done, day] of days.entries()) {
    run.signal.throwIfAborted();
    run.talk.progress({ what: "Reading seconds", done, total: days.length, unit: "days" });
    const digest = digests.get(day) ?? "";
    const made = folder.unchanged(day, digest) ?? await madeOf(parts, day, digest);
    const seconds = made === undefined ? undefined : secondsOfText(made.text);
    curves.add(day, seconds ?? { time_ms: new Float64Array(), bpm: new Int32Array() });
    if (made === undefined) continue;
    clocks.set(dayNumber(day), made.clock);
    if (embedFrom !== undefined && day >= embedFrom) embedded.set(day, made.text);
    else folder.put(made);
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

/** Raise when the same parts would give another file. */
const fileVersion = 1;

/** By day, of which parts of heart rate and steps its file is made. */
function digestsOf(parts: readonly PartRow[]): Map<Day, string> {
  const digests = new Map<Day, string>();
  for (const { table_name, partition, rows, sha256 } of parts) {
    if (rows === 0 || (table_name !== "heart_rate" && table_name !== "steps")) continue;
    const day = partition.slice("date=".length);
    digests.set(day, `${digests.get(day) ?? fileVersion}-${sha256.slice(0, 16)}`);
  }
  return digests;
}

/** A day's file out of its parts; undefined where nothing was measured. */
async function madeOf(parts: Parts, day: Day, digest: string): Promise<DayFile | undefined> {
  const found = secondDayOf(
    await parts.day("heart_rate", day, beatColumns),
    await parts.day("steps", day, stepColumns),
  );
  if (found === undefined) return undefined;
  return { day, text: dayText(found.seconds), digest, clock: found.clock };
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

  /** The day's file as it lies there, when it was made from the same parts. */
  unchanged(day: Day, digest: string): DayFile | undefined {
    const path = this.#pathOf(day);
    if (this.#files.size(path) === undefined) return undefined;
    const there = readDayFile(new TextDecoder().decode(this.#files.read(path)));
    return there?.day === day && there.digest === digest ? there : undefined;
  }

  put(file: DayFile): void {
    const bytes = new TextEncoder().encode(dayFile(file));
    this.bytes += bytes.length;
    this.#kept.add(`${file.day}.js`);
    if (writeChanged(this.#files, this.#pathOf(file.day), bytes)) this.written++;
  }

  #pathOf(day: Day): string {
    return `${this.#path}/${day}.js`;
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
