/**
 * What an entry of the table of families says: which files of an archive become documents of which
 * stream, and what is to be known of one before it is kept.
 */

import type { Day } from "../../day.ts";
import type { ClockHints } from "./clock_hints.ts";
import type { ClockHistory } from "./clock_history.ts";
import type { KnownOffset } from "./clock_pieces.ts";
import type { DayEvidence } from "./day_evidence.ts";
import type { TwinMarks } from "./twin_marks.ts";

/**
 * What a file's times are, and between which of them it spans. Times are ms since 1970 as they are
 * written: a wall clock's as if it were UTC.
 *
 * - `utc`: instants, whatever their mark.
 * - `wall`: the wearer's wall clock, with no mark or with a false one.
 * - `mixed`: rows of either; {@link Family.wallRows} says which.
 * - `days`: labels of civil days, or times with an offset of their own: nothing to convert.
 */
export type Span =
  | {
    readonly kind: "utc" | "wall" | "mixed";
    readonly first: number;
    readonly last: number;
    /** On the wall clock of sleeps, which go on by the clock they began with. */
    readonly ofSleeps?: true;
  }
  | { readonly kind: "days"; readonly first: Day; readonly last: Day };

/** A sleep on the wearer's wall clock: ms since 1970 as if it were UTC. */
export interface Night {
  readonly start: number;
  readonly end: number;
}

/** What a file says about its wearer's clock. */
export interface Evidence {
  /** The bounds of a file that holds exactly one civil day in UTC. */
  readonly day?: DayEvidence;
  /** Offsets that the file states. */
  readonly known?: readonly KnownOffset[];
  /** Sleeps whose wall clock is beyond doubt: rows of other files are held against them. */
  readonly nights?: readonly Night[];
  /** What its twin on the other clock is known by; of a file with a `utc` or a `wall` span. */
  readonly marks?: TwinMarks;
}

/** What is known of a member from a first look. */
export interface MemberSummary {
  /** Samples, or days with a value. */
  readonly samples: number;
  readonly span: Span;
  readonly evidence?: Evidence;
  /** What a person should know of it. */
  readonly note?: string;
}

/** All that the archives say about the clock, when the rows of a mixed file are decided. */
export interface ClockContext {
  readonly history: ClockHistory;
  /** In order of their start. */
  readonly nights: readonly Night[];
}

/** Rows of a file from the first to the last, both included; the header is not counted. */
export type RowRange = readonly [first: number, last: number];

/** Files of one kind that become documents of one stream. */
export interface Family {
  /** The stream; it may feed several tables. */
  readonly stream: string;
  /** The member's base name, in lower case. */
  readonly name: RegExp;
  /**
   * Whether the file's beginning (some hundred characters) is that of the family; absent where the
   * name says enough. Of several families with the name the first with the header is taken.
   */
  readonly header?: (beginning: string) => boolean;
  /** Where somebody was: taken only when asked for. */
  readonly location?: true;
  /** Of a family whose names do not say it: whether a file that begins so tells where somebody was. */
  readonly tellsPlaces?: (beginning: string) => boolean;
  /** Its days go on after the export, without data: those are no days of the document. */
  readonly padded?: true;
  /**
   * Whether its files are kept as they are and make no rows, since no table is known to take them; the
   * note of the first look says why. Only days of the summary's span that stand in the file are known.
   */
  readonly untabulated?: true;
  /**
   * A first look; undefined when the file holds nothing. Throws a DocumentError when it is not what
   * its name says. It sees every byte of an archive, so it does not parse what it can scan.
   */
  summarise(document: Uint8Array, baseName: string): MemberSummary | undefined;
  /** Of a file with a `mixed` span: the rows that are on the wall clock; the others are in UTC. */
  wallRows?(document: Uint8Array, context: ClockContext): readonly RowRange[];
}

/** Files that are read for the clock alone, and not kept. */
export interface HintFamily {
  readonly name: RegExp;
  hints(document: Uint8Array): ClockHints;
}

/**
 * Raise when first looks find something else in the same file, or a family without a table gets one: it
 * is looked at again.
 */
export const lookVersion = 3;
