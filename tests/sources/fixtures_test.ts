/**
 * Every stream reads its fixture: a document in the shape its source gives, with the rows it must
 * become beside it. A new stream is a new pair of files in tests/fixtures/<source>/.
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { tableNamed } from "../../pipeline/catalog.ts";
import { diskFiles } from "../../pipeline/effects.ts";
import { type Manifest, manifestSchema } from "../../pipeline/raw/manifest.ts";
import { streams } from "../../pipeline/sources/registry.ts";
import { plainRows } from "../support/rows.ts";

const folder = fileURLToPath(new URL("../fixtures/", import.meta.url));

const fixtureSchema = z.strictObject({
  /** What differs from a plain manifest: clock, days. */
  manifest: z.record(z.string(), z.unknown()).default({}),
  document: z.unknown(),
});

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const expectedSchema = z.strictObject({
  unknown: z.record(z.string(), z.number()).default({}),
}).catchall(z.union([z.array(z.record(z.string(), value)), z.record(z.string(), z.number())]));

function read(path: string): unknown {
  return JSON.parse(Deno.readTextFileSync(`${folder}${path}`));
}

function manifestOf(source: string, stream: string, of: Record<string, unknown>): Manifest {
  return manifestSchema.parse({
    format: 1,
    participant: "me",
    source,
    stream,
    first_day: "2026-10-01",
    last_day: "2026-10-31",
    sha256: "0".repeat(64),
    bytes: 0,
    received_at: "2026-11-22T12:00:00.000Z",
    asked_at: "2026-11-22T12:00:00.000Z",
    synced_to: null,
    empty: false,
    origin: [],
    clock: { kind: "explicit" },
    ...of,
  });
}

/** A stream's name as a file name. */
const fileName = (stream: string) => stream.replaceAll("/", "-").replaceAll("*", "_");

for (const { source, name } of streams) {
  Deno.test(`${source} ${name} has a fixture`, () => {
    const path = `${folder}${source}/${fileName(name)}.json`;
    assert.ok(
      diskFiles.size(path) !== undefined,
      `write tests/fixtures/${source}/${fileName(name)}.json`,
    );
  });
}

/** The folders of sources; others hold what other tests read. */
const folders = diskFiles.list(folder).filter(({ name }) =>
  streams.some(({ source }) => source === name)
);

for (const source of folders) {
  const names = diskFiles.list(`${folder}${source.name}`).map(({ name }) => name);
  for (const file of names.filter((name) => !name.endsWith(".expected.json"))) {
    const stem = file.replace(/\.json$/, "");
    const reading = streams.filter((stream) =>
      stream.source === source.name && stem === fileName(stream.name)
    );

    Deno.test(`${source.name}/${stem} reads as its expected rows`, () => {
      assert.ok(reading.length > 0, `there is no stream "${stem}" of ${source.name}`);
      const fixture = fixtureSchema.parse(read(`${source.name}/${file}`));
      const { unknown, ...tables } = expectedSchema.parse(
        read(`${source.name}/${stem}.expected.json`),
      );
      assert.deepEqual(Object.keys(tables).sort(), reading.map(({ table }) => table).sort());
      const found: Record<string, number> = {};
      for (const stream of reading) {
        const { document: given } = fixture;
        // The members of an archive are no JSON arrays: their text stands as it is.
        const text = typeof given === "string" ? given : JSON.stringify(given);
        const document = new TextEncoder().encode(text);
        const manifest = manifestOf(source.name, stream.name, fixture.manifest);
        const flattened = stream.flatten(document, manifest);
        assert.deepEqual(
          plainRows(tableNamed(stream.table), flattened.columns),
          tables[stream.table],
          stream.table,
        );
        // Of several tables from one document it is enough that one names what nobody knows.
        for (const [path, count] of flattened.unknown) found[path] = count;
      }
      assert.deepEqual(found, unknown);
    });
  }
}
