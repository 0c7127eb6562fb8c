/**
 * Every setting: what a person says once instead of with every command. The one place to add one. A
 * setting is called as the option it stands in for, and in the environment `EVERYSECOND_` and the
 * same in capitals.
 */

import { tableChoice } from "../commands/tables.ts";
import { UsageError } from "../errors.ts";
import { defaultSettleDays } from "../fetch/settle.ts";
import { checkedParticipant, defaultParticipant } from "../layout.ts";
import { checkedBaseUrl } from "../sources/base_url.ts";
import { liveName, liveNames } from "../sources/live_names.ts";
import { dayChoice, zoneChoice } from "../terminal/dates.ts";
import { type Kind, list, switched, text, whole } from "./kinds.ts";

/** One setting. */
export interface Setting {
  readonly about: string;
  /** How a value is written in the file. */
  readonly example: string;
  /** What holds when nothing is set, in words or as a value. */
  readonly usual: string;
  readonly kind: Kind;
}

/** When the daily job runs unless something else is said. */
export const defaultDailyAt = "06:30";

/** Days after which an answer may be called final: more than a season only hides mistakes. */
const mostSettleDays = 90;

/** The settings by name, in the order they are shown. */
export const settings = {
  data: {
    about: "Where the data are kept: a folder of yours. ~ is your home",
    example: '"~/everysecond-data"',
    usual: "data",
    kind: text(() => {}),
  },
  participant: {
    about: "Whose data: a name of your choice, for more than one person in one place",
    example: '"me"',
    usual: defaultParticipant,
    kind: text(checkedParticipant),
  },
  timezone: {
    about: "Where you live, for saved files, and where neither the API nor an archive tells",
    example: '"Europe/Berlin"',
    usual: "as the account or the archive says",
    kind: text(zoneChoice),
  },
  source: {
    about: `Which API is asked: ${liveNames.join(" or ")}`,
    example: '"google-health"',
    usual: liveNames[0],
    kind: text(liveName),
  },
  from: {
    about: "The first day to fetch: a day, or 30d for so many days ago",
    example: '"2026-01-01"',
    usual: "where fetching began, or 30 days ago",
    kind: text((value) => dayChoice("from", value)),
  },
  only: {
    about: "Fetch only what these tables need",
    example: '["heart_rate", "sleep"]',
    usual: "all but clinical readings",
    kind: list(tableChoice),
  },
  skip: {
    about: "Fetch all but what only these tables need",
    example: '["weight"]',
    usual: "nothing is left out",
    kind: list(tableChoice),
  },
  "settle-days": {
    about: "So many days after its end a day is asked again, until it is final",
    example: "7",
    usual: String(defaultSettleDays),
    kind: whole(0, mostSettleDays),
  },
  csv: {
    about: "Write CSV files beside the Parquet tables",
    example: "true",
    usual: "false",
    kind: switched,
  },
  "daily-at": {
    about: "When the daily job of deno task schedule runs, by the machine's clock",
    example: '"06:30"',
    usual: defaultDailyAt,
    kind: text(timeOfDay),
  },
  "google-health-url": {
    about: "Another address of the Google Health API, for a stand-in",
    example: '"http://127.0.0.1:8080"',
    usual: "Google's own",
    kind: text(checkedBaseUrl),
  },
  "fitbit-web-url": {
    about: "Another address of the Fitbit Web API, for a compatible server",
    example: '"https://fitbit.example.org"',
    usual: "Fitbit's own, which has ended",
    kind: text(checkedBaseUrl),
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

/** Every setting's name. */
export const settingNames: readonly SettingName[] = Object.keys(settings).filter(isSettingName);

/** Whether there is a setting of that name. */
export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settings, name);
}

/**
 * The environment variable of a setting.
 *
 * @example
 * ```ts
 * import { settingVariable } from "./catalog.ts";
 * import assert from "node:assert/strict";
 * assert.equal(settingVariable("settle-days"), "EVERYSECOND_SETTLE_DAYS");
 * ```
 */
export function settingVariable(name: SettingName): string {
  return `EVERYSECOND_${name.replaceAll("-", "_").toUpperCase()}`;
}

/** The setting whose environment variable that is. */
export function settingOfVariable(variable: string): SettingName | undefined {
  return settingNames.find((name) => settingVariable(name) === variable);
}

/** Hour and minute of `06:30`; throws a UsageError. */
export function timeOfDay(value: string): { readonly hour: number; readonly minute: number } {
  const [, hour = "", minute = ""] = /^([01]?\d|2[0-3]):([0-5]\d)(?::00(?:\.0+)?)?$/.exec(value) ??
    [];
  if (hour !== "") return { hour: Number(hour), minute: Number(minute) };
  throw new UsageError(`Cannot read "${value}" as a time of day`, "Write it as 06:30");
}
