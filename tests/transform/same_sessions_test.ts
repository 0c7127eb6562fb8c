import assert from "node:assert/strict";
import fc from "fast-check";
import { exercise, exerciseSplit } from "../../pipeline/catalog/exercise.ts";
import type { TableSpec } from "../../pipeline/catalog.ts";
import type { Session } from "../../pipeline/sources/source.ts";
import { arrange, type SeriesDocument } from "../../pipeline/transform/arrange.ts";
import { sameSessions } from "../../pipeline/transform/same_sessions.ts";
import { columnsOfRows, type Row, rowsOfColumns } from "../support/number_rows.ts";

const begin = Date.parse("2026-03-08T06:00:00Z");
const year = { first: "2026-01-01", last: "2026-12-31" };

/** A document of an earlier (JSON) or later (CSV) stream, with a row for each session unless others are given. */
function document(
  order: number,
  sessions: readonly Session[],
  rest: Row = {},
  table: TableSpec = exercise,
  rows: readonly Row[] = sessions.map(({ id, start }) => ({ time: start, exercise_id: id })),
): SeriesDocument {
  const filled = rows.map((row) => ({
    utc_offset_s: 0,
    duration_s: 60,
    end_time: begin,
    date: 20_520,
    ...rest,
    ...row,
  }));
  return {
    columns: columnsOfRows(table, filled),
    unknown: new Map(),
    notes: [],
    order,
    sessions,
  };
}

function session(id: string, minutes: number, more: Partial<Session> = {}): Session {
  return { id, start: begin + minutes * 60_000, ...more };
}

function told(documents: readonly SeriesDocument[], table: TableSpec = exercise) {
  const same = sameSessions(table, documents);
  const { columns, conflicts } = arrange(table, same.documents, year);
  assert.equal(conflicts, 0);
  return { rows: rowsOfColumns(columns), notes: same.notes };
}

Deno.test("sameSessions() makes one row of what two streams tell, filled from both", () => {
  const json = document(0, [session("11", 0), session("12", 60)], { steps: 100 });
  const csv = document(1, [session("9000000000000000001", 0), session("3", 30)], {
    steps: 99,
    peak_bpm: 171,
  });
  const { rows } = told([csv, json]);
  assert.deepEqual(
    rows.map((row) => [row["exercise_id"], row["steps"], row["peak_bpm"]]),
    [["11", 100, 171], ["3", 99, 171], ["12", 100, null]],
  );
});

Deno.test("sameSessions() knows a session by its id, its start or its start as recorded", () => {
  const json = document(0, [
    session("11", 0),
    session("12", 60),
    session("13", 125, { recorded: begin + 120 * 60_000 }),
  ]);
  const csv = document(1, [
    session("11", 7),
    { id: "x", start: begin + 60 * 60_000 + 999 },
    session("y", 120),
  ], { peak_bpm: 150 });
  const { rows } = told([json, csv]);
  assert.deepEqual(
    rows.map((
      row,
    ) => [(Number(row["time"]) - begin) / 60_000, row["exercise_id"], row["peak_bpm"]]),
    [[0, "11", 150], [60, "12", 150], [125, "13", 150]],
  );
});

Deno.test("sameSessions() leaves out what only the watch took for one, where the log would have it", () => {
  const json = document(0, [session("11", 0), session("12", 60)]);
  const csv = document(1, [
    session("a", 0, { doubtful: true }),
    session("b", 30, { doubtful: true }),
    session("c", 30),
    session("d", 90, { doubtful: true }),
    session("e", -30, { doubtful: true }),
  ]);
  const { rows, notes } = told([json, csv]);
  assert.deepEqual(rows.map((row) => row["exercise_id"]), ["e", "11", "c", "12", "d"]);
  assert.deepEqual(notes, ["sessions that only the watch took for such, and make no row: 1"]);
  assert.equal(told([csv]).rows.length, 5);
});

Deno.test("sameSessions() gives what is sure before what is doubtful to a session, and each once", () => {
  const json = document(0, [session("11", 0), session("12", 60)]);
  const csv = document(1, [
    session("a", 0, { doubtful: true }),
    session("b", 0),
    session("c", 60),
    session("d", 60),
  ], { log_type: "tracker" });
  const { rows } = told([csv, json]);
  assert.deepEqual(
    rows.map((row) => [row["exercise_id"], row["log_type"]]),
    [["11", "tracker"], ["12", "tracker"], ["d", "tracker"]],
  );
});

Deno.test("sameSessions() puts splits to the session of the log, at their own times", () => {
  const json = document(0, [session("11", 0, { recorded: begin + 60_000 })], {}, exerciseSplit, []);
  const csv = document(1, [session("a", 1)], { lap: 1 }, exerciseSplit, [
    { time: begin + 60_000, exercise_id: "a" },
    { time: begin + 120_000, exercise_id: "a" },
  ]);
  const { rows } = told([json, csv], exerciseSplit);
  assert.deepEqual(
    rows.map((row) => [Number(row["time"]) - begin, row["exercise_id"]]),
    [[60_000, "11"], [120_000, "11"]],
  );
});

Deno.test("sameSessions() neither loses nor doubles a session, whatever the order of documents", () => {
  const kinds = fc.constantFrom("both", "log", "sure", "doubtful");
  const plan = fc.uniqueArray(
    fc.record({ second: fc.nat(5_000), kind: kinds }),
    {
      selector: ({ second }) => second,
      maxLength: 25,
    },
  );
  fc.assert(
    fc.property(plan, fc.infiniteStream(fc.nat()), (planned, random) => {
      const of = (...wanted: string[]) =>
        planned.filter(({ kind }) => wanted.includes(kind)).map(({ second, kind }) => ({
          start: begin + second * 1000,
          id: `${kind} ${second}`,
          ...kind === "doubtful" ? { doubtful: true as const } : {},
        }));
      const log = of("both", "log");
      const file = of("both", "sure", "doubtful").map((one) => ({ ...one, id: `csv ${one.id}` }));
      const half = Math.floor(file.length / 2);
      const documents = [
        document(3, log.slice(0, 3)),
        document(3, log.slice(3)),
        document(7, file.slice(0, half), { peak_bpm: 150 }),
        document(7, file.slice(half), { peak_bpm: 150 }),
      ];
      const [first = Infinity] = log.map(({ start }) => start).sort((a, b) => a - b);
      const last = Math.max(-Infinity, ...log.map(({ start }) => start));
      const expected = planned.filter(({ second, kind }) =>
        kind !== "doubtful" || !(begin + second * 1000 >= first && begin + second * 1000 <= last)
      ).map(({ second, kind }) => [
        begin + second * 1000,
        kind === "both" || kind === "log" ? `${kind} ${second}` : `csv ${kind} ${second}`,
        kind === "log" ? null : 150,
      ]).sort((a, b) => Number(a[0]) - Number(b[0]));
      const cells = (some: readonly SeriesDocument[]) =>
        told(some).rows.map((row) => [row["time"], row["exercise_id"], row["peak_bpm"]]);
      const found = cells(documents);
      assert.deepEqual(found, expected);
      const shuffled = documents.map((one) => ({ one, at: random.next().value }))
        .sort((a, b) => a.at - b.at).map(({ one }) => one);
      assert.deepEqual(cells(shuffled), found);
    }),
    { seed: 17, numRuns: 200 },
  );
});
