/// <reference lib="deno.worker" />
/** The thread that builds parts: a batch in, what was built out. */

import { diskFiles } from "../effects.ts";
import { PartBuilder } from "./build_part.ts";
import type { Work } from "./messages.ts";

let builder: { root: string; parts: PartBuilder } | undefined;

self.onmessage = ({ data }: MessageEvent<Work>) => {
  const { root, parts } = data;
  if (builder?.root !== root) builder = { root, parts: new PartBuilder(root, diskFiles) };
  for (const built of builder.parts.buildBatch(parts)) {
    const files = built.parts.flatMap(({ changes }) => changes);
    // Handed over, not copied.
    const transfer = files.flatMap(({ bytes }) => bytes === undefined ? [] : [bytes.buffer]);
    self.postMessage(built, { transfer });
  }
};
