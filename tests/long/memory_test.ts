/** Memory is bounded by one document, not by the number of days: measured in a process of its own. */

import assert from "node:assert/strict";
import { addDays, daysBetween } from "../../pipeline/day.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { present } from "../support/house.ts";
import { type Running, start } from "../support/process.ts";
import { type ShapeName, shapes, stock } from "../support/stock.ts";
import { House } from "../support/house.ts";
import { statusOf } from "../support/status.ts";

const ignore = Deno.build.os !== "linux";
const firstDay = "2025-11-01";
const few = 30;
const many = 120;
const most_mb = 400;

/** The most memory a process ever had resident, in MB; looked at until it has ended. */
async function peakOf(running: Running): Promise<number> {
  let peak_kb = 0;
  let over = false;
  running.ended.finally(() => over = true);
  while (!over) {
    const status = await Deno.readTextFile(`/proc/${running.pid}/status`).catch(() => "");
    peak_kb = Math.max(peak_kb, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { code, said } = await running.ended;
  assert.equal(code, 0, said);
  assert.ok(peak_kb > 0);
  return peak_kb / 1024;
}

for (const name of Object.keys(shapes)) {
  assert.ok(isShape(name));
  Deno.test({
    name: `${many} days of ${name} need no more memory than ${few}, and at most ${most_mb} MB`,
    ignore,
    async fn() {
      await inTemporaryFolder(async (folder) => {
        const house = new House(`${folder}/data`);
        const last = addDays(firstDay, many - 1);
        const days = daysBetween(firstDay, last);
        const measure = async (...commands: string[][]) =>
          await peakOf(start({
            commands: commands.map((argv) => [...argv, "--data", house.root]),
            now: Date.parse(present),
          }));

        stock(house.root, name, days.slice(0, few));
        const small = await measure(["transform"]);
        stock(house.root, name, days.slice(few));
        const large = await measure(["transform", "--force", "--csv"]);
        const aggregated = await measure(["aggregate"]);
        const verified = await measure(["verify"]);

        const { tables } = await statusOf(house);
        assert.ok((tables[0]?.parts ?? 0) >= many);
        const told = [small, large, aggregated, verified].map((mb) => mb.toFixed(0)).join(", ");
        for (const peak of [small, large, aggregated, verified]) {
          assert.ok(peak < most_mb, `peaks of ${told} MB`);
        }
        assert.ok(large < small * 1.3 + 30, `${few} days took ${small} MB, ${many} took ${large}`);
      });
    },
  });
}

function isShape(name: string): name is ShapeName {
  return Object.hasOwn(shapes, name);
}
