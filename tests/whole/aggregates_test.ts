/** Totals across levels: rows sum to minutes, to hours, to days, to weeks and months, whatever the clock does. */

import assert from "node:assert/strict";
import { aggregates } from "../../pipeline/aggregate/catalog.ts";
import { tableNamed } from "../../pipeline/catalog.ts";
import { diskFiles } from "../../pipeline/effects.ts";
import { type Frame, pl, scanAggregate, scanTable } from "../../pipeline/frames.ts";
import { inHouse } from "../support/house.ts";

/** A flight west (30 hours), one back (18 hours), and the night of 25 hours, with a day on either side. */
const spans = [
  ["2026-10-11", "2026-10-13"],
  ["2026-10-17", "2026-10-19"],
  ["2026-10-24", "2026-10-26"],
] as const;

/** More than all of it. */
const whole = { participant: "me", first: "2026-09-01", last: "2026-11-30" };

const minutes = pl.col("duration_s").div(60);

/** What a column of the aggregates is the sum of. */
type Sum = readonly [column: string, table: string, of: pl.Expr, where?: pl.Expr];

const sums: readonly Sum[] = [
  ["steps", "steps", pl.col("steps")],
  ["distance_m", "distance", pl.col("distance_m")],
  ["floors", "floors", pl.col("floors")],
  ["altitude_gain_m", "altitude", pl.col("gain_m")],
  ["calories_kcal", "calories", pl.col("energy_kcal")],
  ["active_calories_kcal", "active_calories", pl.col("energy_kcal")],
  ["active_zone_minutes", "active_zone_minutes", pl.col("active_zone_minutes")],
  [
    "active_minutes_vigorous",
    "active_minutes",
    pl.col("minutes"),
    pl.col("level").eq(pl.lit("vigorous")),
  ],
  [
    "activity_level_sedentary_min",
    "activity_level",
    minutes,
    pl.col("level").eq(pl.lit("sedentary")),
  ],
  [
    "time_in_heart_rate_zone_peak_min",
    "time_in_heart_rate_zone",
    minutes,
    pl.col("zone").eq(pl.lit("peak")),
  ],
  ["sedentary_period_min", "sedentary_period", minutes],
];

function total(frame: Frame, of: pl.Expr): number {
  const value = Number(frame.select(of.sum().alias("total")).getColumn("total").get(0));
  assert.ok(Number.isFinite(value));
  return value;
}

/** Every aggregate, whole. */
function framesOf(root: string) {
  return aggregates.map((table) => ({
    grain: table.name,
    frame: scanAggregate(root, diskFiles, table, whole).collectSync(),
  }));
}

/** Fails unless the rows of each table come to the same in every aggregate. */
function assertTotals(root: string, frames: ReturnType<typeof framesOf>, of: readonly Sum[]): void {
  for (const [column, name, values, where] of of) {
    const rows = scanTable(root, diskFiles, tableNamed(name), whole).collectSync();
    const served = total(where === undefined ? rows : rows.filter(where), values);
    assert.ok(served > 0, `the simulator gave no ${column}`);
    for (const { grain, frame } of frames) {
      const found = total(frame, pl.col(column));
      const message = `${column} of ${grain}: ${found}, not ${served}`;
      assert.ok(Math.abs(found - served) < 1e-6 * served, message);
    }
  }
}

Deno.test("rows sum to minutes, hours, days, weeks and months, also on journeys", async () => {
  await inHouse(async (house) => {
    const { root } = house;
    for (const [first, last] of spans) await house.must("fetch", "--from", first, "--to", last);
    await house.must("transform");
    await house.must("aggregate");

    const frames = framesOf(root);
    assertTotals(root, frames, sums);

    const frameOf = (grain: string) => {
      const frame = frames.find((one) => one.grain === grain)?.frame;
      assert.ok(frame !== undefined);
      return frame;
    };
    const hoursOf = (date: string) => {
      const row = frameOf("day").filter(pl.col("date").cast(pl.Utf8).eq(pl.lit(date)));
      const [covered, share] = ["heart_rate_covered_minutes", "heart_rate_coverage"]
        .map((name) => Number(row.getColumn(name).get(0)));
      return Math.round((covered ?? NaN) / (share ?? NaN) / 60);
    };
    const dates = ["2026-10-11", "2026-10-12", "2026-10-18", "2026-10-25"];
    assert.deepEqual(dates.map(hoursOf), [24, 30, 18, 25]);

    const local = pl.col("time").cast(pl.Int64).add(pl.col("utc_offset_s").mul(1000));
    const autumn = frameOf("hour").filter(
      local.cast(pl.Datetime("ms")).dt.strftime("%F").eq(pl.lit("2026-10-25")),
    );
    assert.equal(autumn.height, 25);
  });
});

/** The clocks of Berlin go back on the second day; the last one has a swim. */
const atHome = { person: { zones: [{ from: null, timeZone: "Europe/Berlin" }] } } as const;

Deno.test("rows of the Fitbit Web API sum to minutes, hours, days, weeks and months", async () => {
  await inHouse(async (house) => {
    const ofFitbit: readonly Sum[] = [
      ["swimming_strokes", "swimming_strokes", pl.col("strokes")],
      ...sums.filter(([, table]) => ["steps", "distance", "calories"].includes(table)),
    ];
    const only = ofFitbit.map(([, table]) => table).join();
    await house.must(
      ...["fetch", "--source", "fitbit-web", "--only", only] as const,
      ...["--from", "2026-10-24", "--to", "2026-10-29"],
    );
    await house.must("transform");
    await house.must("aggregate");
    assertTotals(house.root, framesOf(house.root), ofFitbit);
  }, atHome);
});
