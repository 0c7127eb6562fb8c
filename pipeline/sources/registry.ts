/**
 * Every stream of every source, the most trusted first: where two series cover a day equally, the
 * earlier one here supplies its rows.
 */

import type { LiveStream, Stream } from "./source.ts";
import { googleHealthLive, googleHealthStreams } from "./google_health/streams.ts";
import { takeoutStreams } from "./takeout/streams.ts";
import { fitbitWebLive, fitbitWebStreams } from "./fitbit_web/streams.ts";

export const streams: readonly Stream[] = [
  ...googleHealthStreams,
  ...takeoutStreams,
  ...fitbitWebStreams,
];

/** Every stream that can be asked for, each once. */
export const liveStreams: readonly LiveStream[] = [...googleHealthLive, ...fitbitWebLive];

/** The tables that a stream's documents feed. */
export function tablesOf({ source, name }: Pick<Stream, "source" | "name">): string[] {
  return streams.filter((stream) => stream.source === source && stream.name === name)
    .map(({ table }) => table);
}
