/** A night that has just ended, which the Fitbit Web API still works on when it is asked for. */

import assert from "node:assert/strict";
import { inHouse } from "../support/house.ts";
import { partRows } from "../support/parts.ts";
import { statusOf, streamStatus } from "../support/status.ts";

const day = "2026-11-05";
const fetchSleep = [
  ...["fetch", "--source", "fitbit-web", "--only", "sleep,sleep_stage"],
  ...["--from", "2026-11-01", "--to", day],
] as const;

Deno.test("a night in work is waited for a little, then young and no failure, and had later", async () => {
  await inHouse(async (house) => {
    const [night] = house.simulator.truthRows("fitbit-web", "sleep", day);
    const woken = Date.parse(String(night?.["end_time"]));
    // The watch hands the night over within a quarter of an hour; the service works on it for one.
    house.later(new Date(woken + 16 * 60_000).toISOString());

    const [command, ...argv] = fetchSleep;
    const early = await house.run(command, ...argv);
    assert.equal(early.code, 0, early.said);
    assert.match(early.said, /^No answer yet for sleep of .*: The service is still working on/m);
    assert.match(early.said, /^Not ready yet: sleep .*: the next run asks again$/m);
    assert.equal(house.dataRequests, 3);
    const before = await streamStatus(house, "sleep");
    assert.deepEqual([before.days.failed, before.days.young > 0], [0, true]);
    assert.deepEqual(before.failures.map(({ pending }) => pending), [true]);
    assert.equal((await statusOf(house)).code, 0);
    assert.match((await house.run("status")).results, /Not ready yet: fitbit-web sleep of .*still/);

    house.later(3_600_000);
    await house.must(command, ...argv);
    await house.must("transform");
    assert.deepEqual((await streamStatus(house, "sleep")).failures, []);
    const dates = (await partRows(house.root, "sleep", day)).map(({ date }) => date);
    assert.ok(dates.includes(day), dates.join());
  }, { person: { zones: [{ from: null, timeZone: "Europe/Berlin" }] } });
});
