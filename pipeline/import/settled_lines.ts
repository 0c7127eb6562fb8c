/** What became of the members of one document, as lines of the report. Pure. */

import type { DocumentClock, FirstLook, Manifest } from "../raw/manifest.ts";
import { isKeptAlone, unreadable } from "../sources/takeout/families/untabulated.ts";
import { instantBy } from "../sources/takeout/instants.ts";
import { counted } from "../terminal/counted.ts";
import { offsetText } from "../terminal/offset.ts";
import type { Settled } from "./documents.ts";
import type { Arrival } from "./intake.ts";
import { type DocumentLine, type ImportLine, type ImportOutcome, memberLine } from "./report.ts";

/** Why a document is kept, but feeds no table. */
export const undecided = "kept, but not used yet: the wearer's offset from UTC is not known";

/** What is said of a file that cannot be read. */
const forLater = "kept as it is, for a version that can read it";

/** A line for each member that arrived. */
export function settledLines(settled: Settled): ImportLine[] {
  const { arrivals, before, manifest } = settled;
  const winner = manifest.sha256;
  const first = arrivals.find(({ sha256 }) => sha256 === winner);
  return arrivals.map((arrival) => {
    const { archive, member, sha256, look } = arrival;
    if (isKeptAlone(arrival.stream) && sha256 === winner) {
      const { note = "" } = look;
      const { bytes } = arrival;
      return memberLine(
        archive,
        member,
        arrival.stream === unreadable
          ? { outcome: "failed", reason: `${note}; ${forLater}`, bytes }
          : { outcome: "kept, not tabulated", reason: note, bytes },
      );
    }
    const isUndecided = manifest.clock.kind === "unknown" && !isKeptAlone(manifest.stream);
    const { outcome, reasons } = isUndecided
      ? { outcome: "failed" as const, reasons: [undecided] }
      : sha256 !== winner
      ? { outcome: "kept beside" as const, reasons: [] }
      : arrival !== first
      ? { outcome: "unchanged" as const, reasons: [repeated(arrivals, arrival)] }
      : outcomeOf(arrivals, before, manifest);
    const reason = [look.note, ...reasons].filter((text) => text !== undefined).join("; ");
    return memberLine(archive, member, {
      outcome,
      ...(reason === "" ? {} : { reason }),
      bytes: arrival.bytes,
      document: documentLine(settled.path, arrival, manifest),
    });
  });
}

function outcomeOf(
  arrivals: readonly Arrival[],
  before: Manifest | undefined,
  manifest: Manifest,
): { outcome: ImportOutcome; reasons: string[] } {
  if (before?.sha256 === manifest.sha256) {
    return isPlacedAs(before, manifest)
      ? { outcome: "unchanged", reasons: [] }
      : { outcome: "taken", reasons: ["was there already; its clock is known differently now"] };
  }
  const isContested = before !== undefined ||
    arrivals.some(({ sha256 }) => sha256 !== manifest.sha256);
  return {
    outcome: "taken",
    reasons: isContested ? ["holds more than the other one, which is kept beside it"] : [],
  };
}

function isPlacedAs(a: Manifest, b: Manifest): boolean {
  return a.first_day === b.first_day && a.last_day === b.last_day &&
    JSON.stringify(a.clock) === JSON.stringify(b.clock);
}

function repeated(arrivals: readonly Arrival[], { archive, order }: Arrival): string {
  const isOfSameInput = arrivals.some((other) =>
    other.archive.input === archive.input && other.order < order
  );
  return isOfSameInput ? "the archive holds this name twice" : "another part holds the same";
}

function documentLine(path: string, { look, stream }: Arrival, manifest: Manifest): DocumentLine {
  const { first_day, last_day, clock } = manifest;
  return {
    path,
    source: "takeout",
    stream,
    samples: look.samples,
    first_day,
    last_day,
    clock: clockText(clock),
    ...(look.note === undefined ? {} : { note: look.note }),
    ...instants(look, clock),
  };
}

/** First and last instant of a document; nothing where it holds days. */
export function instants(
  { span }: FirstLook,
  clock: DocumentClock,
): { first?: string; last?: string } {
  if (span.kind === "days" || clock.kind === "unknown") return {};
  const at = instantBy(clock);
  const [first, last] = [span.first, span.last].map((written) =>
    new Date(at(written).time).toISOString()
  );
  return first === undefined || last === undefined ? {} : { first, last };
}

/** The clock that was applied, and how it was decided: `wall clock, UTC+02:00 (--timezone ...)`. */
export function clockText(clock: DocumentClock): string {
  switch (clock.kind) {
    case "explicit":
      return clock.until === undefined
        ? "days, or offsets of its own"
        : `days; those after ${clock.until} are padding`;
    case "unknown":
      return "not known";
    case "local":
      return `wall clock of ${clock.time_zone} (${clock.evidence})`;
    default: {
      const offsets = clock.offsets.map(({ from, offset_s, evidence }) =>
        `${from === null ? "" : `from ${from.slice(0, 16)}Z `}UTC${
          offsetText(offset_s)
        } (${evidence})`
      ).join(", ");
      if (clock.kind === "wall") {
        const kept = clock.nights === undefined ? "" : ", each sleep by the clock it began with";
        return `wall clock, ${offsets}${kept}`;
      }
      if (clock.kind === "utc") return `UTC, ${offsets}`;
      const rows = clock.wall_rows.reduce((sum, [first, last]) => sum + last - first + 1, 0);
      return `UTC, ${counted(rows, "row")} on the wall clock, ${offsets}`;
    }
  }
}
