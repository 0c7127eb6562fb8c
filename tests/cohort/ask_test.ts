import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { questions } from "../../pipeline/cohort/ask.ts";
import { diskFiles } from "../../pipeline/effects.ts";

Deno.test("every file of SQL is a question, and every question a file: a cluster asks what is there", () => {
  const folder = fileURLToPath(new URL("../../pipeline/cohort/sql", import.meta.url));
  const files = diskFiles.list(folder).map(({ name }) => name.replace(/\.sql$/, ""));
  assert.deepEqual(files, questions.toSorted());
});
