/** The simulator read by Python's `fitbit` package, which was written for the real service. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { startSimulator } from "../../pipeline/sources/simulator/server.ts";
import { pythonMissing, pythonWith, run } from "./installs.ts";

const intraday = z.object({
  "activities-heart": z.tuple([z.object({ value: z.unknown() })]),
  "activities-heart-intraday": z.object({
    dataset: z.array(z.object({ time: z.string(), value: z.int() })),
  }),
});

const printed = z.object({
  profile: z.object({ user: z.object({ encodedId: z.string(), timezone: z.string() }) }),
  devices: z.array(z.object({ type: z.string(), lastSyncTime: z.string() })),
  unbounded: intraday,
  bounded: intraday,
  series: z.object({ "activities-heart": z.array(z.object({ dateTime: z.string() })) }),
  wrong: z.tuple([z.string(), z.string(), z.null()]),
  limited: z.tuple([z.string(), z.string(), z.int()]),
  refreshed: z.array(z.object({ refresh_token: z.string() })),
});

Deno.test({
  name: `python-fitbit logs in, reads a day at 1sec and refreshes a token${pythonMissing}`,
  ignore: pythonMissing !== "",
  async fn() {
    const python = await pythonWith("fitbit==0.3.1");
    const simulator = await startSimulator({
      fitbit: { endMinuteInclusive: true },
      // At the first call for data, and so the client has to refresh.
      faults: [{ fault: "expired-token", day: "2026-10-06", first: 1 }],
    });
    try {
      const script = fileURLToPath(new URL("fitbit_python_client.py", import.meta.url));
      const { clientId, clientSecret } = simulator.fitbit;
      const day = "2026-10-06";
      const text = await run(
        python,
        [script, simulator.fitbitUrl, clientId, clientSecret, day],
        // The client insists on https otherwise.
        { OAUTHLIB_INSECURE_TRANSPORT: "1", PYTHONUTF8: "1" },
      );
      const found = printed.parse(JSON.parse(text));

      const { time_ms, bpm } = simulator.truthOf(day);
      const truth = Array.from(time_ms, (time, i) => ({
        time: new Date(time + 7_200_000).toISOString().slice(11, 19),
        value: bpm[i],
      }));
      assert.deepEqual(found.unbounded["activities-heart-intraday"].dataset, truth);
      assert.deepEqual(found.bounded["activities-heart-intraday"].dataset, truth);
      const mean = bpm.reduce((sum, value) => sum + value, 0) / bpm.length;
      assert.equal(found.bounded["activities-heart"][0].value, String(Number(mean.toFixed(2))));
      assert.equal(found.series["activities-heart"].length, 7);
      assert.deepEqual(found.profile.user, { encodedId: "9SIM42", timezone: "Europe/Berlin" });
      assert.deepEqual(
        found.devices.map(({ type, lastSyncTime }) => [type, lastSyncTime]),
        [["SCALE", "2026-11-07T12:59:00.000"], ["TRACKER", "2026-11-07T13:00:00.000"]],
      );
      assert.equal(found.refreshed.length, 1);
      assert.deepEqual(found.wrong.slice(0, 2), [
        "HTTPBadRequest",
        "Invalid time series resource path: /activities/superjump",
      ]);
      assert.deepEqual(found.limited, ["HTTPTooManyRequests", "Too Many Requests", 3600]);
    } finally {
      await simulator.stop();
    }
  },
});
