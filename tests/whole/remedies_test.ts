/** The troubles of the real world, through the whole program: each is met with what to do about it. */

import assert from "node:assert/strict";
import type { FaultName } from "../../pipeline/sources/simulator/faults/catalogue.ts";
import { remedyOf, type TroubleName } from "../../pipeline/troubles.ts";
import { inHouse } from "../support/house.ts";

const struck = "2026-10-06";

/** Faults at the server, struck on one day. */
const atServer: readonly (readonly [FaultName, TroubleName])[] = [
  ["html-200", "captive-portal"],
  ["503-unavailable", "server-trouble"],
  ["429-without-retry-after", "quota"],
  ["truncated-json", "broken-answer"],
  ["service-disabled", "api-not-enabled"],
  ["account-not-linked", "account-not-linked"],
  ["permission-denied", "permission-withdrawn"],
  ["scope-missing", "scope-missing"],
];

for (const [fault, trouble] of atServer) {
  Deno.test(`${fault} is met with what to do about ${trouble}`, async () => {
    await inHouse(async (house) => {
      house.simulator.faults.add({ fault, day: struck });
      const days = ["--from", struck, "--to", struck, "--only", "heart_rate"];
      const { code, said } = await house.run("fetch", ...days);
      assert.notEqual(code, 0);
      const remedy = remedyOf(trouble, { service: "google-health" });
      assert.ok(said.includes(remedy), `${said}\nlacks: ${remedy}`);
    });
  });
}

/** What the machine says before any server is reached; see tests/troubles_test.ts for the words. */
const onTheWay: readonly (readonly [string, TroubleName])[] = [
  ["client error (Connect): dns error: failed to lookup address information", "no-network"],
  ["client error (Connect): invalid peer certificate: certificate expired", "wrong-clock"],
  ["client error (Connect): invalid peer certificate: UnknownIssuer", "untrusted-certificate"],
  ["client error (Connect): proxy authentication required", "proxy-login"],
  ["error reading a body from connection", "broken-connection"],
];

for (const [words, trouble] of onTheWay) {
  Deno.test(`"${words}" is met with what to do about ${trouble}`, async () => {
    await inHouse(async (house) => {
      const failing = () =>
        Promise.reject(new TypeError("fetch failed", { cause: new Error(words) }));
      const { code, said } = await house.runWith({ fetch: failing }, "fetch");
      assert.equal(code, 3);
      assert.match(said, /GET \/v4\/users\/me\/identity/);
      assert.ok(said.includes(remedyOf(trouble)), said);
      assert.equal(house.ledger((ledger) => ledger.documents().length), 0);
    });
  });
}
