/** `deno task demo`: the whole way once, with a made-up person behind a local server. */

import type { Effects } from "../effects.ts";
import { type ExitCode, exitCode } from "../errors.ts";
import { defaultSettleDays } from "../fetch/settle.ts";
import { defaultParticipant } from "../layout.ts";
import { openDataRoot } from "../raw/data_root.ts";
import { googleHealthSource } from "../sources/google_health/client.ts";
import { googleOAuth } from "../sources/google_health/oauth.ts";
import { googleHealthScopes } from "../sources/google_health/streams.ts";
import { authorize, visitWithoutBrowser } from "../sources/oauth.ts";
import { standingClock } from "../sources/simulator/clock.ts";
import { demoFirstDay, demoLastDay, demoNow } from "../sources/simulator/demo_person.ts";
import { type SimulatorServer, startSimulator } from "../sources/simulator/server.ts";
import type { LiveSource } from "../sources/source.ts";
import { storedToken } from "../sources/stored_token.ts";
import { LoginMemory } from "../sources/token_file.ts";
import { aggregateAndTell } from "./aggregate.ts";
import type { Command } from "./command.ts";
import { demoClosing } from "./demo_closing.ts";
import { fetchAndTell } from "./fetch.ts";
import { talkThatWaits, tokenHttp } from "./live.ts";
import { reportAndTell } from "./report.ts";
import { transformAndTell } from "./transform.ts";

export const demo: Command = {
  spec: {
    name: "demo",
    about: "Goes the whole way once, with nothing to register: a local server that behaves like " +
      "Google's,\nwith a made-up person behind it, is logged in to and asked for 30 days, which " +
      "become tables and a report.\nWrites to data/demo only. A second run finds nothing to do.",
    options: [],
    defaultRoot: "data/demo",
  },
  withoutSettings: true,
  async run({ root, effects: real }) {
    // The demo's present stands still but for the waits, so that everybody gets the same files.
    const present = standingClock(demoNow);
    const clock = {
      now: () => present.now(),
      sleep: (ms: number) => Promise.resolve(present.advance(ms)),
    };
    const server = await startSimulator({ clock: present });
    try {
      const { talk, onWait } = talkThatWaits(real.talk);
      const effects: Effects = { ...real, clock, talk };
      talk.say(`A simulated Google Health API answers at ${server.googleUrl}`);
      const source = await logIn(server, effects, onWait);
      using data = openDataRoot(root, "demo", effects);
      const codes: ExitCode[] = [
        await fetchAndTell(
          source,
          { participant: defaultParticipant, from: () => demoFirstDay, to: () => demoLastDay },
          data,
          effects,
        ),
        await transformAndTell(data, { only: [], force: false, csv: false }, effects),
        await aggregateAndTell(data, effects),
      ];
      await reportAndTell(data, effects, {
        participant: defaultParticipant,
        embedFrom: undefined,
        settleDays: defaultSettleDays,
      });
      for (const line of await demoClosing(data, effects.files)) talk.result(line);
      return codes.find((code) => code !== exitCode.done) ?? exitCode.done;
    } finally {
      await server.stop();
    }
  },
};

/** Logs in as a person would, but for the browser: the simulator's consent page always agrees. */
async function logIn(
  server: SimulatorServer,
  effects: Effects,
  onWait: ReturnType<typeof talkThatWaits>["onWait"],
): Promise<LiveSource> {
  const { fetch, clock, signal } = effects;
  const key = {
    source: "google-health",
    participant: defaultParticipant,
    api_url: server.googleUrl,
  };
  const http = tokenHttp(effects);
  const logins = new LoginMemory();
  logins.save(
    await authorize({
      key,
      endpoints: googleOAuth(server.googleUrl),
      clientId: server.google.clientId,
      clientSecret: server.google.clientSecret,
      scopes: googleHealthScopes,
      redirectUri: `${server.googleUrl}/done`,
      visit: visitWithoutBrowser(fetch),
      http,
      clock,
    }),
  );
  const token = storedToken(logins, key, http, clock);
  return googleHealthSource({ baseUrl: server.googleUrl, token, fetch, clock, signal, onWait });
}
