/**
 * The families of archive files that we read, in groups below families/: the one place to add a
 * family. Where two have the name, the earlier one whose header test holds is taken.
 */

import { demographicHints, notificationHints, profileHints } from "./clock_hints.ts";
import { csvFileFamilies } from "./families/csv.ts";
import { heartRateFamilies } from "./families/heart_rate.ts";
import { jsonTreeFamilies } from "./families/json_tree.ts";
import type { Family, HintFamily } from "./family.ts";

export const families: readonly Family[] = [
  ...heartRateFamilies,
  ...jsonTreeFamilies,
  ...csvFileFamilies,
];

export const hintFamilies: readonly HintFamily[] = [
  { name: /^profile\.csv$/, hints: profileHints },
  { name: /^userdemographicdata.*\.csv$/, hints: demographicHints },
  { name: /^heart rate notifications alerts.*\.csv$/, hints: notificationHints },
];
