/** Samples that are few, or no whole numbers: how many, their mean, the smallest, the largest. */

import type { TableSpec } from "../catalog.ts";
import { columnNamed } from "../transform/column_rows.ts";
import type {
  AggregateColumn,
  DailyContribution,
  DenseContribution,
  Grain,
} from "./contribution.ts";
import type { Cells } from "./grid.ts";
import { numberReader } from "./readers.ts";

/** Which column, and how its aggregates are called: `spo2_mean_percent`. */
export interface StatisticsSpec {
  readonly column: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly unit?: string;
  /** Samples come about once a minute: minutes have their mean too. */
  readonly perMinute?: true;
}

interface Statistics {
  readonly n: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

const about: Record<keyof Statistics, string> = {
  n: "Samples of the hour or of the civil day",
  mean: "Mean of the samples, each counting the same",
  min: "Smallest sample",
  max: "Largest sample",
};

const overDays = { n: "sum", mean: "mean", min: "min", max: "max" } as const;

/** The statistics of samples with a part a day, per hour and civil day, and their mean per minute. */
export function hourlyStatistics(
  table: TableSpec,
  specs: readonly StatisticsSpec[],
): DenseContribution {
  return {
    kind: "dense",
    table,
    reads: ["time", "utc_offset_s", ...specs.map(({ column }) => column)],
    columns: specs.flatMap((spec) =>
      statisticsColumns(spec, ["hour", "day"]).map(({ column }) => column)
    ),
    tellsClock: false,
    lasts: false,
    measure(rows, grid) {
      const time = columnNamed(rows, "time", "timestamp_ms").values;
      const offset = columnNamed(rows, "utc_offset_s", "int32").values;
      // Beside a quantity of the same table there are rows of the evening before, which it shares out.
      const all = Array.from({ length: rows.rows }, (_, row) => row)
        .filter((row) => grid.localTime(time[row]!, offset[row]!) >= 0);
      const minuteOf = (row: number) => grid.minuteOf(time[row]!, offset[row]!);
      const byHour = Map.groupBy(all, (row) => grid.hourOfMinute(minuteOf(row)));
      for (const spec of specs) {
        const valueOf = numberReader(rows, spec.column);
        if (spec.perMinute) {
          const means = grid.minute.column(nameOf(spec, "mean"));
          for (const [cell, ofMinute] of Map.groupBy(all, minuteOf)) {
            means[cell] = statisticsOf(ofMinute.map(valueOf))?.mean ?? NaN;
          }
        }
        for (const [cell, ofHour] of byHour) put(spec, ofHour.map(valueOf), grid.hour, cell);
        put(spec, all.map(valueOf), grid.day, 0);
      }
    },
  };
}

function put(spec: StatisticsSpec, values: (number | null)[], cells: Cells, cell: number): void {
  const found = statisticsOf(values);
  for (const { statistic, column } of statisticsColumns(spec, [])) {
    cells.column(column.spec.name)[cell] = found?.[statistic] ?? NaN;
  }
}

/** The statistics of samples with a part a year, per civil day. */
export function dailyStatistics(table: TableSpec, spec: StatisticsSpec): DailyContribution {
  return {
    kind: "daily",
    table,
    columns: statisticsColumns(spec, ["day"]).map(({ statistic, column }) => ({
      ...column,
      rule: {
        reads: [spec.column],
        of({ columns, rows }) {
          const valueOf = numberReader(columns, spec.column);
          return statisticsOf(rows.map(valueOf))?.[statistic] ?? null;
        },
      },
    })),
  };
}

function nameOf({ prefix, suffix }: StatisticsSpec, statistic: keyof Statistics): string {
  return statistic === "n" ? `${prefix}_n` : `${prefix}_${statistic}_${suffix}`;
}

function statisticsColumns(
  spec: StatisticsSpec,
  grains: readonly Grain[],
): { statistic: keyof Statistics; column: AggregateColumn }[] {
  const statistics = ["n", "mean", "min", "max"] as const;
  const { prefix, unit, perMinute } = spec;
  return statistics.map((statistic) => ({
    statistic,
    column: {
      spec: {
        name: nameOf(spec, statistic),
        ...statistic === "n"
          ? { type: "int32", stored: "int32" }
          : { type: "float64", ...unit === undefined ? {} : { unit } },
        about: about[statistic],
      },
      grains: perMinute && statistic === "mean" ? ["minute", ...grains] : grains,
      overDays: { rule: overDays[statistic], days: `${prefix}_days` },
    },
  }));
}

/** Undefined where every value is null. */
function statisticsOf(values: readonly (number | null)[]): Statistics | undefined {
  let n = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value === null) continue;
    n++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return n === 0 ? undefined : { n, mean: sum / n, min, max };
}
