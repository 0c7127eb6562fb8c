import assert from "node:assert/strict";
import { inHouse } from "../support/house.ts";

Deno.test("deno task schedule takes an empty variable for one that is not set", async () => {
  await inHouse(async (house) => {
    house.env.set("HOME", "/home/me");
    house.env.set("EVERYSECOND_CONFIG", "");
    house.env.set("XDG_CONFIG_HOME", "");
    const { results } = await house.run("schedule", "--with", "cron");
    assert.match(results, /\* \* \* /);
    assert.doesNotMatch(results, /_CONFIG/);
  });
});
