/** Archive members become documents of the raw store, byte for byte, with the wearer's clock. */

import { dayAt } from "../day.ts";
import { DocumentError } from "../errors.ts";
import { archiveDocument } from "../layout.ts";
import type { DocumentClock, Manifest } from "../raw/manifest.ts";
import { type ClockHistory, offsetsBetween } from "../sources/takeout/clock_history.ts";
import type { MemberSummary } from "../sources/takeout/families.ts";
import { storablePath } from "../sources/takeout/member_path.ts";
import { keep, type KeepEffects } from "./keep.ts";
import type { ImportLine } from "./report.ts";
import { baseName, type Candidate, memberLine } from "./survey.ts";

/** Why a document is not kept though it could be read. */
export const undecided = "the wearer's offset from UTC cannot be worked out";

/** Keeps one member; a line of the report says what came of it. */
export async function keepMember(
  candidate: Candidate,
  history: ClockHistory,
  participant: string,
  effects: KeepEffects,
): Promise<ImportLine> {
  const { archive, member, family, summary } = candidate;
  const path = archiveDocument(participant, archive.name, storablePath(member.path));
  try {
    const current = effects.store.manifest(path);
    const placed = placedBy(summary, history) ??
      (current?.sha256 === candidate.sha256 ? current : undefined);
    if (placed === undefined) {
      return memberLine(archive, member, { outcome: "failed", reason: undecided });
    }
    const { first_day, last_day, clock } = placed;
    const kept = await keep({
      path,
      manifest: {
        participant,
        source: "takeout",
        stream: family.stream,
        archive: archive.name,
        member: member.path,
        first_day,
        last_day,
        sha256: candidate.sha256,
        bytes: candidate.bytes,
        empty: false,
        origin: [member.path],
        clock,
      },
      read: () => member.read(),
      count: (document) => family.summarise(document, baseName(member))?.samples ?? 0,
    }, effects);
    const reason = [candidate.note, kept.reason].filter((text) => text !== undefined).join("; ");
    return memberLine(archive, member, {
      outcome: kept.outcome,
      ...(reason === "" ? {} : { reason }),
      document: {
        path,
        source: "takeout",
        stream: family.stream,
        samples: summary.samples,
        first_day,
        last_day,
        ...instantsOf(summary),
      },
    });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return memberLine(archive, member, { outcome: "failed", reason: error.message });
  }
}

interface Placed {
  readonly first_day: Manifest["first_day"];
  readonly last_day: Manifest["last_day"];
  readonly clock: DocumentClock;
}

/** The civil days a document spans, and by which clock; undefined when that is not known. */
function placedBy({ span }: MemberSummary, history: ClockHistory): Placed | undefined {
  if (span.kind === "days") {
    // Labels of days, not instants: there is nothing to convert.
    return { first_day: span.first, last_day: span.last, clock: { kind: "explicit" } };
  }
  const offsets = offsetsBetween(history, span.first, span.last);
  if (offsets === undefined) return undefined;
  // A journey east over the date line makes a later instant an earlier day: look at every change.
  const days = offsets.flatMap(({ from, offset_s }, index) => {
    const begin = Math.max(span.first, from === null ? -Infinity : Date.parse(from));
    const next = offsets[index + 1]?.from;
    const end = Math.min(
      span.last,
      next === undefined || next === null ? Infinity : Date.parse(next) - 1,
    );
    return begin > end ? [] : [dayAt(begin, offset_s), dayAt(end, offset_s)];
  }).sort();
  const [first_day] = days;
  const last_day = days.at(-1);
  if (first_day === undefined || last_day === undefined) return undefined;
  return { first_day, last_day, clock: { kind: "utc", offsets } };
}

function instantsOf({ span }: MemberSummary): { first?: string; last?: string } {
  if (span.kind === "days") return {};
  return { first: new Date(span.first).toISOString(), last: new Date(span.last).toISOString() };
}
