/** `deno task demo`: the whole way once, with a made-up person behind a local server. */

import type { Effects, Files } from "../effects.ts";
import { type ExitCode, exitCode } from "../errors.ts";
import { day } from "../aggregate/catalog.ts";
import type { Column } from "../columns.ts";
import { dayOfNumber } from "../day.ts";
import { aggregateFile, defaultParticipant } from "../layout.ts";
import { type DataRoot, openDataRoot } from "../raw/data_root.ts";
import { googleHealthSource } from "../sources/google_health/client.ts";
import { googleOAuth } from "../sources/google_health/oauth.ts";
import { googleHealthScopes } from "../sources/google_health/streams.ts";
import { authorize, visitWithoutBrowser } from "../sources/oauth.ts";
import { standingClock } from "../sources/simulator/clock.ts";
import { demoFirstDay, demoLastDay, demoNow } from "../sources/simulator/demo_person.ts";
import { type SimulatorServer, startSimulator } from "../sources/simulator/server.ts";
import { readColumns } from "../read_columns.ts";
import type { LiveSource } from "../sources/source.ts";
import { storedToken } from "../sources/stored_token.ts";
import { LoginMemory } from "../sources/token_file.ts";
import { byteSize, grouped, textTable } from "../terminal/table.ts";
import { aggregateAndTell } from "./aggregate.ts";
import type { Command } from "./command.ts";
import { fetchAndTell } from "./fetch.ts";
import { talkThatWaits, tokenHttp } from "./live.ts";
import { transformAndTell } from "./transform.ts";

/** Days in the table at the end. */
const daysShown = 7;

export const demo: Command = {
  spec: {
    name: "demo",
    about: "Goes the whole way once, with nothing to register: a local server that behaves like " +
      "Google's,\nwith a made-up person behind it, is logged in to and asked for 30 days, which " +
      "become tables.\nWrites to data/demo only. A second run finds nothing to do.",
    options: [],
  },
  defaultRoot: "data/demo",
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
      for (const line of await closing(data, effects.files)) talk.result(line);
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

/** What a person sees at the end: the last days, where everything is, and what to do next. */
async function closing(data: DataRoot, files: Files): Promise<string[]> {
  const { root, ledger } = data;
  const path = aggregateFile("day", defaultParticipant, `year=${demoLastDay.slice(0, 4)}`);
  const { rows, columns } = await readColumns(day, files.read(`${root}/${path}`), path);
  const first = Math.max(0, rows - daysShown);
  const shown = Array.from({ length: rows - first }, (_, index) => first + index);
  const parts = ledger.parts();
  const of = (table: string) => parts.filter((part) => part.table_name === table);
  const heartRates = of("heart_rate");
  const samples = heartRates.reduce((sum, part) => sum + part.rows, 0);
  const bytes = heartRates.reduce((sum, part) => sum + part.bytes, 0);
  return [
    "",
    `The last ${daysShown} of 30 days of a made-up person:`,
    "",
    ...textTable(
      ["day", "samples", "minutes worn", "mean bpm", "min", "max", "resting bpm"],
      shown.map((row) => [
        dayOfNumber(numberAt(columns["date"], row) ?? 0),
        numberAt(columns["heart_rate_n"], row),
        numberAt(columns["heart_rate_covered_minutes"], row),
        oneDecimal(numberAt(columns["heart_rate_mean_bpm"], row)),
        numberAt(columns["heart_rate_min_bpm"], row),
        numberAt(columns["heart_rate_max_bpm"], row),
        oneDecimal(numberAt(columns["resting_heart_rate_bpm"], row)),
      ]),
    ),
    "",
    `${grouped(samples)} samples of heart rate in ${byteSize(bytes)} of Parquet.`,
    "",
    "Where it is:",
    `  ${root}/raw         what was received, byte for byte`,
    `  ${root}/tables      every second, a file a day`,
    `  ${root}/aggregates  minutes, hours, days, weeks, months`,
    "",
    "What to do next:",
    "  deno task notebook                      look at it in Jupyter",
    "  deno task import takeout-*.zip          your own history, from Google Takeout",
    "  deno task import --timezone Europe/Berlin HR*.json    files saved from the old Fitbit API",
    "  deno task fetch --help                  your own days, from the Google Health API",
    "  deno task pipeline                      then make tables of what came in",
  ];
}

function numberAt(column: Column | undefined, row: number): number | undefined {
  if (column === undefined || column.type === "string" || column.valid?.[row] === 0) {
    return undefined;
  }
  return column.values[row];
}

function oneDecimal(value: number | undefined): string | undefined {
  return value?.toFixed(1);
}
