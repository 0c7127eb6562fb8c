/**
 * How far the wearer's clock was from UTC by twin files: where the same quarters of an hour stand in
 * the one that is in UTC and in the one on the wall clock. Pure.
 */

import type { KnownOffset } from "./clock_pieces.ts";
import { quarterMs, type TwinMarks } from "./twin_marks.ts";

const quartersADay = 96;
const quartersAWeek = 7 * quartersADay;

/** No clock is further from UTC than this. */
const farthestQuarters = 60;

/** Marks as far from each other as this speak for each other: hours awake on either side of a sleep. */
const reach = quartersADay / 2;

/** So many marks must say the same. */
const leastSupport = 3;

interface Mark {
  readonly quarter: number;
  /** By how many quarters the wall clock may have been before UTC: nearly always one. */
  readonly leads: readonly number[];
}

/**
 * Offsets at the beginning and the end of each time for which twins show the same one every day, and
 * once a week between. Marks that few others agree with, or that lie at several places as well, say nothing.
 * @param utc Of files in UTC. @param wall Of their twins on the wall clock, of the same quantity.
 * @param evidence What to call it.
 */
export function alignedOffsets(
  utc: readonly TwinMarks[],
  wall: readonly TwinMarks[],
  evidence: string,
): KnownOffset[] {
  const places = placesOf(utc);
  const marks: Mark[] = [];
  for (const [digest, quarters] of placesOf(wall)) {
    const found = places.get(digest);
    if (found === undefined) continue;
    for (const quarter of quarters) {
      const leads = found.map((place) => quarter - place)
        .filter((lead) => Math.abs(lead) <= farthestQuarters);
      if (leads.length > 0) marks.push({ quarter, leads });
    }
  }
  marks.sort((a, b) => a.quarter - b.quarter);
  const placed = marks.flatMap((mark, index) => {
    const lead = bestLead(marks, index);
    return lead === undefined ? [] : [{ at: mark.quarter - lead, lead }];
  }).sort((a, b) => a.at - b.at || a.lead - b.lead);
  return placed.filter(({ at, lead }, index) => {
    const before = placed[index - 1];
    const after = placed[index + 1];
    return before?.lead !== lead || at - before.at > quartersADay ||
      after?.lead !== lead || after.at - at > quartersADay ||
      Math.floor(before.at / quartersAWeek) !== Math.floor(at / quartersAWeek);
  }).map(({ at, lead }) => ({
    at: at * quarterMs,
    offset_s: lead * quarterMs / 1000,
    evidence,
    aligned: true,
  }));
}

/** Where each digest stands; a quarter that several files have stands there once. */
function placesOf(files: readonly TwinMarks[]): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const { quarters, digests } of files) {
    digests.forEach((digest, index) => {
      const quarter = quarters[index] ?? NaN;
      const known = places.get(digest);
      if (known === undefined) places.set(digest, [quarter]);
      else if (!known.includes(quarter)) known.push(quarter);
    });
  }
  return places;
}

/** Of the leads of a mark the one that enough others around it have, unless another has half as many. */
function bestLead(marks: readonly Mark[], index: number): number | undefined {
  const mark = marks[index];
  if (mark === undefined) return undefined;
  let first = index;
  while (mark.quarter - (marks[first - 1]?.quarter ?? -Infinity) <= reach) first--;
  const supportOf = (lead: number) => {
    let support = 0;
    for (let at = first; (marks[at]?.quarter ?? Infinity) - mark.quarter <= reach; at++) {
      if (marks[at]?.leads.includes(lead)) support++;
    }
    return support;
  };
  const [best, second] = mark.leads.map((lead) => ({ lead, support: supportOf(lead) }))
    .sort((a, b) => b.support - a.support || a.lead - b.lead);
  if (best === undefined || best.support < leastSupport) return undefined;
  return second !== undefined && second.support * 2 >= best.support ? undefined : best.lead;
}
