/// <reference lib="deno.worker" />
/** The thread that looks at members: one in, what it showed out. */

import { look } from "./look.ts";
import { handedOver, jobSchema } from "./look_messages.ts";

self.onmessage = (event) => {
  const looked = look(jobSchema.parse(event.data));
  self.postMessage(looked, looked.kind === "document" ? handedOver(looked.frame) : []);
};
