/** What the rows that a table has of one civil day amount to: the rules of the daily columns. */

import type { DailyRule } from "./contribution.ts";
import { numberReader, textReader } from "./readers.ts";

/** The last number of the day that is there; of a table with one row a day, its number. */
export function last(column: string): DailyRule {
  return {
    reads: [column],
    of({ columns, rows }) {
      const valueOf = numberReader(columns, column);
      return rows.map(valueOf).findLast((value) => value !== null) ?? null;
    },
  };
}

/** The first number of the day that is there. */
export function first(column: string): DailyRule {
  return {
    reads: [column],
    of({ columns, rows }) {
      const valueOf = numberReader(columns, column);
      return rows.map(valueOf).find((value) => value !== null) ?? null;
    },
  };
}

/** The last text of the day that is there. */
export function lastText(column: string): DailyRule {
  return {
    reads: [column],
    of({ columns, rows }) {
      const textOf = textReader(columns, column);
      return rows.map(textOf).findLast((text) => text !== null) ?? null;
    },
  };
}

/** The sum of the numbers that are there, times a factor; null where none is. */
export function total(column: string, factor = 1): DailyRule {
  return {
    reads: [column],
    of({ columns, rows }) {
      const valueOf = numberReader(columns, column);
      const values = rows.map(valueOf).filter((value) => value !== null);
      return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) * factor;
    },
  };
}

/** How many rows there are. */
export const count: DailyRule = {
  reads: [],
  of: ({ rows }) => rows.length === 0 ? null : rows.length,
};

/** The rule over those rows alone whose text in a column is this one. */
export function where(column: string, is: string, rule: DailyRule): DailyRule {
  return {
    reads: [column, ...rule.reads],
    of(day) {
      const textOf = textReader(day.columns, column);
      return rule.of({ ...day, rows: day.rows.filter((row) => textOf(row) === is) });
    },
  };
}
