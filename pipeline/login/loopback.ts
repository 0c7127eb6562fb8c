/**
 * The way back from the consent page into this program: a listener on this machine's own interface
 * that takes one answer, its own, and closes.
 */

import { UsageError } from "../errors.ts";
import type { Visit } from "../sources/oauth.ts";
import { closingPage, type Outcome } from "./pages.ts";

export interface LoopbackOptions {
  /** Where the answer comes to: http on this machine. Port 0 is any free one. */
  readonly redirect: URL;
  /** Shows the consent page, by opening or naming it. */
  readonly show: (consent: URL) => void;
  /** Told of every answer that belongs to another login. */
  readonly onForeign: () => void;
  readonly signal: AbortSignal;
}

/** A listener that is there already when the consent page is opened; dispose of it in any case. */
export interface Loopback {
  /** What the service has to send the person back to. */
  readonly redirectUri: string;
  readonly visit: Visit;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Listens for the answer of one login. Throws a UsageError when the port is taken.
 *
 * A request counts only when it comes from this machine, names this very address as its host (a page
 * that got its own name to point here does not), and carries the login's own state.
 */
export function listenOnLoopback({ redirect, show, onForeign, signal }: LoopbackOptions): Loopback {
  const answer = Promise.withResolvers<URL>();
  // Ctrl-C may come before anybody waits for the answer.
  answer.promise.catch(() => {});
  let state: string | undefined;
  let taken = false;

  const outcomeOf = (request: Request, from: string): Outcome => {
    const isOurs = isOwnMachine(from) && request.method === "GET" &&
      request.headers.get("host") === address.host;
    // With another host the address need not even be one.
    if (!isOurs) return "nothing";
    const url = new URL(request.url);
    if (url.pathname !== address.pathname || url.search === "") return "nothing";
    if (state === undefined || url.searchParams.get("state") !== state) return "of another login";
    if (taken) return "too late";
    taken = true;
    answer.resolve(url);
    return url.searchParams.has("error") ? "denied" : "answered";
  };

  const server = opened(redirect, (request, info) => {
    const outcome = outcomeOf(request, info.remoteAddr.hostname);
    if (outcome === "of another login") onForeign();
    return closingPage(outcome);
  });
  const address = new URL(redirect);
  address.port = String(server.addr.port);
  const stop = () => answer.reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });

  return {
    redirectUri: address.href,
    async visit(consent) {
      signal.throwIfAborted();
      state = consent.searchParams.get("state") ?? undefined;
      show(consent);
      return await answer.promise;
    },
    async [Symbol.asyncDispose]() {
      signal.removeEventListener("abort", stop);
      // The closing page goes out first; the port is closed to everybody else at once.
      await server.shutdown();
    },
  };
}

function opened(
  redirect: URL,
  handler: Deno.ServeHandler<Deno.NetAddr>,
): Deno.HttpServer<Deno.NetAddr> {
  const { port } = redirect;
  const hostname = redirect.hostname === "[::1]" ? "::1" : "127.0.0.1";
  try {
    return Deno.serve(
      { hostname, port: Number(port === "" ? "80" : port), onListen() {} },
      handler,
    );
  } catch (error) {
    if (
      !(error instanceof Deno.errors.AddrInUse || error instanceof Deno.errors.PermissionDenied)
    ) {
      throw error;
    }
    throw new UsageError(
      `Cannot listen at ${redirect.origin} for the way back from the consent page`,
      "Stop what listens there, or log in with --paste",
    );
  }
}

function isOwnMachine(hostname: string): boolean {
  return hostname === "::1" || /^(?:::ffff:)?127\./.test(hostname);
}
