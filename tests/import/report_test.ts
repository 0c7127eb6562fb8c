import assert from "node:assert/strict";
import { importExitCode, type ImportReport } from "../../pipeline/import/report.ts";
import { reportLines } from "../../pipeline/import/report_lines.ts";

const document = {
  path: "raw/me/takeout/export/heart_rate-2026-01-02.json.zst",
  source: "takeout",
  stream: "heart_rate-*.json",
  samples: 10505,
  first_day: "2026-01-02",
  last_day: "2026-01-02",
  first: "2026-01-01T23:00:00.000Z",
  last: "2026-01-02T22:59:55.000Z",
  clock: "UTC, UTC+01:00 (heart-rate file bounds)",
};

const quiet = { clock: [], notes: [], reports: [], needsTimeZone: false, interrupted: false };

const report: ImportReport = {
  lines: [
    { input: "export.zip", member: "a.json", outcome: "taken", document },
    { input: "export.zip", member: "b.json", outcome: "unchanged", document },
    {
      input: "export.zip",
      member: "r.json",
      outcome: "taken",
      document: {
        path: "raw/me/takeout/export/r.json.zst",
        source: "takeout",
        stream: "resting_heart_rate-*.json",
        samples: 135,
        first_day: "2026-01-02",
        last_day: "2026-06-02",
        clock: "days, or offsets of its own",
      },
    },
    { input: "export.zip", member: "c.csv", outcome: "skipped", reason: "private, never read" },
    ...["x/steps-2026-01-01.json", "x/steps-2026-01-31.json", "x/exercise-0.json"].map((
      member,
    ) => ({
      input: "export.zip",
      member,
      outcome: "skipped" as const,
      reason: "no table takes it yet",
      bytes: 1_200_000,
    })),
    ...["x/novelty_2026-01-01.csv", "x/novelty_2026-02-01.csv"].map((member) => ({
      input: "export.zip",
      member,
      outcome: "kept, not tabulated" as const,
      reason: "its columns are not known",
      bytes: 600,
    })),
    { input: "HR.json", outcome: "kept beside", document },
    { input: "cut.zip", outcome: "failed", reason: "it was cut short" },
  ],
  clock: [
    { at: -Infinity, offset_s: -12600, evidence: "heart-rate file bounds", decided: true },
    { at: Date.UTC(2026, 2, 8, 6), offset_s: 20700, evidence: "--timezone X", decided: true },
    { at: Date.UTC(2026, 5, 8, 6), offset_s: 0, evidence: "none", decided: false },
  ],
  notes: ["The samples of 2026-01-09 fit their file's day at no offset"],
  reports: ["import/me/export", "import/me/files"],
  needsTimeZone: true,
  interrupted: true,
};

Deno.test("reportLines() counts, gives the clock, names what failed and what to do", () => {
  assert.deepEqual(reportLines(report), [
    "                                   taken  unchanged    rows  first day   last day",
    "takeout heart_rate-*.json              1          1  21,010  2026-01-02  2026-01-02",
    "takeout resting_heart_rate-*.json      1                135  2026-01-02  2026-06-02",
    "Kept, not tabulated 2, 1.2 kB: its columns are not known",
    "  novelty_*.csv (2)",
    "Skipped 3, 3.6 MB: no table takes it yet",
    "  steps-*.json (2), exercise-0.json",
    "Skipped 1: private, never read",
    "  c.csv",
    "Clock of the wearer:",
    "  from the beginning: UTC-03:30 (heart-rate file bounds)",
    "  from 2026-03-08 06:00 UTC: UTC+05:45 (--timezone X)",
    "  from 2026-06-08 06:00 UTC: not known",
    "Kept beside a document that holds more:",
    "  HR.json",
    "Not taken:",
    "  cut.zip: it was cut short",
    "Note: The samples of 2026-01-09 fit their file's day at no offset",
    "Add --timezone with the zone the watch was worn in, or import these files together with the " +
    "export's heart_rate-*.json files",
    "Interrupted: run the same import again to continue",
    "Every file, and the clock it was read by: import/me/export.csv (and .json), and 1 beside it",
  ]);
});

Deno.test("reportLines() says what to give when nothing is a file we read", () => {
  const lines = [{ input: "x.py", outcome: "skipped", reason: "no table" }] as const;
  assert.deepEqual(reportLines({ ...quiet, lines }).slice(2), [
    "Nothing here is a file we read: give the export's ZIP as it was downloaded, or the folder that " +
    "holds heart_rate-*.json or heart_rate_*.csv files",
  ]);
});

const codes: readonly (readonly [string, Partial<ImportReport>, number])[] = [
  ["something taken", { lines: [{ input: "a", outcome: "taken" }] }, 0],
  ["everything there already", { lines: [{ input: "a", outcome: "unchanged" }] }, 0],
  ["something kept beside", { lines: [{ input: "a", outcome: "kept beside" }] }, 0],
  ["all skipped", { lines: [{ input: "a", outcome: "skipped" }] }, 3],
  ["an empty folder", { lines: [] }, 3],
  ["something failed", { lines: report.lines }, 3],
  ["interrupted", { lines: [{ input: "a", outcome: "taken" }], interrupted: true }, 3],
];

for (const [name, part, code] of codes) {
  Deno.test(`importExitCode() of ${name} is ${code}`, () => {
    assert.equal(importExitCode({ ...quiet, lines: [], ...part }), code);
  });
}
