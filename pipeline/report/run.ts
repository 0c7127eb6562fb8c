/** Writes the report of one participant: a page, and beside it a folder with the seconds of each day. */

import { light, pictureClass, properties, style as themeStyle } from "../chart/theme.ts";
import { addDays, type Day, dayNumber, dayOfNumber } from "../day.ts";
import type { FileContent, Files, Talk } from "../effects.ts";
import { reportFile, reportFolder } from "../layout.ts";
import { holds, writeAllDurablyAtOnce, writeDurably } from "../raw/durable.ts";
import type { TableCalendar } from "../raw/calendar.ts";
import type { PartRow } from "../raw/ledger.ts";
import { stopWhenTold } from "../turn_of_events.ts";
import { type DayClock, pageData } from "./assemble.ts";
import { CurveMaker } from "./curve_maker.ts";
import type { Beats } from "./exercise_curve.ts";
import { exerciseColumns, exercisesOf, zoneBoundsOf, zoneColumns } from "./exercises.ts";
import { reportHtml } from "./html.ts";
import { measures } from "./measures.ts";
import { sleepColumns, sleepsOf, stageColumns } from "./nights.ts";
import { Parts } from "./parts.ts";
import {
  beatColumns,
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
  /** Of seconds: those that lie in the page itself, and those in the folder beside it. */
  readonly days: { readonly within: number; readonly beside: number };
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
    await stopWhenTold(run.signal);
    run.talk.progress({ what: "Reading seconds", done, total: days.length, unit: "days" });
    const digest = (digests.get(day) ?? "") +
      curves.digestOf(day, digests.get(addDays(day, -1)) ?? "");
    const there = folder.unchanged(day, digest);
    const made = there?.file ?? await madeOf(parts, day, digest);
    const found = curves.add(
      day,
      () => made === undefined ? noBeats : secondsOfText(made.text),
      there?.file.curves,
    );
    if (made === undefined) continue;
    clocks.set(dayNumber(day), made.clock);
    if (embedFrom !== undefined && day >= embedFrom) embedded.set(day, made.text);
    else if (there === undefined) await folder.put({ ...made, curves: found });
    else folder.keep(there);
  }
  await folder.finish();
  run.talk.progress({
    what: "Reading seconds",
    done: days.length,
    total: days.length,
    unit: "days",
  });
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
  if (!holds(files, { path, bytes })) writeDurably(files, path, bytes);
  return {
    path,
    bytes: bytes.length,
    days: { within: embedded.size, beside: clocks.size - embedded.size },
    folderBytes: folder.bytes,
    filesWritten: folder.written,
  };
}

/** Raise when the same parts would give another file. */
const fileVersion = 2;

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

/** A day's file out of its parts, without its curves; undefined where nothing was measured. */
async function madeOf(
  parts: Parts,
  day: Day,
  digest: string,
): Promise<Omit<DayFile, "curves"> | undefined> {
  const found = secondDayOf(
    await parts.day("heart_rate", day, beatColumns),
    await parts.day("steps", day, stepColumns),
  );
  if (found === undefined) return undefined;
  return { day, text: dayText(found.seconds), digest, clock: found.clock };
}

/** What there is of a day of which nothing was measured. */
const noBeats: Beats = { time_ms: new Float64Array(), bpm: new Int32Array() };

/** So many days are written at a time, which takes a disk little longer than one. */
const mostAtATime = 128;

/** A day's file as it lies there, and its size. */
interface KeptFile {
  readonly file: DayFile;
  readonly bytes: number;
}

/** The folder of the days: writes what differs, and takes away what no longer belongs there. */
class DayFolder {
  bytes = 0;
  written = 0;
  readonly #files: Files;
  readonly #path: string;
  readonly #kept = new Set<string>();
  #waiting: FileContent[] = [];

  constructor(path: string, files: Files) {
    this.#path = path;
    this.#files = files;
  }

  /** The day's file, when it was made from the same parts. */
  unchanged(day: Day, digest: string): KeptFile | undefined {
    const path = this.#pathOf(day);
    if (this.#files.size(path) === undefined) return undefined;
    const bytes = this.#files.read(path);
    const file = readDayFile(new TextDecoder().decode(bytes));
    return file?.day === day && file.digest === digest ? { file, bytes: bytes.length } : undefined;
  }

  /** Leaves a file where it is. */
  keep({ file, bytes }: KeptFile): void {
    this.bytes += bytes;
    this.#kept.add(nameOf(file.day));
  }

  /** Writes a file, at the latest when all are finished. */
  async put(file: DayFile): Promise<void> {
    const bytes = new TextEncoder().encode(dayFile(file));
    this.keep({ file, bytes: bytes.length });
    this.#waiting.push({ path: this.#pathOf(file.day), bytes });
    if (this.#waiting.length === mostAtATime) await this.#write();
  }

  /** Writes what waits, and sweeps. */
  async finish(): Promise<void> {
    await this.#write();
    for (const { name } of this.#files.list(this.#path)) {
      if (!this.#kept.has(name)) this.#files.remove(`${this.#path}/${name}`);
    }
  }

  async #write(): Promise<void> {
    await writeAllDurablyAtOnce(this.#files, this.#waiting);
    this.written += this.#waiting.length;
    this.#waiting = [];
  }

  #pathOf(day: Day): string {
    return `${this.#path}/${nameOf(day)}`;
  }
}

function nameOf(day: Day): string {
  return `${day}.js`;
}
