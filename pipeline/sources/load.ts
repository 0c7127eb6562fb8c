/**
 * The streams of some sources, loaded when they are asked for: most data roots hold documents of one
 * or two, and a thread that builds parts need not read the code of the others first.
 */

import { late } from "../late.ts";
import type { SourceName, Stream } from "./source.ts";

/** The sources, the most trusted first, as in `registry.ts`. */
const sources: readonly { name: SourceName; load: () => Promise<readonly Stream[]> }[] = [
  {
    name: "google-health",
    load: async () =>
      (await late<typeof import("./google_health/streams.ts")>(
        "./google_health/streams.ts",
        import.meta.url,
      )).googleHealthStreams,
  },
  {
    name: "takeout",
    load: async () =>
      (await late<typeof import("./takeout/streams.ts")>("./takeout/streams.ts", import.meta.url))
        .takeoutStreams,
  },
  {
    name: "fitbit-web",
    load: async () =>
      (await late<typeof import("./fitbit_web/streams.ts")>(
        "./fitbit_web/streams.ts",
        import.meta.url,
      )).fitbitWebStreams,
  },
];

/** All streams of those sources, the most trusted first. */
export async function streamsOf(names: ReadonlySet<SourceName>): Promise<readonly Stream[]> {
  const wanted = sources.filter(({ name }) => names.has(name));
  return (await Promise.all(wanted.map(({ load }) => load()))).flat();
}
