/** Two processes in one data root: one wins and comes to its end, the other says who has it. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { ledgerFile } from "../../pipeline/layout.ts";
import { createSimulator, type Simulator } from "../../pipeline/sources/simulator/simulator.ts";
import { inTemporaryFolder } from "../support/effects.ts";
import { assertTruth, House, present } from "../support/house.ts";
import { type Ended, type Running, start } from "../support/process.ts";
import { writeArchive } from "../support/takeout_of.ts";

const now = Date.parse(present);
const day = "2026-10-05";

/** A service that keeps its answers back until it is told to give them. */
class HeldService {
  readonly simulator: Simulator = createSimulator({ clock: { now: () => now } });
  /** Resolves at the first request. */
  readonly asked = Promise.withResolvers<void>();
  readonly #open = Promise.withResolvers<void>();
  readonly #listening = Promise.withResolvers<Deno.NetAddr>();
  readonly #server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: this.#listening.resolve,
  }, async (request) => {
    this.asked.resolve();
    await this.#open.promise;
    return await this.simulator.handle(request);
  });

  release(): void {
    this.#open.resolve();
  }

  async fetching(root: string): Promise<Running> {
    const { port } = await this.#listening.promise;
    return start({
      commands: [[
        "fetch",
        "--from",
        day,
        "--to",
        day,
        "--only",
        "heart_rate,resting_heart_rate",
        "--data",
        root,
      ]],
      now,
      env: {
        EVERYSECOND_GOOGLE_HEALTH_URL: `http://127.0.0.1:${port}`,
        EVERYSECOND_GOOGLE_HEALTH_TOKEN: this.simulator.issue("google-health").accessToken,
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
    await this.#server.shutdown();
  }
}

function assertLocked(ended: Ended, holder: Running): void {
  assert.equal(ended.code, 5, ended.said);
  assert.match(
    ended.said,
    new RegExp(`holds the data root.*: fetch, process ${holder.pid}, since`),
  );
}

Deno.test("whoever comes second ends with 5 and names the first, which goes on", async () => {
  await inTemporaryFolder(async (folder) => {
    await using service = new HeldService();
    const house = new House(`${folder}/data`);
    const first = await service.fetching(house.root);
    await service.asked.promise;
    const second = await service.fetching(house.root);
    assertLocked(await second.ended, first);
    const transforming = start({ commands: [["transform", "--data", house.root]], now });
    assertLocked(await transforming.ended, first);
    service.release();
    const { code, said } = await first.ended;
    assert.equal(code, 0, said);
    await house.must("transform");
    await assertTruth(house, day, "google-health");
  });
});

Deno.test("of two that start together exactly one wins, whichever it is", async () => {
  for (let attempt = 0; attempt < 6; attempt++) {
    await inTemporaryFolder(async (folder) => {
      await using service = new HeldService();
      const house = new House(`${folder}/data`);
      const [a, b] = [await service.fetching(house.root), await service.fetching(house.root)];
      const loser = await Promise.race([a.ended.then(() => a), b.ended.then(() => b)]);
      const winner = loser === a ? b : a;
      const lost = await loser.ended;
      assert.equal(lost.code, 5, lost.said);
      // The holder may not have written its name yet; if it has, it is the right one.
      assert.match(
        lost.said,
        new RegExp(`holds the data root "[^"]+"(\\n|: fetch, process ${winner.pid},)`),
      );
      service.release();
      const { code, said } = await winner.ended;
      assert.equal(code, 0, said);
      await house.must("transform");
      await assertTruth(house, day, "google-health");
    });
  }
});

Deno.test("a killed run holds nothing: the next one begins at once", async () => {
  await inTemporaryFolder(async (folder) => {
    await using service = new HeldService();
    const house = new House(`${folder}/data`);
    const first = await service.fetching(house.root);
    await service.asked.promise;
    first.kill();
    assert.ok((await first.ended).killed);
    const second = await service.fetching(house.root);
    service.release();
    const { code, said } = await second.ended;
    assert.equal(code, 0, said);
  });
});

Deno.test("looking while a run is under way disturbs neither", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = new House(`${folder}/data`);
    const days = Array.from({ length: 24 }, (_, i) => `2026-10-${String(i + 1).padStart(2, "0")}`)
      .filter((each) => each !== "2026-10-08");
    await writeArchive(`${folder}/takeout.zip`, house.simulator, days);
    const commands = [["import", `${folder}/takeout.zip`], ["transform", "--csv"], ["aggregate"]];
    const running = start({
      commands: commands.map((argv) => [...argv, "--data", house.root]),
      now,
    });
    await running.begun;
    let over = false;
    running.ended.finally(() => over = true);
    let looks = 0;
    while (!over) {
      const { code, said } = await house.run("status", "--json");
      if (code === 0) looks++;
      else assert.match(said, /There is no ledger/);
      // Gives the events of the child a turn.
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const { code, said } = await running.ended;
    assert.equal(code, 0, said);
    assert.ok(looks > 10, `only ${looks} looks`);
  });
});

Deno.test("a run waits for somebody who is reading the ledger", async () => {
  await inTemporaryFolder(async (folder) => {
    const house = new House(`${folder}/data`);
    await house.must(
      "fetch",
      "--from",
      day,
      "--to",
      day,
      "--only",
      "heart_rate,resting_heart_rate",
    );
    const reader = new DatabaseSync(`${house.root}/${ledgerFile}`, { readOnly: true });
    const rows = reader.prepare("select * from document").iterate();
    rows.next();
    const running = start({ commands: [["transform", "--data", house.root]], now });
    await running.begun;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    rows.return?.();
    reader.close();
    const { code, said } = await running.ended;
    assert.equal(code, 0, said);
    await assertTruth(house, day, "google-health");
  });
});
