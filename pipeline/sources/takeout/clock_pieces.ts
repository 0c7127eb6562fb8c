/**
 * All evidence about a wearer's clock as one sequence in time, and whether a zone's rules agree with
 * it. Pure.
 */

import { type Day, dayNumber, MS_PER_DAY } from "../../day.ts";
import type { DayEvidence } from "./day_evidence.ts";
import { offsetAt, type ZoneRules } from "./zone_rules.ts";

/** The archive itself says how far the clock was from UTC at an instant. */
export interface KnownOffset {
  /** Ms since 1970. */
  readonly at: number;
  readonly offset_s: number;
  /** Which file says so. */
  readonly evidence: string;
  /** No file says so, but it follows from two: the bounds of heart-rate files count for more. */
  readonly aligned?: true;
}

/** A span of time about which something is known. */
export interface Piece {
  readonly first: number;
  readonly last: number;
  /** The civil day that all of it falls on. */
  readonly day?: Day;
  /** What the offset was at its beginning. */
  readonly known?: KnownOffset;
  /** By how much (ms) the clock may have fallen back since the piece before; at most the gap. */
  readonly fellBack?: { readonly least: number; readonly most: number | null };
}

/** A device may cut its days a little beside midnight. */
const toleranceMs = 60_000;

/**
 * The evidence in order of time. Known offsets cut the stretch they fall into, so that a change of
 * the clock can come to lie between two of them.
 */
export function clockPieces(
  days: readonly DayEvidence[],
  knownOffsets: readonly KnownOffset[],
): Piece[] {
  const known = knownOffsets.toSorted((a, b) => a.at - b.at);
  const pieces: (Piece & { after?: Piece })[] = [];
  const used = new Set<KnownOffset>();
  for (const { day, stretches } of days) {
    let previous: Piece | undefined;
    for (const { first, last, fellBack } of stretches) {
      const cuts = known.filter(({ at }) => at > first && at <= last);
      let start = first;
      for (let i = 0; i <= cuts.length; i++) {
        const cut = cuts[i];
        const before = cuts[i - 1];
        const piece: Piece = {
          first: start,
          last: cut === undefined ? last : cut.at - 1,
          day,
          ...(before === undefined ? {} : { known: before }),
          ...(previous === undefined ? {} : {
            fellBack: i === 0 && fellBack !== undefined
              ? fellBack
              : { least: -Infinity, most: start - previous.last },
          }),
        };
        pieces.push(previous === undefined ? piece : { ...piece, after: previous });
        previous = pieces[pieces.length - 1];
        if (cut !== undefined) {
          start = cut.at;
          used.add(cut);
        }
      }
    }
  }
  for (const one of known) {
    if (!used.has(one)) pieces.push({ first: one.at, last: one.at, known: one });
  }
  pieces.sort((a, b) => a.first - b.first || a.last - b.last);
  // What the order of one file shows holds between neighbours only.
  return pieces.map(({ after, fellBack, ...piece }, index) =>
    after !== undefined && fellBack !== undefined && pieces[index - 1] === after
      ? { ...piece, fellBack }
      : piece
  );
}

/** Whether a piece can be where a zone's rules put it. */
export function agrees({ changes }: ZoneRules, piece: Piece): boolean {
  const atFirst = offsetAt(changes, piece.first);
  if (piece.known !== undefined && piece.known.offset_s !== atFirst) return false;
  if (piece.day === undefined) return true;
  const midnight = dayNumber(piece.day) * MS_PER_DAY;
  const firstLocal = piece.first + atFirst * 1000;
  const lastLocal = piece.last + offsetAt(changes, piece.last) * 1000;
  return firstLocal >= midnight - toleranceMs && lastLocal < midnight + MS_PER_DAY + toleranceMs &&
    !fallsBackWithin(changes, piece);
}

function fallsBackWithin(changes: ZoneRules["changes"], { first, last }: Piece): boolean {
  return changes.some(({ at, offset_s }, index) =>
    at > first && at <= last && offset_s < (changes[index - 1]?.offset_s ?? offset_s)
  );
}

/** Whether the clock can have gone from one offset to another between a piece and the one before. */
export function canFollow(piece: Piece, before_s: number, after_s: number): boolean {
  if (piece.fellBack === undefined) return true;
  const fall = (before_s - after_s) * 1000;
  const { least, most } = piece.fellBack;
  return fall >= least - toleranceMs && fall <= (most ?? Infinity) + toleranceMs;
}
