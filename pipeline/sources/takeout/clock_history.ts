/**
 * The wearer's clock through the years: from which instant on it was how far from UTC, and how that
 * is known. Evidence in order of weight: a zone the person names, offsets the archive states, the
 * bounds of heart-rate files, twin files of which one is in UTC, the zone of the profile, the nearest
 * days that are known. Pure.
 */

import { type Day, dayAt, MS_PER_DAY } from "../../day.ts";
import type { OffsetFrom } from "../../raw/manifest.ts";
import { counted } from "../../terminal/counted.ts";
import { agrees, clockPieces, type KnownOffset, type Piece } from "./clock_pieces.ts";
import type { DayEvidence } from "./day_evidence.ts";
import { fewestJourneys, type Journeys, type Stay } from "./fewest_journeys.ts";
import { trustedOffsets } from "./trusted_offsets.ts";
import { offsetAt, zoneChanges, type ZoneRules, zoneRulesBetween } from "./zone_rules.ts";

/** From `at` on (ms since 1970; -Infinity for the first) the wall clock was so far from UTC. */
export interface ClockSpan {
  readonly at: number;
  readonly offset_s: number;
  readonly evidence: string;
  /** False when several offsets are as likely: documents that fall here cannot be understood. */
  readonly decided: boolean;
}

export interface ClockHistory {
  /** In order of time; empty when nothing is known at all. */
  readonly spans: readonly ClockSpan[];
  /** First and last instant with evidence of its own; undefined when a zone was only named. */
  readonly evidenced: { readonly first: number; readonly last: number } | undefined;
  /** What a person should know: files whose samples contradict the rest. */
  readonly notes: readonly string[];
}

/** All that is known about a participant's clock. */
export interface ClockEvidence {
  /** One for each heart-rate JSON file; at most one a day. */
  readonly days: readonly DayEvidence[];
  readonly known: readonly KnownOffset[];
  /** Zones that profiles name, the latest first: where the person lives now. */
  readonly profileZones: readonly string[];
  /** The zone that the person gave, which overrules everything. */
  readonly givenZone: string | undefined;
  /** The instants (ms since 1970) between which samples lie. */
  readonly first: number;
  readonly last: number;
}

/** Evidence beside the samples counts as far as this. */
const marginMs = 7 * MS_PER_DAY;

/** Works out the clock; the report and the documents' manifests quote its evidence. */
export function clockHistory(evidence: ClockEvidence): ClockHistory {
  const from = evidence.first - marginMs;
  const until = evidence.last + marginMs;
  const { known, against } = trustedOffsets(
    evidence.days,
    evidence.known.filter(({ at }) => at >= from && at <= until),
  );
  const pieces = clockPieces(evidence.days, known);
  if (evidence.givenZone !== undefined) {
    return named(evidence.givenZone, `--timezone ${evidence.givenZone}`, from, until, pieces);
  }
  const [profileZone] = evidence.profileZones;
  if (pieces.length === 0) {
    return profileZone === undefined
      ? { spans: [], evidenced: undefined, notes: [] }
      : named(profileZone, profileEvidence(profileZone), from, until, pieces);
  }
  const rules = zoneRulesBetween(from, until, evidence.profileZones);
  const journeys = fewestJourneys(pieces, rules);
  const explained = journeys.pieces;
  return {
    spans: journeys.stays.flatMap((stay, index) => spansOf(stay, index, journeys)),
    evidenced: {
      first: explained[0]?.first ?? Infinity,
      last: explained.reduce((latest, { last }) => Math.max(latest, last), -Infinity),
    },
    notes: [
      ...contradictions(journeys.unexplained, "fit their file's day at no offset"),
      ...samplesOf(against, "stand in two files at times that better evidence contradicts"),
    ],
  };
}

const boundsEvidence = "heart-rate file bounds";

function profileEvidence(zone: string): string {
  return `profile time zone ${zone}`;
}

function named(
  zone: string,
  evidence: string,
  from: number,
  until: number,
  pieces: readonly Piece[],
): ClockHistory {
  const changes = zoneChanges(zone, from, until);
  const rules: ZoneRules = { name: zone, preferred: true, zones: 1, changes };
  const against = pieces.filter((piece) => !agrees(rules, piece));
  return {
    spans: changes.map((change) => ({ ...change, evidence, decided: true })),
    evidenced: undefined,
    notes: contradictions(against, `contradict ${evidence}`),
  };
}

function contradictions(pieces: readonly Piece[], what: string): string[] {
  return samplesOf(pieces.map(({ day, first }) => day ?? dayAt(first, 0)), what);
}

function samplesOf(some: readonly Day[], what: string): string[] {
  const days = Array.from(new Set(some)).sort();
  if (days.length === 0) return [];
  const [first] = days;
  const more = days.length === 1 ? "" : ` and of ${counted(days.length - 1, "more day")}`;
  return [`The samples of ${first}${more} ${what}`];
}

/** The spans of one stay: its beginning, and each change by the rules of its zone. */
function spansOf(stay: Stay, index: number, { pieces, stays }: Journeys): ClockSpan[] {
  const start = index === 0 ? -Infinity : changeBetween(pieces, stay.from);
  const end = index === stays.length - 1 ? Infinity : changeBetween(pieces, stay.until);
  const own = pieces.slice(stay.from, stay.until);
  const starts = [
    start,
    ...stay.rules.changes.map(({ at }) => at).filter((at) => at > start && at < end),
  ];
  const certain = own.map((piece) => isCertain(stay, piece));
  const decided = stay.rules.preferred || certain.includes(true);
  return starts.map((at, n) => {
    const until = starts[n + 1] ?? end;
    const here = own.filter((piece, k) =>
      certain[k] === true && piece.last >= at && piece.first < until
    );
    return {
      at,
      offset_s: offsetAt(stay.rules.changes, at),
      evidence: evidenceOf(stay, here, decided),
      decided,
    };
  });
}

/** Whether all rules that explain the stay give the piece the same offset. */
function isCertain(stay: Stay, piece: Piece): boolean {
  const first = offsetAt(stay.rules.changes, piece.first);
  const last = offsetAt(stay.rules.changes, piece.last);
  return stay.alternatives.every(({ changes }) =>
    offsetAt(changes, piece.first) === first && offsetAt(changes, piece.last) === last
  );
}

function evidenceOf(stay: Stay, certain: readonly Piece[], decided: boolean): string {
  const known = certain.flatMap((piece) => piece.known ?? []);
  const stated = known.find(({ aligned }) => aligned !== true);
  if (stated !== undefined) return stated.evidence;
  if (certain.length > 0) {
    const isBounded = certain.some(({ day }) => day !== undefined);
    const aligned = Array.from(new Set(known.map(({ evidence }) => evidence)));
    return [...isBounded ? [boundsEvidence] : [], ...aligned].join(", ");
  }
  if (stay.rules.preferred) return profileEvidence(stay.rules.name);
  return decided ? `${boundsEvidence} of other days` : "none";
}

/** The roundest instant between two pieces: clocks change, and journeys are set, on the hour. */
function changeBetween(pieces: readonly Piece[], index: number): number {
  const after = pieces[index - 1]?.last ?? -Infinity;
  const until = pieces[index]?.first ?? Infinity;
  for (const minutes of [60, 30, 15, 1]) {
    const round = Math.floor(until / (minutes * 60_000)) * minutes * 60_000;
    if (round > after) return round;
  }
  return until;
}

/**
 * The offsets a document's manifest holds for samples between two instants (ms since 1970);
 * undefined when they are not decided.
 */
export function offsetsBetween(
  history: ClockHistory,
  first: number,
  last: number,
): OffsetFrom[] | undefined {
  const { spans, evidenced } = history;
  const own = spans.filter(({ at }, index) =>
    at <= last && (spans[index + 1]?.at ?? Infinity) > first
  );
  if (own.length === 0 || own.some(({ decided }) => !decided)) return undefined;
  const nearest = evidenced === undefined
    ? undefined
    : first > evidenced.last + MS_PER_DAY
    ? evidenced.last
    : last < evidenced.first - MS_PER_DAY
    ? evidenced.first
    : undefined;
  return own.map(({ at, offset_s, evidence }, index) => ({
    from: index === 0 ? null : new Date(at).toISOString(),
    offset_s,
    evidence: nearest === undefined
      ? evidence
      : `nearest day with evidence, ${dayAt(nearest, offset_s)}`,
  }));
}
