/** The real user: asked on the terminal this program runs in, shown pages in the platform's browser. */

import type { User } from "../effects.ts";

/**
 * The program that opens an address in the default browser, as each platform has it. None of them
 * gives the address to a shell.
 */
const openers: Partial<Record<typeof Deno.build.os, readonly string[]>> = {
  darwin: ["open"],
  windows: ["rundll32", "url.dll,FileProtocolHandler"],
  linux: ["xdg-open"],
};

/** The user at this terminal. */
export function terminalUser(signal: AbortSignal): User {
  const present = Deno.stdin.isTerminal();
  const piped = pipedLines();
  const ask = async (question: string, seen: boolean) => {
    if (!present) return await piped();
    // Loaded when somebody is asked, which few commands ever do.
    const { typedLine } = await import("./typed_line.ts");
    return await typedLine(question, seen, signal);
  };
  return {
    present,
    line: (question) => ask(question, true),
    secret: (question) => ask(question, false),
    open: opened,
  };
}

/** Line after line of a stdin that is no terminal; undefined when it has ended. */
function pipedLines(): () => Promise<string | undefined> {
  const decoder = new TextDecoder();
  let pending = "";
  let ended = false;
  return async () => {
    const buffer = new Uint8Array(16_384);
    while (!ended && !pending.includes("\n")) {
      const count = await Deno.stdin.read(buffer);
      ended = count === null;
      pending += decoder.decode(buffer.subarray(0, count ?? 0), { stream: !ended });
    }
    if (pending === "") return undefined;
    const end = pending.indexOf("\n");
    const line = end < 0 ? pending : pending.slice(0, end);
    pending = end < 0 ? "" : pending.slice(end + 1);
    return line.replace(/\r$/, "");
  };
}

async function opened(page: URL): Promise<boolean> {
  const [program, ...args] = openers[Deno.build.os] ?? [];
  if (program === undefined) return false;
  try {
    const { success } = await new Deno.Command(program, {
      args: [...args, page.href],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    // No such program, or no right to run it: the address is shown in any case.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) {
      return false;
    }
    throw error;
  }
}
