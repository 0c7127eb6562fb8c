/** The fixtures of all families as members of one archive, each under a name that its family has. */

import assert from "node:assert/strict";
import { z } from "zod";
import { families } from "../../pipeline/sources/takeout/families.ts";
import type { ZipEntry } from "./zip_writer.ts";

/** What stands for the star in the name of a stream. */
const windows = ["2026-03-08", "2026-03-08-2026-06-15", "0", "1772953198000", ""];

const fixtureSchema = z.object({ document: z.unknown() });

/** A member for each family that has a table. */
export function fixtureEntries(): ZipEntry[] {
  const utf8 = new TextEncoder();
  return families.filter(({ untabulated }) => untabulated !== true).map(({ stream, name }) => {
    const found = windows.map((window) => stream.replace("*", window))
      .find((text) => name.test(text.toLowerCase()));
    assert.ok(found !== undefined, `${stream} has a name`);
    const file = `${stream.replaceAll("*", "_")}.json`;
    const { document } = fixtureSchema.parse(
      JSON.parse(Deno.readTextFileSync(new URL(`../fixtures/takeout/${file}`, import.meta.url))),
    );
    return { path: `Takeout/Fitbit/Of Each/${found}`, bytes: utf8.encode(String(document)) };
  });
}
