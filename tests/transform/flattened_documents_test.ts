import assert from "node:assert/strict";
import { daysBetween } from "../../pipeline/day.ts";
import { ledgerFile } from "../../pipeline/layout.ts";
import { Ledger } from "../../pipeline/raw/ledger.ts";
import { streams } from "../../pipeline/sources/registry.ts";
import { FlattenedDocuments, type Read } from "../../pipeline/transform/flattened_documents.ts";
import type { PartPlan } from "../../pipeline/transform/plan.ts";
import { inTemporaryFolder, WatchedFiles } from "../support/effects.ts";
import { stock } from "../support/stock.ts";

const rowsOf = (read: Read) => "flattened" in read ? read.flattened.columns.rows : undefined;
const isGood = (read: Read) =>
  "flattened" in read &&
  Object.values(read.flattened.columns.columns)
    .every((column) =>
      (column.type === "string" ? column.codes : column.values).length === rowsOf(read)
    );

/** A part that needs those documents. */
function partOf(documents: readonly string[]): PartPlan {
  const stream = "heart_rate_*.csv";
  return {
    table: "heart_rate",
    participant: "me",
    partition: "date=2025-11-01",
    firstDay: "2025-11-01",
    lastDay: "2025-11-01",
    series: [{ source: "takeout", stream, archive: null, fallback: false, documents }],
    digest: "",
    csv: false,
    reason: "new",
  };
}

Deno.test("FlattenedDocuments reads once what neighbouring parts need, and gives up what the next does not", async () => {
  await inTemporaryFolder((root) => {
    stock(root, "Takeout CSV", daysBetween("2025-11-01", "2025-11-03"));
    using ledger = new Ledger(`${root}/${ledgerFile}`);
    const [a, b, c] = ledger.documents().map(({ path }) => path);
    assert.ok(a !== undefined && b !== undefined && c !== undefined);
    const files = new WatchedFiles();
    const readFiles: string[] = [];
    const { read } = files;
    files.read = (path) => {
      readFiles.push(path);
      return read.call(files, path);
    };
    const documents = new FlattenedDocuments(root, files, streams);
    const take = (path: string) => documents.read("heart_rate", "takeout", path);

    const [ofA, ofB] = [take(a), take(b)];
    assert.ok(isGood(ofA) && isGood(ofB));
    documents.keepFor(partOf([b, c]));
    assert.deepEqual([isGood(ofA), isGood(ofB)], [false, true]);
    assert.equal(take(b), ofB);
    assert.ok(isGood(take(c)));
    for (const path of [a, b, c]) {
      assert.equal(readFiles.filter((read) => read === `${root}/${path}`).length, 1);
    }
  });
});

Deno.test("FlattenedDocuments says why there are no rows, and that a stream is not among those it was given", async () => {
  await inTemporaryFolder((root) => {
    stock(root, "Fitbit Web", ["2025-11-01"]);
    using ledger = new Ledger(`${root}/${ledgerFile}`);
    const [row] = ledger.documents();
    assert.ok(row !== undefined);
    const documents = new FlattenedDocuments(root, new WatchedFiles(), streams);
    assert.deepEqual(documents.read("heart_rate", row.source, `${row.path}.not`), {
      reason: "it or its manifest is gone",
    });
    assert.ok(isGood(documents.read("heart_rate", row.source, row.path)));
    const none = new FlattenedDocuments(root, new WatchedFiles(), []);
    assert.throws(
      () => none.read("heart_rate", row.source, row.path),
      /Cannot find a stream "activities\/heart\/1sec" of fitbit-web for the table heart_rate/,
    );
  });
});
