/** Documents that are not as they should be are refused by name, or read; nothing else ever happens. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { DocumentError } from "../../../pipeline/errors.ts";
import { tableNamed } from "../../../pipeline/catalog.ts";
import { manifestSchema } from "../../../pipeline/raw/manifest.ts";
import type { Stream } from "../../../pipeline/sources/source.ts";
import { families } from "../../../pipeline/sources/takeout/families.ts";
import { takeoutStreams } from "../../../pipeline/sources/takeout/streams.ts";
import { arrange } from "../../../pipeline/transform/arrange.ts";
import { writeParquet } from "../../../pipeline/transform/parquet/write.ts";
import { constantText } from "../../../pipeline/columns.ts";
import { manifestOf } from "../../generate/documents.ts";
import { bentTexts } from "../../generate/json_text.ts";

const fixtureSchema = z.object({
  manifest: z.object({ clock: manifestSchema.shape.clock.optional() }),
  document: z.string(),
});

function fixtureOf({ name }: Stream) {
  const file = name.replaceAll("/", "-").replaceAll("*", "_");
  const url = new URL(`../../fixtures/takeout/${file}.json`, import.meta.url);
  const { manifest: { clock }, document } = fixtureSchema.parse(
    JSON.parse(Deno.readTextFileSync(url)),
  );
  return {
    clock: clock ?? { kind: "explicit" as const },
    records: z.array(z.unknown()).parse(JSON.parse(document)),
  };
}

const window = { first: "1970-01-01", last: "2099-12-31" };

for (const stream of takeoutStreams.filter(({ name }) => name.endsWith(".json"))) {
  Deno.test(`${stream.name} bent in any way gives rows of ${stream.table} or a DocumentError`, () => {
    const { clock, records } = fixtureOf(stream);
    const manifest = manifestOf("takeout", stream.name, "2020-04-05", clock);
    const table = tableNamed(stream.table);
    const family = families.find((family) => family.stream === stream.name);
    assert.ok(family !== undefined);
    let read = 0;
    let refused = 0;
    fc.assert(
      fc.property(bentTexts(fc.shuffledSubarray(records), ["-1", "1e300", '"NaN"']), (document) => {
        try {
          family.summarise(document, stream.name);
          const flattened = stream.flatten(document, manifest);
          const { columns: { columns, rows } } = arrange(table, [flattened], window);
          writeParquet(table, {
            rows,
            columns: { ...columns, source: constantText("takeout", rows) },
          });
          read++;
        } catch (error) {
          if (!(error instanceof DocumentError)) throw error;
          refused++;
        }
      }),
      { seed: 11, numRuns: 300 },
    );
    assert.ok(read > 20 && refused > 20, `${read} read, ${refused} refused`);
  });
}
