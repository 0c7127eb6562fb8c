/** A watch that hands its data over late: a day is not final before all of it can be there. */

import assert from "node:assert/strict";
import { treeOf } from "../support/effects.ts";
import { assertTruth, type House, inHouse } from "../support/house.ts";
import { streamStatus } from "../support/status.ts";

/** The demo's person was away from the phone from 2026-10-14 11:20 to 2026-10-16 21:05 UTC. */
const day = "2026-10-14";

const apis = [["google-health", "heart-rate"], ["fitbit-web", "activities/heart/1sec"]] as const;

/** Fetches the day and says what it came to, with how many requests for data. */
async function ask(house: House, api: string) {
  const before = house.dataRequests;
  const only = api === "google-health" ? "heart_rate,resting_heart_rate" : "heart_rate";
  const days = ["--from", day, "--to", day, "--only", only];
  const { said } = await house.must("fetch", "--source", api, ...days);
  const outcome = /(\d+) new documents, (\d+) changed, (\d+) as before/.exec(said)?.slice(1) ?? [];
  return { outcome: outcome.map(Number), requests: house.dataRequests - before };
}

/** The raw files of the day's heart rate but for manifests. */
async function answersOf(house: House, stream: string): Promise<Map<string, string>> {
  const tree = await treeOf(`${house.root}/raw`);
  return new Map(
    Array.from(tree).filter(([path]) => path.includes(`/${stream}/`) && path.endsWith(".zst")),
  );
}

Deno.test("a day stays young, is replaced when the watch syncs, and settles a week after its end", async () => {
  await inHouse(async (house) => {
    const state = async () => (await streamStatus(house, "heart-rate")).days;
    const { simulator } = house;

    assert.deepEqual((await ask(house, "google-health")).outcome, [2, 0, 0]);
    assert.equal((await state()).young, 1);
    await house.must("transform");
    await house.must("aggregate");
    await assertTruth(house, day, "google-health", { until: simulator.syncedTo() });
    const first = await answersOf(house, "heart-rate");
    assert.equal(first.size, 1);

    // A day later, and no sync in between: the same bytes, nothing is written anew.
    house.later("2026-10-16T12:00:00Z");
    await ask(house, "google-health");
    assert.deepEqual(await answersOf(house, "heart-rate"), first);

    // Back at the phone: the fuller answer takes the name, the earlier one stays beside it.
    house.later("2026-10-17T12:00:00Z");
    assert.equal((await ask(house, "google-health")).outcome[1], 2);
    const second = await answersOf(house, "heart-rate");
    const [path, digest] = Array.from(first)[0] ?? ["", ""];
    assert.equal(second.size, 2);
    assert.notEqual(second.get(path), digest);
    assert.ok(Array.from(second.values()).includes(digest));
    await house.must("transform");
    await house.must("aggregate");
    await assertTruth(house, day, "google-health");
    assert.equal((await state()).young, 1);

    // Seven days after the day has ended everywhere it is asked for the last time.
    house.later("2026-10-22T11:00:00Z");
    await ask(house, "google-health");
    assert.equal((await state()).young, 1);
    house.later("2026-10-22T12:30:00Z");
    await ask(house, "google-health");
    assert.equal((await state()).settled, 1);
    house.later("2026-10-30T12:00:00Z");
    assert.equal((await ask(house, "google-health")).requests, 0);
    assert.deepEqual(await answersOf(house, "heart-rate"), second);
  }, { now: "2026-10-15T12:00:00Z" });
});

for (const [api, stream] of apis) {
  Deno.test(`a day the watch has not synced past stays young at ${api}, however late`, async () => {
    await inHouse(async (house) => {
      await ask(house, api);
      assert.deepEqual((await streamStatus(house, stream)).days.young, 1);
      // Nothing can have changed as long as the watch has not synced: it is not asked again.
      house.later("2026-10-26T12:00:00Z");
      const heartRateBefore = await answersOf(house, stream);
      const requests = house.simulator.requests.length;
      await ask(house, api);
      const again = house.simulator.requests.slice(requests).filter((each) => each.day === day);
      assert.deepEqual(again, []);
      assert.deepEqual(await answersOf(house, stream), heartRateBefore);

      house.later("2026-11-01T12:00:00Z");
      const { outcome } = await ask(house, api);
      assert.ok((outcome[1] ?? 0) >= 1, "it was not asked again after the sync");
      assert.deepEqual((await streamStatus(house, stream)).days.settled, 1);
      await house.must("transform");
      await assertTruth(house, day, api);
    }, {
      now: "2026-10-25T12:00:00Z",
      person: {
        zones: [{ from: null, timeZone: "Europe/Berlin" }],
        offline: [{ from: "2026-10-14T11:20:00Z", to: "2026-10-31T09:00:00Z" }],
      },
    });
  });

  Deno.test(`a day without an answer yet is not empty at ${api} before the sync`, async () => {
    await inHouse(async (house) => {
      await ask(house, api);
      const { days } = await streamStatus(house, stream);
      assert.deepEqual([days.young, days.empty], [1, 0]);
      house.later("2026-11-01T12:00:00Z");
      await ask(house, api);
      await house.must("transform");
      await assertTruth(house, day, api);
    }, {
      now: "2026-10-25T12:00:00Z",
      person: {
        zones: [{ from: null, timeZone: "Europe/Berlin" }],
        offline: [{ from: "2026-10-13T11:20:00Z", to: "2026-10-31T09:00:00Z" }],
      },
    });
  });
}
