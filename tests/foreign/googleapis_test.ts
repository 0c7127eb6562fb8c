/** The simulator read by Google's own client, npm's `googleapis`. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { startSimulator } from "../../pipeline/sources/simulator/server.ts";
import { npmFolderWith, npmMissing, run } from "./installs.ts";

const heartPoint = z.object({
  dataSource: z.object({ platform: z.string() }).optional(),
  heartRate: z.object({
    sampleTime: z.object({ physicalTime: z.string(), utcOffset: z.string() }),
    beatsPerMinute: z.string(),
  }),
});

const walk = z.object({ points: z.array(heartPoint), pages: z.int() });

const printed = z.object({
  refreshed: z.boolean(),
  identity: z.object({ healthUserId: z.string() }),
  settings: z.object({ timeZone: z.string() }),
  profile: z.object({ membershipStartDate: z.object({ year: z.int() }) }),
  devices: z.array(z.object({ deviceType: z.string(), lastSyncTime: z.string() })),
  list: walk,
  reconcile: walk,
  resting: z.array(z.object({ dailyRestingHeartRate: z.object({ beatsPerMinute: z.string() }) })),
  rollUp: z.array(z.object({ heartRate: z.object({ beatsPerMinuteAvg: z.number() }) })),
  refusal: z.object({ status: z.int(), reason: z.unknown() }),
});

function samplesOf(points: readonly z.infer<typeof heartPoint>[]) {
  return points.map(({ heartRate: { sampleTime, beatsPerMinute } }) => [
    Date.parse(sampleTime.physicalTime),
    Number.parseInt(sampleTime.utcOffset),
    Number(beatsPerMinute),
  ]).reverse();
}

Deno.test({
  name: `googleapis logs in and reads every page of the day the clocks change${npmMissing}`,
  ignore: npmMissing !== "",
  async fn() {
    const folder = await npmFolderWith("googleapis@188.0.0");
    const simulator = await startSimulator();
    try {
      const script = fileURLToPath(new URL("googleapis_client.mjs", import.meta.url));
      const { clientId, clientSecret } = simulator.google;
      const [day, nextDay] = ["2026-10-25", "2026-10-26"];
      const text = await run("node", [
        script,
        folder,
        simulator.googleUrl,
        clientId,
        clientSecret,
        day,
        nextDay,
      ]);
      const found = printed.parse(JSON.parse(text));
      const { time_ms, utc_offset_s, bpm } = simulator.truthOf(day);
      const truth = Array.from(time_ms, (time, i) => [time, utc_offset_s[i], bpm[i]]);

      assert.ok(found.refreshed);
      assert.deepEqual(samplesOf(found.reconcile.points), truth);
      const watch = found.list.points.filter(({ dataSource }) => dataSource?.platform === "FITBIT");
      assert.deepEqual(samplesOf(watch), truth);
      assert.ok(found.list.pages > 2 && found.reconcile.pages > 2);
      assert.equal(
        found.resting[0]?.dailyRestingHeartRate.beatsPerMinute,
        String(simulator.restingTruthOf(day)?.bpm),
      );
      const mean = bpm.reduce((sum, value) => sum + value, 0) / bpm.length;
      assert.ok(Math.abs((found.rollUp[0]?.heartRate.beatsPerMinuteAvg ?? 0) - mean) < 1e-9);
      assert.equal(found.settings.timeZone, "Europe/Berlin");
      assert.equal(found.profile.membershipStartDate.year, 2026);
      const tracker = found.devices.find(({ deviceType }) => deviceType === "TRACKER");
      assert.equal(Date.parse(tracker?.lastSyncTime ?? ""), simulator.syncedTo());
      assert.equal(found.refusal.status, 400);
      assert.match(JSON.stringify(found.refusal.reason), /INVALID_DATA_POINT_FILTER/);
      assert.ok(simulator.requests.every(({ api }) => api === "google-health"));
    } finally {
      await simulator.stop();
    }
  },
});
