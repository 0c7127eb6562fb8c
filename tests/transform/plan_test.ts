import assert from "node:assert/strict";
import { heartRate, restingHeartRate } from "../../pipeline/catalog.ts";
import type { DocumentRow, PartRow } from "../../pipeline/raw/ledger.ts";
import type { Stream } from "../../pipeline/sources/source.ts";
import { type PlanInput, planTransform } from "../../pipeline/transform/plan.ts";

function stream(source: Stream["source"], name: string, table: string, version = 1): Stream {
  return {
    source,
    name,
    table,
    version,
    flatten: () => ({ columns: { rows: 0, columns: {} }, unknown: new Map(), notes: [] }),
  };
}

const streams = [
  stream("google-health", "heart-rate", "heart_rate"),
  stream("takeout", "heart_rate_*.csv", "heart_rate"),
  stream("takeout", "resting_heart_rate-*.json", "resting_heart_rate"),
];

function held(
  of: Pick<DocumentRow, "source" | "stream" | "path" | "first_day" | "last_day"> & {
    archive?: string;
  },
): DocumentRow {
  return {
    participant: "me",
    archive: null,
    sha256: "a".repeat(64),
    clock: `{"kind":"explicit"}`,
    bytes: 1,
    asked_at: "2026-11-20T00:00:00.000Z",
    synced_to: null,
    empty: 0,
    account: null,
    ...of,
  };
}

const documents = [
  held({
    source: "google-health",
    stream: "heart-rate",
    path: "raw/g/2026-10-25",
    first_day: "2026-10-25",
    last_day: "2026-10-25",
  }),
  held({
    source: "takeout",
    stream: "heart_rate_*.csv",
    archive: "export-a",
    path: "raw/t/a",
    first_day: "2026-10-24",
    last_day: "2026-10-25",
  }),
  held({
    source: "takeout",
    stream: "heart_rate_*.csv",
    archive: "export-b",
    path: "raw/t/b",
    first_day: "2026-10-25",
    last_day: "2026-10-26",
  }),
  held({
    source: "takeout",
    stream: "resting_heart_rate-*.json",
    archive: "export-a",
    path: "raw/t/resting",
    first_day: "2025-11-01",
    last_day: "2026-10-31",
  }),
];

const input: PlanInput = {
  tables: [heartRate, restingHeartRate],
  streams,
  documents,
  parts: [],
  force: false,
  csv: false,
  isThere: () => true,
  isThereAsCsv: () => true,
};

/** The ledger's rows as they are once everything planned was built. */
function builtFrom(of: PlanInput): PartRow[] {
  return planTransform(of).build.map((plan) => ({
    table_name: plan.table,
    participant: plan.participant,
    partition: plan.partition,
    digest: plan.digest,
    csv_digest: plan.csv ? plan.digest : null,
    rows: 1,
    first_time: 0,
    last_time: 0,
    bytes: 1,
    sha256: "",
    series: "",
    report: "{}",
  }));
}

const reasons = (of: PlanInput) =>
  planTransform(of).build.map(({ partition, reason }) => [partition, reason]);

Deno.test("planTransform() makes a part for every day, and for every year of sparse tables", () => {
  assert.deepEqual(
    planTransform(input).build.map(({ table, partition, series }) => [
      table,
      partition,
      series.map(({ stream, archive }) => `${stream} ${archive ?? ""}`.trim()),
    ]),
    [
      ["heart_rate", "date=2026-10-24", ["heart_rate_*.csv export-a"]],
      [
        "heart_rate",
        "date=2026-10-25",
        ["heart-rate", "heart_rate_*.csv export-b", "heart_rate_*.csv export-a"],
      ],
      ["heart_rate", "date=2026-10-26", ["heart_rate_*.csv export-b"]],
      ["resting_heart_rate", "year=2025", ["resting_heart_rate-*.json export-a"]],
      ["resting_heart_rate", "year=2026", ["resting_heart_rate-*.json export-a"]],
    ],
  );
});

Deno.test("planTransform() leaves alone what is up to date", () => {
  const plan = planTransform({ ...input, parts: builtFrom(input) });
  assert.deepEqual(plan, { build: [], remove: [], upToDate: 5 });
});

Deno.test("planTransform() rebuilds only parts whose documents changed, whatever the order", () => {
  const changed = documents.map((row) =>
    row.path === "raw/t/b" ? { ...row, sha256: "b".repeat(64) } : row
  ).reverse();
  const parts = builtFrom(input);
  assert.deepEqual(reasons({ ...input, documents: changed, parts }), [
    ["date=2026-10-25", "its documents or the code that reads them changed"],
    ["date=2026-10-26", "its documents or the code that reads them changed"],
  ]);
});

Deno.test("planTransform() rebuilds when a clock or the code that reads changed", () => {
  const parts = builtFrom(input);
  const clock = documents.map((row) =>
    row.path === "raw/t/a" ? { ...row, clock: `{"kind":"utc","offsets":[]}` } : row
  );
  assert.deepEqual(reasons({ ...input, documents: clock, parts }).map(([partition]) => partition), [
    "date=2026-10-24",
    "date=2026-10-25",
  ]);
  const newer = streams.map((of) => of.name === "heart-rate" ? { ...of, version: 2 } : of);
  assert.deepEqual(reasons({ ...input, streams: newer, parts }).map(([partition]) => partition), [
    "date=2026-10-25",
  ]);
});

Deno.test("planTransform() rebuilds nothing because of a stream more, but days on which others are preferred", () => {
  const parts = builtFrom(input);
  const more = [stream("google-health", "steps", "steps"), ...streams];
  assert.deepEqual(planTransform({ ...input, streams: more, parts }).build, []);
  assert.deepEqual(reasons({ ...input, streams: streams.toReversed(), parts }), [
    ["date=2026-10-25", "its documents or the code that reads them changed"],
  ]);
});

Deno.test("planTransform() says why: forced, file gone, no CSV yet", () => {
  const parts = builtFrom(input);
  assert.equal(reasons({ ...input, parts, force: true })[0]?.[1], "--force");
  assert.equal(reasons({ ...input, parts, csv: true })[0]?.[1], "no CSV yet");
  const gone = { ...input, parts, isThere: (table: string) => table !== "resting_heart_rate" };
  assert.deepEqual(reasons(gone), [
    ["year=2025", "its file is gone"],
    ["year=2026", "its file is gone"],
  ]);
});

Deno.test("planTransform() makes CSV files that are gone when they are asked for, not before", () => {
  const parts = builtFrom({ ...input, csv: true });
  const gone = { ...input, parts, isThereAsCsv: (table: string) => table !== "resting_heart_rate" };
  assert.deepEqual(reasons(gone), []);
  assert.deepEqual(reasons({ ...gone, csv: true }), [
    ["year=2025", "its CSV is gone"],
    ["year=2026", "its CSV is gone"],
  ]);
});

Deno.test("planTransform() keeps CSV in step once there is one", () => {
  const parts = builtFrom({ ...input, csv: true });
  const changed = documents.map((row) => ({ ...row, sha256: "c".repeat(64) }));
  assert.ok(planTransform({ ...input, documents: changed, parts }).build.every(({ csv }) => csv));
});

Deno.test("planTransform() removes parts whose documents are gone", () => {
  const parts = builtFrom(input);
  const left = documents.filter((row) => row.path !== "raw/t/b");
  assert.deepEqual(planTransform({ ...input, documents: left, parts }).remove, [
    { table: "heart_rate", participant: "me", partition: "date=2026-10-26" },
  ]);
});

Deno.test("planTransform() takes streams of one series together, whichever has the document", () => {
  const series = ["steps", "floors"].map((name) => ({
    ...stream("fitbit-web", name, "resting_heart_rate"),
    series: "daily",
  }));
  const other = stream("fitbit-web", "summary", "resting_heart_rate");
  const of = (name: string, first_day: string) =>
    held({
      source: "fitbit-web",
      stream: name,
      path: `raw/f/${name}`,
      first_day,
      last_day: "2026-10-25",
    });
  const { build } = planTransform({
    tables: [restingHeartRate],
    streams: [series[0], other, series[1]].flatMap((one) => one ?? []),
    documents: [of("floors", "2026-10-01"), of("summary", "2026-10-25"), of("steps", "2026-01-01")],
    parts: [],
    force: false,
    csv: false,
    isThere: () => true,
    isThereAsCsv: () => true,
  });
  assert.deepEqual(
    build.map(({ series }) => series.map(({ stream, documents }) => [stream, documents])),
    [[["daily", ["raw/f/floors", "raw/f/steps"]], ["summary", ["raw/f/summary"]]]],
  );
});
