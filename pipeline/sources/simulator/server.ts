/** The simulator on the loopback interface. */

import { createSimulator } from "./simulator.ts";
import type { Simulator, SimulatorOptions } from "./simulator.ts";

export interface ServerOptions extends SimulatorOptions {
  /** 0, or absent: any free port. */
  readonly port?: number;
}

export interface SimulatorServer extends Simulator {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly baseUrl: string;
  /** In place of health.googleapis.com, accounts.google.com and oauth2.googleapis.com. */
  readonly googleUrl: string;
  /** In place of api.fitbit.com and www.fitbit.com. */
  readonly fitbitUrl: string;
  /** Lets running answers end and closes the port. */
  stop(): Promise<void>;
}

/**
 * Starts the simulator. Both APIs keep their own paths on one port; they do not collide. Throws
 * `Deno.errors.AddrInUse` when the port is taken.
 *
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const simulator = await startSimulator({ faults: [{ fault: "500-burst", every: 7 }] });
 * const { accessToken } = simulator.issue("google-health");
 * const answer = await fetch(`${simulator.googleUrl}/v4/users/me/settings`, {
 *   headers: { authorization: `Bearer ${accessToken}` },
 * });
 * const { timeZone } = await answer.json();
 * assert.equal(timeZone, "Europe/Berlin");
 * await simulator.stop();
 * ```
 */
export async function startSimulator(options: ServerOptions = {}): Promise<SimulatorServer> {
  const simulator = createSimulator(options);
  const listening = Promise.withResolvers<Deno.NetAddr>();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: options.port ?? 0,
    onListen: listening.resolve,
    onError: failed,
  }, simulator.handle);
  const { hostname, port } = await listening.promise;
  const baseUrl = `http://${hostname}:${port}`;
  return {
    ...simulator,
    baseUrl,
    googleUrl: baseUrl,
    fitbitUrl: baseUrl,
    stop: () => server.shutdown(),
  };
}

/** A bug is shown to whoever asked; a cut connection is meant, and nobody reads this answer. */
function failed(thrown: unknown): Response {
  const meant = thrown instanceof Error && thrown.cause instanceof Deno.errors.ConnectionReset;
  const stack = thrown instanceof Error ? thrown.stack : String(thrown);
  return new Response(meant ? "" : `The simulator failed: ${stack}\n`, { status: 500 });
}
