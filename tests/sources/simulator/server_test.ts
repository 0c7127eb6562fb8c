/** The simulator on the loopback interface, as `fetch` sees it. */

import assert from "node:assert/strict";
import { runningClock, standingClock } from "../../../pipeline/sources/simulator/clock.ts";
import { demoNow } from "../../../pipeline/sources/simulator/demo_person.ts";
import { startSimulator } from "../../../pipeline/sources/simulator/server.ts";

Deno.test("startSimulator() serves both APIs on a free port and logs what was asked", async () => {
  const simulator = await startSimulator();
  try {
    assert.match(simulator.baseUrl, /^http:\/\/127\.0\.0\.1:\d+$/);
    const headers = { authorization: `Bearer ${simulator.issue("google-health").accessToken}` };
    const filter = 'heart_rate.sample_time.civil_time >= "2026-10-06"';
    const query = new URLSearchParams({ filter, pageSize: "5" });
    const points = `/v4/users/me/dataTypes/heart-rate/dataPoints:reconcile?${query}`;
    const google = await fetch(`${simulator.googleUrl}${points}`, { headers });
    await google.text();
    const heart = "/1/user/-/activities/heart/date/2026-10-07/1d/1sec.json";
    const fitbit = await fetch(`${simulator.fitbitUrl}${heart}`);
    await fitbit.text();
    assert.deepEqual(
      simulator.requests.map(({ at, api, kind, method, day, status, faults }) => ({
        at,
        api,
        kind,
        method,
        day,
        status,
        faults,
      })),
      [
        {
          at: demoNow,
          api: "google-health",
          kind: "data",
          method: "GET",
          day: "2026-10-06",
          status: 200,
          faults: [],
        },
        {
          at: demoNow,
          api: "fitbit-web",
          kind: "data",
          method: "GET",
          day: "2026-10-07",
          status: 400,
          faults: [],
        },
      ],
    );
    assert.ok(!JSON.stringify(simulator.requests).includes(headers.authorization.slice(7)));
  } finally {
    await simulator.stop();
  }
  await assert.rejects(fetch(simulator.baseUrl));
});

Deno.test("a connection that is cut reaches the client as an error of the body", async () => {
  const simulator = await startSimulator({ faults: [{ fault: "cut-connection" }] });
  try {
    const headers = { authorization: `Bearer ${simulator.issue("fitbit-web").accessToken}` };
    const path = "/1/user/-/activities/heart/date/2026-10-07/1d/1sec.json";
    const answer = await fetch(`${simulator.fitbitUrl}${path}`, { headers });
    assert.equal(answer.status, 200);
    await assert.rejects(answer.text(), TypeError);
  } finally {
    await simulator.stop();
  }
});

Deno.test("startSimulator() fails when the port is taken", async () => {
  const simulator = await startSimulator();
  try {
    const port = Number(new URL(simulator.baseUrl).port);
    await assert.rejects(startSimulator({ port }), Deno.errors.AddrInUse);
  } finally {
    await simulator.stop();
  }
});

Deno.test("runningClock() begins where it is told and runs as fast as it is told", () => {
  const real = standingClock(5_000);
  const clock = runningClock(demoNow, 60, real);
  assert.equal(clock.now(), demoNow);
  real.advance(1000);
  assert.equal(clock.now(), demoNow + 60_000);
});
