/** The program in a process of its own, see tests/long/child.ts. */

import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../long/child.ts", import.meta.url));

export interface ProcessOptions {
  readonly commands: readonly (readonly string[])[];
  /** Where its clock stands, ms since 1970. */
  readonly now: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** How a process ended. */
export interface Ended {
  readonly code: number;
  readonly killed: boolean;
  readonly said: string;
  /** From the first command on, ms. */
  readonly took_ms: number;
}

export interface Running {
  readonly pid: number;
  /** Resolves when the first command begins, or the process has ended before. */
  readonly begun: Promise<void>;
  readonly ended: Promise<Ended>;
  kill(): void;
}

/** Starts it. */
export function start({ commands, now, env }: ProcessOptions): Running {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-A", script, JSON.stringify({ now, commands })],
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stderr = new Response(child.stderr).text();
  const begun = Promise.withResolvers<void>();
  let begunAt = performance.now();
  const watch = async () => {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      if (!text.startsWith("begun")) continue;
      begunAt = performance.now();
      begun.resolve();
    }
    begun.resolve();
  };
  const watched = watch();
  const end = async (): Promise<Ended> => {
    const { code, signal } = await child.status;
    const took_ms = performance.now() - begunAt;
    await watched;
    return { code, killed: signal === "SIGKILL", said: await stderr, took_ms };
  };
  return {
    pid: child.pid,
    begun: begun.promise,
    ended: end(),
    kill() {
      try {
        child.kill("SIGKILL");
      } catch (error) {
        // It has ended meanwhile.
        if (!(error instanceof TypeError)) throw error;
      }
    },
  };
}
