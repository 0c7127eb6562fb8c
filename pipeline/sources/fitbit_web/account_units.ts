/**
 * The units of distances and heights. Answers carry numbers in the units of the request's
 * `Accept-Language`: kilometres and metres unless it was `en_US`, and do not say which.
 */

import type { Manifest } from "../../raw/manifest.ts";

/** Metres in what distances and heights are counted in. */
export interface AccountUnits {
  readonly distance_m: number;
  readonly height_m: number;
}

export const metric: AccountUnits = { distance_m: 1000, height_m: 1 };

export const american: AccountUnits = { distance_m: 1609.344, height_m: 0.3048 };

/** What the service counts for a floor. */
const feetPerFloor = 10;
const metresPerFloor = 3.048;

/**
 * Whether heights are in feet: then every one is a multiple of ten, and some are none that floors in
 * metres come to. Undefined when the numbers could be either.
 *
 * @example
 * ```ts
 * import { areFeet } from "./account_units.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([[0, 10, 30], [0, 3], [0, 30], [0]].map(areFeet), [true, false, undefined, undefined]);
 * ```
 */
export function areFeet(heights: Iterable<number>): boolean | undefined {
  let certain = false;
  for (const height of heights) {
    if (height % feetPerFloor !== 0) return false;
    certain ||= !canBeMetres(height);
  }
  return certain ? true : undefined;
}

/** Whether some number of floors in metres gives that height, rounded or cut to a whole number. */
function canBeMetres(height: number): boolean {
  const floors = Math.ceil((height - 0.5) / metresPerFloor);
  return floors * metresPerFloor < height + 1;
}

/** Whether the height of so many floors is in feet; undefined when there were none. */
export function isFeetOf(floors: number, height: number): boolean | undefined {
  return floors > 0 ? height === floors * feetPerFloor : undefined;
}

/**
 * The units when that is what the numbers show; what our own requests ask for, and most people's,
 * when they show nothing.
 * @param inFeet What the heights beside it show.
 * @param notes Gets a line when a saved answer leaves it open.
 */
export function accountUnits(
  inFeet: boolean | undefined,
  manifest: Manifest,
  notes: string[],
): AccountUnits {
  if (inFeet === true) {
    notes.push("Read in miles and feet: its heights are floors of ten feet");
    return american;
  }
  // Live answers are asked for in metric units: only there is an account's hash in the manifest.
  if (inFeet === undefined && manifest.account === undefined) {
    notes.push("Read in kilometres and metres: the saved answer does not say its units");
  }
  return metric;
}
