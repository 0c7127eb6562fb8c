/** Archive members become documents of the raw store, byte for byte, with the wearer's clock. */

import { DocumentError } from "../errors.ts";
import { archiveDocument } from "../layout.ts";
import type { ClockContext, MemberSummary } from "../sources/takeout/family.ts";
import { placeOf } from "../sources/takeout/place.ts";
import { storablePath } from "../sources/takeout/member_path.ts";
import { keep, type KeepEffects } from "./keep.ts";
import type { ImportLine } from "./report.ts";
import { baseName, type Candidate, memberLine } from "./survey.ts";

/** Why a document is not kept though it could be read. */
export const undecided = "the wearer's offset from UTC cannot be worked out";

/** Keeps one member; a line of the report says what came of it. */
export async function keepMember(
  candidate: Candidate,
  context: ClockContext,
  participant: string,
  effects: KeepEffects,
): Promise<ImportLine> {
  const { archive, member, family, summary } = candidate;
  const path = archiveDocument(participant, archive.name, storablePath(member.path));
  try {
    const current = effects.store.manifest(path);
    const document = summary.span.kind === "mixed" ? await member.read() : undefined;
    const placed = placeOf({
      span: summary.span,
      wallRows: (context) =>
        document === undefined ? [] : family.wallRows?.(document, context) ?? [],
    }, context) ??
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

function instantsOf({ span }: MemberSummary): { first?: string; last?: string } {
  if (span.kind === "days") return {};
  return { first: new Date(span.first).toISOString(), last: new Date(span.last).toISOString() };
}
