import assert from "node:assert/strict";
import { streamsOf } from "../../pipeline/sources/load.ts";
import { streams } from "../../pipeline/sources/registry.ts";

Deno.test("streamsOf() gives the streams of the registry, in its order, of the sources asked for", async () => {
  const names = new Set(streams.map(({ source }) => source));
  assert.deepEqual(await streamsOf(names), streams);
  for (const name of names) {
    assert.deepEqual(
      await streamsOf(new Set([name])),
      streams.filter(({ source }) => source === name),
    );
  }
  assert.deepEqual(await streamsOf(new Set()), []);
});
