/** Account archives of every generation of the layout, made up from a wearer. */

import { csvFiles, jsonFiles, type LivedIn } from "./wearer.ts";
import type { ZipEntry } from "./zip_writer.ts";

/** The generations as `reference/takeout-export.md` numbers them. */
export type Generation = "G1" | "G2" | "G3" | "G4" | "G4n" | "G5" | "G6";

interface Layout {
  /** Folder of the JSON tree. */
  readonly json: string;
  /** Folder of the CSV files of heart rates; absent where there are none. */
  readonly csv?: string;
  readonly dailyCsv?: string;
  readonly dataSource?: string;
  /** A CSV with notifications, which is no heart-rate data. */
  readonly notifications?: string;
  readonly profile: string;
}

const layouts: Readonly<Record<Generation, Layout>> = {
  G1: {
    json: "MyFitbitData/Ada/user-site-export",
    profile: "MyFitbitData/Ada/Your Profile",
  },
  G2: {
    json: "MyFitbitData/Ada/Physical Activity",
    profile: "MyFitbitData/Ada/Your Profile",
  },
  G3: {
    json: "Takeout/Fitbit/Global Export Data",
    notifications: "Takeout/Fitbit/Heart Rate/Heart Rate Notifications Alerts.csv",
    profile: "Takeout/Fitbit/Your Profile",
  },
  G4: {
    json: "Takeout/Fitbit/Global Export Data",
    csv: "Takeout/Fitbit/Physical Activity_GoogleData",
    dailyCsv: "Takeout/Fitbit/Physical Activity_GoogleData",
    notifications: "Takeout/Fitbit/Heart Rate/Heart Rate Notifications Alerts.csv",
    profile: "Takeout/Fitbit/Your Profile",
  },
  G4n: {
    json: "Ada Lovelace/Global Export Data",
    csv: "Ada Lovelace/Google Data/Physical Activity",
    dailyCsv: "Ada Lovelace/Google Data/Physical Activity",
    dataSource: "Inspire 3",
    profile: "Ada Lovelace/Your Profile",
  },
  G5: {
    json: "Takeout/Google Health/Global Export Data",
    csv: "Takeout/Google Health/Physical Activity_GoogleData",
    dailyCsv: "Takeout/Google Health/Physical Activity_GoogleData",
    dataSource: "Inspire 3",
    notifications: "Takeout/Google Health/Heart Rate/Heart Rate Notifications Profile.csv",
    profile: "Takeout/Google Health/Your Profile",
  },
  G6: {
    json: "Takeout/Google Health/Global Export Data",
    csv: "Takeout/Google Health/Physical Activity_GoogleData/Heart Rate",
    dailyCsv: "Takeout/Google Health/Physical Activity_GoogleData/Daily Resting Heart Rate",
    dataSource: "Inspire 3",
    notifications:
      "Takeout/Google Health/Physical Activity_GoogleData/Heart Rate Notification/heart_rate_notification_2026-09-01.csv",
    profile: "Takeout/Google Health/Your Profile",
  },
};

export interface ArchiveOptions {
  readonly generation: Generation;
  readonly times: readonly number[];
  readonly lived: readonly LivedIn[];
  /** Leave the JSON tree out. */
  readonly csvOnly?: boolean;
  /** The zone the profile names. */
  readonly profileZone?: string;
}

/** The members of an archive, deflated; what is no heart rate is there to be skipped. */
export function archiveEntries(options: ArchiveOptions): ZipEntry[] {
  const { generation, times, lived, csvOnly = false, profileZone } = options;
  const layout = layouts[generation];
  const files: { path: string; text: string }[] = [];
  const put = (folder: string, list: readonly { name: string; text: string }[]) =>
    files.push(...list.map(({ name, text }) => ({ path: `${folder}/${name}`, text })));
  if (!csvOnly) {
    put(layout.json, jsonFiles(times, lived));
    put(layout.json, [
      { name: "resting_heart_rate-2020-01-01.json", text: restingJson },
      { name: "steps-2020-01-01.json", text: "[]" },
    ]);
  }
  if (layout.csv !== undefined) put(layout.csv, csvFiles(times, layout.dataSource));
  if (layout.dailyCsv !== undefined) {
    put(layout.dailyCsv, [
      { name: "daily_resting_heart_rate.csv", text: dailyCsv(layout.dataSource) },
      { name: "README.txt", text: "What the columns mean" },
      { name: "gps_location_2026-01-01.csv", text: "timestamp,latitude,longitude,altitude\n" },
    ]);
  }
  if (layout.notifications !== undefined) {
    files.push({
      path: layout.notifications,
      text: "id,timestamp,start_timestamp,end_timestamp,type,heart rate notification type\n",
    });
  }
  put(layout.profile, [
    { name: "Avatar Photo.jpg", text: "not to be read" },
    ...(profileZone === undefined ? [] : [{
      name: "Profile.csv",
      text: `id,full_name,timezone\r\nABC123,"Lovelace, Ada",${profileZone}\r\n`,
    }]),
  ]);
  const utf8 = new TextEncoder();
  return files.map(({ path, text }) => ({ path, bytes: utf8.encode(text) }));
}

const restingJson = `[{
  "dateTime" : "01/01/20 00:00:00",
  "value" : { "date" : null, "value" : 0.0, "error" : 0.0 }
},{
  "dateTime" : "01/02/20 00:00:00",
  "value" : { "date" : "01/02/20", "value" : 61.5, "error" : 6.75 }
},{
  "dateTime" : "01/03/20 00:00:00",
  "value" : { "date" : "01/03/20", "value" : 60.25, "error" : 6.5 }
}]`;

function dailyCsv(dataSource: string | undefined): string {
  const extra = dataSource === undefined ? "" : `,${dataSource}`;
  return `timestamp,beats per minute${dataSource === undefined ? "" : ",data source"}\n` +
    `2026-01-02T00:00:00Z,61.0${extra}\n2026-01-03,60.0${extra}\n`;
}
