/** Somebody at the keyboard who types what was written down for them. */

import type { User } from "../../pipeline/effects.ts";

/** The lines they type, one a question; what they were asked is kept. The input ends with the last. */
export function typing(lines: readonly string[]): User & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  const left = [...lines];
  const line = (question: string) => {
    asked.push(question);
    return Promise.resolve(left.shift());
  };
  return { present: true, asked, line, secret: line, open: () => Promise.resolve(false) };
}
