/**
 * Two algorithms list each night of exports from spring 2026 on: `sleep_session_v1` and, minutes
 * apart, `_v2`. They are never mixed: of nights that overlap the older version is kept, which is the
 * one that the JSON tree and the scores follow. Pure.
 */

import type { InstantOf, Line } from "./line.ts";

/** The lines of one sleep of one version, and the instants they span. */
interface Session {
  readonly version: string;
  readonly lines: Line[];
  start: number;
  end: number;
}

/**
 * The lines of the versions that are kept; a note tells how many are not.
 * @param columns Those of a line's beginning and end.
 */
export function oneVersion(
  lines: readonly Line[],
  columns: { readonly start: string; readonly end: string },
  instantOf: InstantOf,
  notes: string[],
): readonly Line[] {
  const sessions = new Map<string, Session>();
  for (const line of lines) {
    const version = line.text("algorithm_version") ?? "";
    const start = instantOf(line.wall(columns.start), line).time;
    const end = instantOf(line.wall(columns.end), line).time;
    const key = `${line.text("sleep_id")}/${version}`;
    const session = sessions.get(key);
    if (session === undefined) sessions.set(key, { version, lines: [line], start, end });
    else {
      session.lines.push(line);
      session.start = Math.min(session.start, start);
      session.end = Math.max(session.end, end);
    }
  }
  const kept: Session[] = [];
  const byVersion = Array.from(sessions.values())
    .sort((a, b) => a.version < b.version ? -1 : a.version > b.version ? 1 : a.start - b.start);
  const oldest = new Map<string, Session[]>();
  for (const session of byVersion) {
    const overlaps = Array.from(oldest).some(([version, others]) =>
      version !== session.version &&
      others.some(({ start, end }) => start < session.end && end > session.start)
    );
    if (overlaps) continue;
    kept.push(session);
    const same = oldest.get(session.version);
    if (same === undefined) oldest.set(session.version, [session]);
    else same.push(session);
  }
  const left = sessions.size - kept.length;
  if (left > 0) notes.push(`sleeps of a newer algorithm that an older one has too: ${left}`);
  const isKept = new Set(kept.flatMap(({ lines }) => lines));
  return lines.filter((line) => isKept.has(line));
}
