/** What the simulator served, against what the tables hold: every table, value for value. */

import assert from "node:assert/strict";
import { tables, type TableSpec } from "../../pipeline/catalog.ts";
import type { Day } from "../../pipeline/day.ts";
import { streams } from "../../pipeline/sources/registry.ts";
import type { ApiName } from "../../pipeline/sources/simulator/api.ts";
import { assertTruth, type House } from "./house.ts";
import { partRows } from "./parts.ts";
import type { PlainRow } from "./rows.ts";

/** The tables that a service feeds, in the catalogue's order. */
export function tablesFedBy(api: ApiName): TableSpec[] {
  return tables.filter(({ name }) =>
    streams.some(({ source, table }) => source === api && table === name)
  );
}

/**
 * Fails unless the table holds what was served on those days of one year, and nothing else; how many
 * rows that is. Numbers that the Fitbit Web API prints in other units agree to the last digits or so.
 */
export async function assertServed(
  house: House,
  api: ApiName,
  table: TableSpec,
  days: readonly Day[],
): Promise<number> {
  if (table.name === "heart_rate") return await assertHeartRate(house, api, days);
  const parts = table.partition === "date" ? days.map((day) => [day]) : [days];
  let rows = 0;
  for (const part of parts) {
    const [first = ""] = part;
    const expected = served(house, api, table, part);
    const found = await partRows(house.root, table.name, first);
    assertSameRows(found, expected, `${table.name} ${first}`);
    rows += expected.length;
  }
  return rows;
}

/** What was served of a table on those days, as its parts hold it. */
function served(
  { simulator }: House,
  api: ApiName,
  table: TableSpec,
  days: readonly Day[],
): PlainRow[] {
  const rows = days.flatMap((day) => simulator.truthRows(api, table.name, day)).map((row) =>
    Object.fromEntries(
      table.columns.map(({ name }) => [name, name === "source" ? api : row[name] ?? null]),
    )
  );
  return rows.sort((a, b) => {
    const name = table.key.find((name) => a[name] !== b[name]) ?? "";
    return String(a[name]) < String(b[name]) ? -1 : 1;
  });
}

function assertSameRows(
  found: readonly PlainRow[],
  expected: readonly PlainRow[],
  what: string,
): void {
  assert.equal(found.length, expected.length, `rows of ${what}`);
  expected.forEach((row, i) => {
    for (const [name, wanted] of Object.entries(row)) {
      const value = found[i]?.[name];
      const isClose = typeof value === "number" && typeof wanted === "number" &&
        Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
      if (!isClose) assert.equal(value, wanted, `${name} of ${what}: ${JSON.stringify(row)}`);
    }
  });
}

/** The same for every second, as typed arrays. */
async function assertHeartRate(house: House, api: ApiName, days: readonly Day[]): Promise<number> {
  let rows = 0;
  for (const day of days) {
    const { length } = house.simulator.truthOf(day).time_ms;
    if (length > 0) await assertTruth(house, day, api);
    else assert.deepEqual(await partRows(house.root, "heart_rate", day), []);
    rows += length;
  }
  return rows;
}
