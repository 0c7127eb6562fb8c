/**
 * Saved answers of the Fitbit Web API become documents as if they had been fetched: one for each
 * stream and first day, an array of the answers byte for byte.
 */

import { createHash } from "node:crypto";
import { DocumentError } from "../errors.ts";
import { jsonArray } from "../fetch/bodies.ts";
import { webDocument } from "../layout.ts";
import {
  distinctRecords,
  type SavedAnswer,
  savedAnswers,
} from "../sources/fitbit_web/saved_files.ts";
import { baseName } from "../sources/takeout/classify.ts";
import { readMember } from "../sources/takeout/unpack.ts";
import { keep, type KeepEffects } from "./keep.ts";
import { type ImportLine, memberLine } from "./report.ts";
import type { SavedCandidate } from "./saved_look.ts";

/** The files that hold answers of one stream that begin with one day. */
export interface SavedDay {
  readonly stream: string;
  readonly day: string;
  readonly files: readonly SavedCandidate[];
}

/** All days there are answers for, in order. */
export function savedDays(files: readonly SavedCandidate[]): SavedDay[] {
  const found = new Map<string, { stream: string; day: string; files: SavedCandidate[] }>();
  for (const file of files) {
    for (const { stream, day } of file.answers) {
      const key = `${stream} ${day}`;
      const entry = found.get(key) ?? { stream, day, files: [] };
      if (!entry.files.includes(file)) entry.files.push(file);
      found.set(key, entry);
    }
  }
  return Array.from(found).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** Reads files with answers again, and remembers the last one: it often holds many days. */
export class SavedReader {
  #last: { file: SavedCandidate; answers: readonly SavedAnswer[] } | undefined;

  /** The answers of one day in a file; rejects with a DocumentError. */
  async answers(file: SavedCandidate, stream: string, day: string): Promise<SavedAnswer[]> {
    if (this.#last?.file !== file) {
      const { answers } = savedAnswers(await readMember(file.member), baseName(file.member.path));
      this.#last = { file, answers };
    }
    return this.#last.answers.filter((answer) => answer.stream === stream && answer.day === day);
  }
}

/** Keeps the answers of one day; a line of the report for each file that has some. */
export async function keepDay(
  { stream, day, files }: SavedDay,
  timeZone: string,
  participant: string,
  reader: SavedReader,
  effects: KeepEffects,
): Promise<ImportLine[]> {
  const path = webDocument(participant, "fitbit-web", stream, day);
  const answers: SavedAnswer[] = [];
  try {
    for (const file of files) answers.push(...await reader.answers(file, stream, day));
    const bodies = ordered(answers);
    const lastDay = answers.reduce((last, { lastDay }) => lastDay > last ? lastDay : last, day);
    const document = jsonArray(bodies);
    const points = distinctRecords(document);
    const kept = await keep({
      path,
      manifest: {
        participant,
        source: "fitbit-web",
        stream,
        first_day: day,
        last_day: lastDay,
        sha256: createHash("sha256").update(document).digest("hex"),
        bytes: document.length,
        empty: points === 0,
        origin: files.map(({ member }) => baseName(member.path)),
        clock: { kind: "local", time_zone: timeZone, evidence: "--timezone" },
      },
      read: () => Promise.resolve(document),
      count: distinctRecords,
    }, effects);
    return files.map((file) => {
      const notes = file.answers.filter((answer) => answer.stream === stream && answer.day === day)
        .map(({ note }) => note);
      const reason = [...notes, kept.reason].filter((text) => text !== undefined).join("; ");
      return memberLine(file.archive, file.member, {
        outcome: kept.outcome,
        ...(reason === "" ? {} : { reason }),
        document: {
          path,
          source: "fitbit-web",
          stream,
          samples: points,
          first_day: day,
          last_day: lastDay,
          clock: `wall clock of ${timeZone} (--timezone)`,
        },
      });
    });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return files.map(({ archive, member }) =>
      memberLine(archive, member, { outcome: "failed", reason: error.message })
    );
  }
}

/** Each distinct answer once, by the time of its first sample, fuller ones first. */
function ordered(answers: readonly SavedAnswer[]): Uint8Array[] {
  const distinct = new Map<string, SavedAnswer>();
  for (const answer of answers) {
    distinct.set(createHash("sha256").update(answer.body).digest("hex"), answer);
  }
  return Array.from(distinct).sort(([hashA, a], [hashB, b]) => {
    if (a.firstTime !== b.firstTime) return a.firstTime < b.firstTime ? -1 : 1;
    return b.points - a.points || (hashA < hashB ? -1 : 1);
  }).map(([, { body }]) => body);
}
