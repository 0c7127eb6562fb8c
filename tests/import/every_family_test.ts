/** Every family of an archive's files is found by its name and its beginning, and taken. */

import assert from "node:assert/strict";
import { families } from "../../pipeline/sources/takeout/families.ts";
import { fixtureEntries } from "../generate/fixture_archive.ts";
import { zipOf } from "../generate/zip_writer.ts";
import { Harness } from "./harness.ts";

Deno.test("runImport() takes a file of every family as a document of its stream", async () => {
  using harness = new Harness();
  const path = harness.file("export.zip", zipOf(fixtureEntries()));
  const { lines } = await harness.import([path], {
    withLocation: true,
    timeZone: "America/New_York",
  });
  assert.deepEqual(lines.filter(({ outcome }) => outcome !== "taken"), []);
  const streams = families.filter(({ untabulated }) => untabulated !== true)
    .map(({ stream }) => stream);
  assert.deepEqual(lines.map(({ document }) => document?.stream).sort(), streams.sort());
});
