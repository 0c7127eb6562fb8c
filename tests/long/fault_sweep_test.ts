/**
 * Every fault the simulator knows, over every stream of both services: each stream is fetched while
 * all its answers are struck, and once it is over every table holds what was served.
 */

import assert from "node:assert/strict";
import { daysBetween } from "../../pipeline/day.ts";
import { liveStreams, tablesOf } from "../../pipeline/sources/registry.ts";
import type { ApiName } from "../../pipeline/sources/simulator/api.ts";
import {
  type FaultName,
  faults,
  isFaultName,
} from "../../pipeline/sources/simulator/faults/catalogue.ts";
import { type House, inHouse } from "../support/house.ts";
import { assertServed, tablesFedBy } from "../support/served.ts";
import { statusOf } from "../support/status.ts";

/** Days with something in every table; the present lies weeks after them. */
const from = "2026-10-11";
const to = "2026-10-14";
const days = daysBetween(from, to);

/** A run under faults ends in one of these ways, never in a bug. */
const calm: readonly number[] = [0, 2, 3, 4];

/** Which streams of a service a fault can strike: not every service fails in every way. */
function struckBy(name: FaultName, api: ApiName): boolean {
  const { on, effect } = faults[name];
  return on.includes("data") &&
    (effect.station !== "answer" || effect.replies[api] !== undefined) &&
    (api === "google-health" || !pagedOnly.has(name));
}

/** Faults of page tokens, and of pages that can be too large: Google's alone. */
const pagedOnly: ReadonlySet<string> = new Set(["empty-first-page", "repeated-page-token"]);

/**
 * Nobody can tell from a daily summary that it is another day's, nor from a list with a record now and
 * then that it began a day later: of other days only answers are caught that say their day.
 */
function isCaught(name: FaultName, tables: readonly string[]): boolean {
  return name !== "wrong-day" ||
    liveStreams.every((stream) =>
      !tablesOf(stream).some((table) => tables.includes(table)) ||
      (stream.window === "day" && !sayNoDay.has(stream.name))
    );
}

/** Asked for a day, and answered by a summary, or by a list of what came after. */
const sayNoDay: ReadonlySet<string> = new Set(["activities/date", "activities/tcx"]);

async function fetchTables(house: House, api: ApiName, tables: readonly string[]) {
  house.handOutTokens(house.simulator);
  return await house.run(
    "fetch",
    "--source",
    api,
    "--only",
    tables.join(),
    "--from",
    from,
    "--to",
    to,
  );
}

/** Fetches until nothing is missing. */
async function fetchAll(house: House, api: ApiName, tables: readonly string[]): Promise<void> {
  for (let runs = 0; runs < 3; runs++) {
    const { code, said } = await fetchTables(house, api, tables);
    if (code === 0) return;
    assert.equal(code, 3, said);
  }
  assert.fail("three runs were not enough");
}

for (const api of ["google-health", "fitbit-web"] as const) {
  const streams = liveStreams.filter(({ source, window }) => source === api && window !== "today");
  // What there is now (devices, goals) can only be asked about today.
  const tables = tablesFedBy(api).filter(({ name }) =>
    streams.some((stream) => tablesOf(stream).includes(name))
  );
  const names = tables.map(({ name }) => name);
  for (const name of Object.keys(faults)) {
    assert.ok(isFaultName(name));
    if (!struckBy(name, api)) continue;
    Deno.test(`${name} over every stream of ${api}: all tables are whole when it is over`, async () => {
      await inHouse(async (house) => {
        house.simulator.faults.add({ fault: name, kind: "data" });
        for (const stream of streams) {
          const fed = tablesOf(stream);
          if (!isCaught(name, fed)) continue;
          const { code, said } = await fetchTables(house, api, fed);
          assert.ok(calm.includes(code), `${stream.name}: ${said}`);
        }
        assert.ok(house.simulator.requests.some(({ faults }) => faults.length > 0));
        const early = await house.run("transform");
        assert.ok(calm.includes(early.code), early.said);

        house.simulator.faults.clear();
        house.later(3_600_000);
        await fetchAll(house, api, names);
        await house.must("transform");
        for (const table of tables) {
          assert.ok(await assertServed(house, api, table, days) > 0, table.name);
        }
        const status = await statusOf(house);
        assert.equal(
          status.code,
          0,
          JSON.stringify(status.streams.filter((s) => s.failures.length)),
        );
      }, {
        person: { memberSince: from, zones: [{ from: null, timeZone: "Europe/Berlin" }] },
        google: { basalEnergy: true, quotaPerMinute: 100_000 },
        fitbit: { quotaPerHour: 100_000 },
      });
    });
  }
}
