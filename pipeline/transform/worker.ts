/// <reference lib="deno.worker" />
/** The thread that builds parts: a batch in, what was built out. */

import { diskFiles } from "../effects.ts";
import { PartBuilder } from "./build_part.ts";
import { workSchema } from "./messages.ts";

let builder: { root: string; parts: PartBuilder } | undefined;

self.onmessage = (event) => {
  const { root, parts } = workSchema.parse(event.data);
  if (builder?.root !== root) builder = { root, parts: new PartBuilder(root, diskFiles) };
  self.postMessage(builder.parts.buildBatch(parts));
};
