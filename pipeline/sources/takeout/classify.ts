/**
 * What becomes of a member, by its path alone: read, read for the clock, or skipped and why. A file
 * is known by its base name; folders differ between the generations of the archive and only say
 * what is private. A table; pure.
 */

import { families, hintFamilies } from "./families.ts";
import { unnamedFamily } from "./families/untabulated.ts";
import type { Family, HintFamily } from "./family.ts";

export type Verdict =
  /** Those with the name; the first whose header test holds is the file's. */
  | { readonly kind: "take"; readonly families: readonly Family[] }
  | { readonly kind: "hint"; readonly family: HintFamily }
  /** `known` is false for files that nothing here has a name for. */
  | { readonly kind: "skip"; readonly reason: string; readonly known: boolean };

interface SkipRule {
  readonly reason: string;
  /** Matches a folder anywhere above the file, in lower case. */
  readonly folder?: RegExp;
  /** Matches the base name, in lower case. */
  readonly name?: RegExp;
  /** Applies only as long as nobody asks for locations. */
  readonly location?: true;
}

/** Why files that tell where somebody was are passed over. */
export const locations = "locations, read only with --with-location";

/** Never read, whatever else their names say. */
const untouched: readonly SkipRule[] = [
  {
    reason: "private, never read",
    folder:
      /^(your profile|user profile.*|user security data|account changes|social.*|fitbit friends|blocked users|fitbit care.*|surveys?.*|commerce.*|transactions|fitbit premium|inappnotifications.*|email notifications.*|discover|conversations?)$/,
  },
  { reason: "private, never read", name: /^user(conversations|locationcountry)/ },
  {
    reason: locations,
    folder: /^(activities|gps location|coarse physical location)$/,
    location: true,
  },
  {
    reason: locations,
    name: /^(gps_location|coarse_physical_location)|\.tcx$/,
    location: true,
  },
  {
    reason: "bulk that is no health data, never read",
    name: /^(useractivityprobabilities|usersensorcompressiontoken)/,
  },
  { reason: "bulk that is no health data, never read", folder: /^device events.*$/ },
  { reason: "left by the computer, not by the export", folder: /^__macosx$/ },
];

/** Files that hold nothing for a table. */
const others: readonly SkipRule[] = [
  { reason: "a description of the export", name: /readme.*\.txt$|^archive_browser|\.html?$/ },
  { reason: "left by the computer, not by the export", name: /^(\.|thumbs\.db$|desktop\.ini$)/ },
  {
    reason: "an archive inside the archive, not opened",
    name: /\.(zip|tgz|tar|gz|7z|rar)$/,
  },
  { reason: "awards, no measurements", name: /^(badge|trophy)(-[^.]*)?\.json$/ },
  {
    reason: "when to notify, no measurements",
    name: /^heart rate notifications profile/,
  },
  {
    reason: "settings, no measurements",
    name:
      /^(daily readiness user properties|calibrationstatus|user(app|legacy)settingdata|usermbddata|userprofiledata|userdevicelanguage|appcontenthistory|useractivityrecognitionprocessingstate|menstrual_health_settings|afib_ppg_enrollment)/,
  },
  {
    reason: "plans, no measurements",
    name: /^weeklyfitnessplans/,
  },
  { reason: "the devices of the account, without a time", folder: /^paired devices$/ },
];

/** The folders that an export has its data in, in all generations. */
const productFolder =
  /^(fitbit|google health|myfitbitdata|google data|global export data|user-site-export|.*_googledata)$/;

/** No file of measurements that we know is nearly as large. */
const largestUnnamed = 64e6;

/** A path's last segment. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/**
 * What becomes of a member.
 * @param options.withLocation Whether the person asked for files that tell where somebody was.
 * @param options.size How many bytes it holds: large files of a kind that nobody knows stay unread.
 *
 * @example
 * ```ts
 * import { classify } from "./classify.ts";
 * import assert from "node:assert/strict";
 * assert.equal(classify("Takeout/Fitbit/Global Export Data/heart_rate-2024-05-01.json").kind, "take");
 * assert.equal(classify("Takeout/Fitbit/Your Profile/Avatar Photo.jpg").kind, "skip");
 * ```
 */
export function classify(path: string, { withLocation = false, size = 0 } = {}): Verdict {
  const segments = path.toLowerCase().split("/");
  const name = segments.at(-1) ?? "";
  const folders = segments.slice(0, -1);
  const hint = hintFamilies.find((family) => family.name.test(name));
  if (hint !== undefined) return { kind: "hint", family: hint };
  const rule = untouched.find((rule) =>
    applies(rule, folders, name) && !(withLocation && rule.location === true)
  );
  if (rule !== undefined) return { kind: "skip", reason: rule.reason, known: true };
  const found = families.filter((family) => family.name.test(name));
  if (!withLocation && found.some(({ location }) => location === true)) {
    return { kind: "skip", reason: locations, known: true };
  }
  if (found.length > 0) return { kind: "take", families: found };
  const other = others.find((rule) => applies(rule, folders, name));
  if (other !== undefined) return { kind: "skip", reason: other.reason, known: true };
  if (!isOfProduct(path) || !unnamedFamily.name.test(name)) {
    return { kind: "skip", reason: "no table takes this kind of file yet", known: false };
  }
  return size > largestUnnamed
    ? { kind: "skip", reason: "larger than any known kind of measurements, not read", known: true }
    : { kind: "take", families: [unnamedFamily] };
}

/** Whether a member lies in a folder that an export has its data in. */
export function isOfProduct(path: string): boolean {
  return path.toLowerCase().split("/").slice(0, -1).some((folder) => productFolder.test(folder));
}

function applies(rule: SkipRule, folders: readonly string[], name: string): boolean {
  return rule.name?.test(name) === true ||
    (rule.folder !== undefined && folders.some((folder) => rule.folder?.test(folder) === true));
}
