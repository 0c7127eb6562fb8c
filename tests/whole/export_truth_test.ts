/** The tables of an export hold what was measured, on a journey and in the night the clocks go back too. */

import assert from "node:assert/strict";
import { dayAt } from "../../pipeline/day.ts";
import { weighingsOf } from "../../pipeline/sources/simulator/body_values.ts";
import { dayMinutes } from "../../pipeline/sources/simulator/fitbit/day_minutes.ts";
import { dayTotals } from "../../pipeline/sources/simulator/fitbit/day_totals.ts";
import { drinksOf, foodsOf } from "../../pipeline/sources/simulator/intake_values.ts";
import type { Body } from "../../pipeline/sources/simulator/body.ts";
import { eventTruth } from "../generate/export/csv_events.ts";
import { exportOf, tenDays } from "../generate/export/export_of.ts";
import { imported, type Tables } from "../support/exports.ts";
import type { PlainRow } from "../support/rows.ts";

const of = exportOf(tenDays);
const { world: { body } } = of;

type Moment = { readonly time_ms: number; readonly utc_offset_s: number };

const at = ({ time_ms, utc_offset_s }: Moment) => ({
  time: new Date(time_ms).toISOString(),
  utc_offset_s,
});

const perMinute = (moment: Moment) => ({ ...at(moment), duration_s: 60 });

/** Everything of the days that was there when the export was made. */
function past<T extends Moment>(valuesOf: (body: Body, day: string) => readonly T[]): T[] {
  return of.days.flatMap((day) => valuesOf(body, day)).filter(({ time_ms }) => time_ms < of.made);
}

/** Digits that other units, and pounds to a tenth, keep. */
const toPrecision = (digits: number) => (rows: readonly PlainRow[]): PlainRow[] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === "number" ? Number(value.toPrecision(digits)) : value,
      ]),
    )
  );

/** The rows with only these columns. */
function columnsOf(tables: Tables, table: string, columns: readonly string[]): PlainRow[] {
  return (tables.get(table) ?? []).map((row) =>
    Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))
  );
}

function assertRows(tables: Tables, table: string, rows: readonly PlainRow[], digits = 12): void {
  assert.ok(rows.length > 0, table);
  const found = columnsOf(tables, table, Object.keys(rows[0] ?? {}));
  const rounded = toPrecision(digits);
  assert.deepEqual(rounded(found), rounded(rows), table);
}

Deno.test("an export's minutes and seconds are those that were measured", () =>
  imported("G1", of, (_, tables) => {
    const minutes = of.days.flatMap((day) => dayMinutes(of.world, day, false, of.made).minutes);
    const worn = minutes.filter((minute) => minute.worn);
    const climbed = minutes.filter(({ floors }) => floors > 0);
    assertRows(tables, "steps", worn.map((of) => ({ ...perMinute(of), steps: of.steps })));
    assertRows(
      tables,
      "distance",
      worn.map((of) => ({ ...perMinute(of), distance_m: of.distance_mm / 1000 })),
    );
    assertRows(
      tables,
      "calories",
      minutes.map((of) => ({ ...perMinute(of), energy_kcal: Number(of.kcal.toFixed(2)) })),
    );
    assertRows(tables, "floors", climbed.map((of) => ({ ...perMinute(of), floors: of.floors })));
    assertRows(
      tables,
      "altitude",
      climbed.map((of) => ({ ...perMinute(of), gain_m: of.floors * 3.048 })),
    );
    const beats = of.days.flatMap((day) => {
      const { time_ms, utc_offset_s, bpm } = body.ofDay(day, of.made);
      return Array.from(time_ms, (time, row) => ({
        ...at({ time_ms: time, utc_offset_s: utc_offset_s[row] ?? NaN }),
        bpm: bpm[row] ?? NaN,
        confidence: row % 4,
      })).filter((_, row) => row % of.everySample === 0);
    });
    assertRows(tables, "heart_rate", beats);
  }));

Deno.test("weighings of CSV and JSON files are one list, each as precise as it was", () =>
  imported("G6", of, (_, tables) => {
    const weighings = past(weighingsOf);
    assertRows(tables, "weight", weighings.map(at));
    weighings.forEach(({ weight_g }, row) => {
      const { weight_kg, bmi } = tables.get("weight")?.[row] ?? {};
      const isExact = weight_kg === weight_g / 1000;
      assert.equal(isExact, row % 2 === 0, `${weight_kg} for ${weight_g} g`);
      assert.ok(Math.abs(Number(weight_kg) - weight_g / 1000) < 0.05);
      assert.ok(Number(bmi) > 15);
    });
  }));

Deno.test("an export's alerts, readings, sessions and entries are those that there were", () =>
  imported("G6", of, (_, tables) => {
    for (const [table, rows] of Object.entries(eventTruth(of))) assertRows(tables, table, rows);
    const resting = tables.get("resting_heart_rate") ?? [];
    assert.ok(resting.length > 0);
    assert.ok(resting.every(({ bpm }) => bpm !== 99), "the daily file counts");
  }));

Deno.test("an export's tracks are read when locations are asked for, and only then", async () => {
  await imported("G6", of, (_, tables) => assert.equal(tables.has("exercise_track"), false));
  await imported("G6", of, ({ simulator }, tables) => {
    const made = new Date(of.made).toISOString();
    const truth = of.days.flatMap((day) => simulator.truthRows("fitbit-web", "exercise_track", day))
      .filter(({ time }) => String(time) < made);
    assertRows(tables, "exercise_track", truth);
    const exercises = new Set(tables.get("exercise")?.map(({ exercise_id }) => exercise_id));
    for (const { exercise_id } of tables.get("exercise_track") ?? []) {
      assert.ok(exercises.has(exercise_id), "each belongs to an exercise");
    }
  }, "--with-location");
});

Deno.test("an export's nights, exercises, days and entries are those that were measured", () =>
  imported("G1", of, ({ simulator }, tables) => {
    const made = new Date(of.made).toISOString();
    for (const name of ["sleep", "sleep_stage", "exercise", "exercise_zone"]) {
      const truth = of.days.flatMap((day) => simulator.truthRows("fitbit-web", name, day))
        .filter((row) => String(row["end_time"] ?? row["time"]) < made);
      assertRows(tables, name, truth);
    }
    const worn = of.days.filter((day) => body.restingHeartRate(day) !== undefined);
    assert.equal(worn.length, of.days.length - 1);
    assertRows(
      tables,
      "resting_heart_rate",
      worn.map((date) => ({ date, bpm: body.restingHeartRate(date)?.bpm ?? NaN })),
    );
    assertRows(
      tables,
      "activity_day",
      worn.map((date) => {
        const [sedentary, lightly, fairly, very] = dayTotals(of.world, date, of.made).levelMinutes;
        return {
          date,
          sedentary_min: sedentary,
          lightly_active_min: lightly,
          fairly_active_min: fairly,
          very_active_min: very,
        };
      }),
    );
    const weighings = past(weighingsOf);
    assertRows(tables, "weight", weighings.map(at));
    weighings.forEach(({ weight_g }, row) => {
      const found = Number(tables.get("weight")?.[row]?.["weight_kg"]);
      assert.ok(Math.abs(found - weight_g / 1000) < 0.05, `${found} for ${weight_g} g`);
    });
    assertRows(
      tables,
      "body_fat",
      weighings.filter(({ fat_percent }) => fat_percent !== undefined)
        .map((of) => ({ ...at(of), percent: of.fat_percent ?? null })),
    );

    // Entries have no time of day in the files.
    const dayIn = ({ time_ms, utc_offset_s }: Moment) => dayAt(time_ms, utc_offset_s);
    const dayOf = (row: PlainRow) =>
      dayAt(Date.parse(String(row["time"])), Number(row["utc_offset_s"]));
    const drinks = tables.get("hydration") ?? [];
    assert.deepEqual(
      drinks.map((row) => [dayOf(row), row["entry_id"], row["volume_ml"]]),
      past(drinksOf).map((drink) => [dayIn(drink), drink.id, drink.volume_ml]),
    );
    const foods = tables.get("nutrition") ?? [];
    assert.deepEqual(
      foods.map((row) => [dayOf(row), row["entry_id"], row["food"], row["energy_kcal"]]),
      past(foodsOf).map((food) => [dayIn(food), food.id, food.name, food.energy_kcal]),
    );
  }));
