/**
 * The families of archive files that we read, in groups below families/: the one place to add a
 * family. Where two have the name, the earlier one whose header test holds is taken.
 */

import { demographicHints, profileHints } from "./clock_hints.ts";
import { csvFileFamilies } from "./families/csv.ts";
import { heartRateFamilies } from "./families/heart_rate.ts";
import { jsonTreeFamilies } from "./families/json_tree.ts";
import { untabulatedFamilies } from "./families/untabulated.ts";
import type { Family, HintFamily } from "./family.ts";
import { tcxFamily } from "./tcx_files.ts";

export const families: readonly Family[] = [
  ...heartRateFamilies,
  ...jsonTreeFamilies,
  ...csvFileFamilies,
  tcxFamily,
  // Last, so that a file whose header is that of a table goes there.
  ...untabulatedFamilies,
];

export const hintFamilies: readonly HintFamily[] = [
  { name: /^profile\.csv$/, hints: profileHints },
  { name: /^userdemographicdata.*\.csv$/, hints: demographicHints },
];
