/**
 * Account archives of one made-up person in the layouts of all generations: the same body, nights and
 * training as the simulated services have, written as the exports write them.
 */

import { addDays, type Day, dayAt, daysBetween } from "../../../pipeline/day.ts";
import type { World } from "../../../pipeline/sources/simulator/api.ts";
import { createBody } from "../../../pipeline/sources/simulator/body.ts";
import { standingClock } from "../../../pipeline/sources/simulator/clock.ts";
import { demoPerson } from "../../../pipeline/sources/simulator/demo_person.ts";
import type { Person } from "../../../pipeline/sources/simulator/person.ts";
import { type ZipEntry, zipOf } from "../zip_writer.ts";
import { csvTree } from "./csv_tree.ts";
import { jsonTree } from "./json_tree.ts";
import { type ExportFile, type Generation, pathIn } from "./layouts.ts";
import { trackFiles } from "./tracks.ts";

/** Who exported, and when. */
export interface Export {
  readonly world: World;
  /** The UTC date the account was made on; the windows of the files are counted from the day before. */
  readonly registered: Day;
  /** The civil days with data; the last one is not over when the export is made. */
  readonly days: readonly Day[];
  /** When it was made, ms since 1970. */
  readonly made: number;
  /** Every so manieth sample of heart rate is there, to keep files short. */
  readonly everySample: number;
}

export interface ExportOptions {
  readonly person: Person;
  readonly registered: Day;
  /** An instant. */
  readonly made: string;
  readonly everySample?: number;
}

/** An export of everything from the person's first day on. */
export function exportOf({ person, registered, made, everySample = 1 }: ExportOptions): Export {
  const body = createBody(person);
  const at = Date.parse(made);
  const lastDay = dayAt(at, body.zones.spanAt(at).offset_s);
  return {
    world: { body, clock: standingClock(at), syncedTo: () => at },
    registered,
    days: daysBetween(person.memberSince, lastDay),
    made: at,
    everySample,
  };
}

/**
 * Ten days of a person who flies east and back through the night, whose clocks go back on 2026-10-25,
 * and who leaves the watch at home for a day; the window of the files changes on 2026-10-23.
 */
export const tenDays: ExportOptions = {
  person: {
    ...demoPerson,
    memberSince: "2026-10-19",
    zones: [
      { from: null, timeZone: "Europe/Berlin" },
      { from: "2026-10-20T20:00:00Z", timeZone: "Asia/Kolkata" },
      { from: "2026-10-22T22:00:00Z", timeZone: "Europe/Berlin" },
    ],
    unwornDays: ["2026-10-26"],
    unwornNights: [],
    offline: [],
  },
  registered: "2026-09-24",
  made: "2026-10-28T13:00:00Z",
  everySample: 12,
};

/** What an export is called; the same for all generations, which it does not matter to. */
export function exportName({ made }: Export): string {
  const stamp = new Date(made).toISOString().slice(0, 19).replace(/[-:]/g, "");
  return `takeout-${stamp}Z-1-001.zip`;
}

/** The members of an export in the layout of a generation. */
export function exportEntries(generation: Generation, of: Export): ZipEntry[] {
  const utf8 = new TextEncoder();
  const files: readonly ExportFile[] = [
    ...jsonTree(of),
    ...csvTree(of, generation),
    ...trackFiles(of),
    profileOf(of),
  ];
  return files.flatMap((file) => {
    const path = pathIn(generation, file);
    return path === undefined ? [] : [{ path, bytes: utf8.encode(file.text) }];
  });
}

/** The same as a ZIP file. */
export function exportZip(generation: Generation, of: Export): Uint8Array {
  return zipOf(exportEntries(generation, of));
}

function profileOf({ world, made }: Export): ExportFile {
  const { timeZone } = world.body.zones.spanAt(made);
  const text = `id,full_name,timezone,weight_unit\r\nABC123,"Lovelace, Ada",${timeZone},METRIC\r\n`;
  return { place: { tree: "profile" }, name: "Profile.csv", text };
}

/** The first days of the windows of so many days that days with data fall in. */
export function windowsOf({ registered, days }: Export, length: number): Day[] {
  const starts: Day[] = [];
  const last = days.at(-1) ?? registered;
  for (let start = addDays(registered, -1); start <= last; start = addDays(start, length)) {
    if (days.some((day) => day >= start && day < addDays(start, length))) starts.push(start);
  }
  return starts;
}
