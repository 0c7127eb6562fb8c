/** docs/first-steps.md, played from its first line to its last. */

import assert from "node:assert/strict";
import { inTemporaryFolder } from "../support/effects.ts";
import { House } from "../support/house.ts";
import { savedAnswer, writeArchive } from "../support/takeout_of.ts";
import { assertShown, played, sessionsOf } from "../support/transcript.ts";
import { doublyEncoded } from "../generate/saved_answers.ts";

const page = Deno.readTextFileSync(new URL("../../docs/first-steps.md", import.meta.url));

/** What lies in the home of somebody who takes their first steps. */
async function furnish(home: string, house: House): Promise<void> {
  const downloads = `${home}/Downloads`;
  await Deno.mkdir(downloads, { recursive: true });
  await writeArchive(
    `${downloads}/takeout-20261107T120000Z-001.zip`,
    house.simulator,
    ["2026-10-24", "2026-10-25", "2026-10-26"],
  );
  const { clientId, clientSecret } = house.simulator.google;
  await Deno.writeTextFile(
    `${downloads}/client_secret_anna.json`,
    JSON.stringify({ installed: { client_id: clientId, client_secret: clientSecret } }),
  );
  await Deno.mkdir(`${home}/fitbit`);
  for (const day of ["2026-10-03", "2026-10-04"]) {
    await Deno.writeTextFile(
      `${home}/fitbit/HR${day}.json`,
      doublyEncoded(await savedAnswer(house.simulator, day)),
    );
  }
}

const sections = page.split(/^## /m).slice(1)
  .map((section) => ({ title: section.split("\n")[0] ?? "", sessions: sessionsOf(section) }))
  .filter(({ sessions }) => sessions.length > 0);

Deno.test("docs/first-steps.md goes all three ways", () => {
  const answers = sections.flatMap(({ sessions }) => sessions.flat())
    .flatMap((line) => /^Your choice, 1 to 4: (\d)$/.exec(line)?.[1] ?? []);
  assert.deepEqual(answers.toSorted(), ["1", "2", "3"]);
});

for (const { title, sessions } of sections) {
  Deno.test(`docs/first-steps.md shows what happens: ${title}`, async () => {
    await inTemporaryFolder(async (home) => {
      const house = new House(`${home}/everysecond/data`);
      house.env.set("HOME", home);
      house.env.delete("EVERYSECOND_GOOGLE_HEALTH_TOKEN");
      await furnish(home, house);
      for (const session of sessions) assertShown(await played(session, house, home), session);
    });
  });
}
