import assert from "node:assert/strict";
import { tableNamed } from "../../pipeline/catalog.ts";
import { ColumnsBuilder } from "../../pipeline/sources/records/columns_builder.ts";
import { constantText } from "../../pipeline/columns.ts";
import { disguised } from "../../pipeline/share/disguise.ts";

/** Exercises of a person who flew west between them: their order on the wall clock is another. */
const exercises = [
  {
    time: Date.parse("2026-10-12T09:00:00Z"),
    utc_offset_s: 7200,
    end_time: Date.parse("2026-10-12T10:00:00Z"),
    exercise_id: "1793381280212708935",
    type: "running",
    name: "Run to Ada's",
    device: "Charge 6",
  },
  {
    time: Date.parse("2026-10-12T12:00:00Z"),
    utc_offset_s: -14_400,
    end_time: Date.parse("2026-10-12T12:30:00Z"),
    exercise_id: "1793381280212708999",
    type: "bakers_street",
    name: undefined,
    device: undefined,
  },
];

Deno.test("disguised() moves times to the wall clock and on, and keeps no text that could tell", () => {
  const table = tableNamed("exercise");
  const rows = new ColumnsBuilder(table);
  for (const exercise of exercises) rows.add({ ...exercise, duration_s: 3600 });
  const { columns } = rows.columns();
  const numbers = new Map<string, number>();
  const found = disguised(
    table,
    { rows: 2, columns: { ...columns, source: constantText("takeout", 2) } },
    {
      shift_days: -7,
      numberOf: (_, id) => {
        numbers.set(id, numbers.get(id) ?? numbers.size + 1);
        return numbers.get(id) ?? 0;
      },
    },
  );
  const cells = (name: string) => {
    const column = found.columns[name];
    assert.ok(column !== undefined, name);
    return Array.from({ length: found.rows }, (_, row) => {
      if (column.valid?.[row] === 0) return null;
      if (column.type === "string") return column.dictionary[column.codes[row] ?? -1];
      const value = column.values[row];
      return column.type === "timestamp_ms" ? new Date(value ?? NaN).toISOString() : value;
    });
  };
  assert.deepEqual(cells("time"), ["2026-10-05T08:00:00.000Z", "2026-10-05T11:00:00.000Z"]);
  assert.deepEqual(cells("end_time"), ["2026-10-05T08:30:00.000Z", "2026-10-05T12:00:00.000Z"]);
  assert.deepEqual(cells("utc_offset_s"), [0, 0]);
  assert.deepEqual(cells("exercise_id"), ["2", "1"]);
  assert.deepEqual(cells("type"), ["other", "running"]);
  assert.deepEqual(cells("name"), [null, null]);
  assert.deepEqual(cells("device"), [null, null]);
  assert.deepEqual(cells("source"), ["takeout", "takeout"]);
  for (const column of Object.values(found.columns)) {
    if (column.type === "string") {
      assert.ok(!column.dictionary.some((text) => /Ada|Charge|baker|1793/.test(text)));
    }
  }
});
