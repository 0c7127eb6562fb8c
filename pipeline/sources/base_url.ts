/**
 * The base addresses of services: any can be set, none may carry a token in the clear.
 */

import { UsageError } from "../errors.ts";

/** A base address without its last slash; throws a UsageError unless https or on loopback. */
export function checkedBaseUrl(text: string): string {
  if (!URL.canParse(text)) throw new UsageError(`Cannot read "${text}" as an address`);
  const url = new URL(text);
  if (url.protocol === "https:" || isLoopback(url)) return url.href.replace(/\/+$/, "");
  throw new UsageError(
    `Cannot use ${url.origin}: a token may only travel encrypted`,
    "Give an address with https, or one on this machine (http://127.0.0.1:...)",
  );
}

const loopbackHosts: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Whether the address is plain http on this machine. */
export function isLoopback(url: URL): boolean {
  return url.protocol === "http:" && loopbackHosts.has(url.hostname);
}
