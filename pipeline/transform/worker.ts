/// <reference lib="deno.worker" />
/** The thread that builds parts: a batch in, what was built out. */

import { diskFiles } from "../effects.ts";
import { streamsOf } from "../sources/load.ts";
import { PartBuilder } from "./build_part.ts";
import type { Work } from "./messages.ts";

/** One for all batches: they are of one data root. */
let builder: Promise<PartBuilder> | undefined;

self.onmessage = async ({ data: { root, sources, parts } }: MessageEvent<Work>) => {
  builder ??= streamsOf(sources).then((streams) => new PartBuilder(root, diskFiles, streams));
  for (const built of (await builder).buildBatch(parts)) {
    const files = built.parts.flatMap(({ changes }) => changes);
    // Handed over, not copied.
    const transfer = files.flatMap(({ bytes }) => bytes === undefined ? [] : [bytes.buffer]);
    self.postMessage(built, { transfer });
  }
};
