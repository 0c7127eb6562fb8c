/// <reference lib="deno.worker" />
/** The thread that looks at members: one in, what it showed out. */

import { releaseOwn } from "../release.ts";
import { look } from "./look.ts";
import { handedOver, jobSchema } from "./look_messages.ts";

self.onmessage = (event) => {
  const job = jobSchema.parse(event.data);
  const looked = look(job);
  self.postMessage(looked, looked.kind === "document" ? handedOver(looked.frame) : []);
  // The garbage collector would wait until there are tens of megabytes of them.
  releaseOwn(job.packed.bytes);
};
