/** How much memory a process takes, as the operating system tells it. */

import assert from "node:assert/strict";

/** Whether it does. */
export const canTellMemory = Deno.build.os === "linux";

const often_ms = 20;

/** The most memory a process ever had resident, looked at until it has ended; and how it did. */
export async function peakMemory<Ended>(
  pid: number,
  end: Promise<Ended>,
): Promise<{ peak_mb: number; ended: Ended }> {
  let peak_kb = 0;
  let over = false;
  const done = end.finally(() => over = true);
  while (!over) {
    const status = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "");
    peak_kb = Math.max(peak_kb, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0));
    await new Promise((resolve) => setTimeout(resolve, often_ms));
  }
  const ended = await done;
  assert.ok(peak_kb > 0);
  return { peak_mb: peak_kb / 1024, ended };
}
