/** What all documents of a participant's archives say about the clock, joined into one history. */

import type { FirstLook } from "../raw/manifest.ts";
import { alignedOffsets } from "../sources/takeout/aligned_offsets.ts";
import { clockHistory } from "../sources/takeout/clock_history.ts";
import type { KnownOffset } from "../sources/takeout/clock_pieces.ts";
import type { DayEvidence } from "../sources/takeout/day_evidence.ts";
import type { ClockContext, Night } from "../sources/takeout/family.ts";
import type { TwinMarks } from "../sources/takeout/twin_marks.ts";

/** A wall clock's time is an instant that lies at most so far from it. */
const farthestMs = 15 * 3_600_000;

export class ClockEvidence {
  readonly #days = new Map<string, { evidence: DayEvidence; samples: number }>();
  readonly #known: KnownOffset[] = [];
  readonly #nights: Night[] = [];
  /** By what is counted. */
  readonly #marks = new Map<string, { readonly utc: TwinMarks[]; readonly wall: TwinMarks[] }>();
  readonly #contexts = new Map<string | undefined, ClockContext>();
  #first = Infinity;
  #last = -Infinity;

  /**
   * @param profileZones Zones that profiles name, the latest first.
   * @param known Offsets that files state which are no documents.
   */
  constructor(private readonly profileZones: readonly string[], known: readonly KnownOffset[]) {
    this.#known.push(...known);
  }

  /** Adds a document's; the order of documents is to be the same whenever they are. */
  add({ samples, span, evidence }: FirstLook): void {
    if (span.kind !== "days") {
      const room = span.kind === "utc" ? 0 : farthestMs;
      this.#first = Math.min(this.#first, span.first - room);
      this.#last = Math.max(this.#last, span.last + room);
    }
    const { day, known, nights, marks } = evidence ?? {};
    if (known !== undefined) this.#known.push(...known);
    if (nights !== undefined) this.#nights.push(...nights);
    if (marks !== undefined && (span.kind === "utc" || span.kind === "wall")) {
      const twins = this.#marks.get(marks.of) ?? { utc: [], wall: [] };
      twins[span.kind].push(marks);
      this.#marks.set(marks.of, twins);
    }
    if (day === undefined) return;
    // Of two files of one day the one with more samples says more.
    const before = this.#days.get(day.day);
    if (before === undefined || samples > before.samples) {
      this.#days.set(day.day, { evidence: day, samples });
    }
  }

  /** The offsets that twin files show. */
  #aligned(): KnownOffset[] {
    return Array.from(this.#marks).sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([of, { utc, wall }]) =>
        alignedOffsets(utc, wall, `${of} in UTC and on the wall clock`)
      );
  }

  /** All that is to be known about the clock, a zone that was given overruling the rest. */
  context(givenZone: string | undefined): ClockContext {
    let context = this.#contexts.get(givenZone);
    if (context === undefined) {
      context = {
        history: this.#first > this.#last
          ? { spans: [], evidenced: undefined, notes: [] }
          : clockHistory({
            days: Array.from(this.#days.values(), ({ evidence }) => evidence),
            known: [...this.#known, ...this.#aligned()],
            profileZones: this.profileZones,
            givenZone,
            first: this.#first,
            last: this.#last,
          }),
        nights: this.#nights.toSorted((a, b) => a.start - b.start || a.end - b.end),
      };
      this.#contexts.set(givenZone, context);
    }
    return context;
  }
}
