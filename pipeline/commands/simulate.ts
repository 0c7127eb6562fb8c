/** `deno task simulate`: the simulator alone, for one's own client. */

import { isDay } from "../day.ts";
import { exitCode, reasonOf, UsageError } from "../errors.ts";
import { runningClock } from "../sources/simulator/clock.ts";
import { demoNow, demoPerson, personOf } from "../sources/simulator/demo_person.ts";
import { startSimulator } from "../sources/simulator/server.ts";
import { faults } from "../sources/simulator/faults/catalogue.ts";
import { type FaultRule, parseFaultRule } from "../sources/simulator/faults/rules.ts";
import type { Command } from "./command.ts";

export const simulate: Command = {
  spec: {
    name: "simulate",
    about: "Serves the Google Health API and the Fitbit Web API of a made-up person on this " +
      "machine,\nfor this program or any other client. Prints its base address; Ctrl-C ends it.\n" +
      `Faults are switched on as "500-burst:every=7 wrong-day:day=2026-10-05": ` +
      `${Object.keys(faults).join(", ")}.`,
    options: [
      { name: "port", value: "N", about: "Port to listen on (default: any free one)" },
      { name: "seed", value: "S", about: `Another person (default: ${demoPerson.seed})` },
      {
        name: "since",
        value: "DAY",
        about: `First day of data (default: ${demoPerson.memberSince})`,
      },
      { name: "now", value: "DAY", about: "The day its present begins on (default: 2026-11-07)" },
      { name: "speed", value: "N", about: "How many times as fast its clock runs (default: 1)" },
      { name: "consent-page", about: "Show the consent pages, in place of agreeing at once" },
      { name: "faults", value: "RULES", about: "Faults to show, with blanks between" },
    ],
  },
  withoutSettings: true,
  async run({ given, effects }) {
    const { talk, signal, clock } = effects;
    const now = given.text("now");
    const since = given.text("since");
    const consent = given.flag("consent-page") ? "ask" : "allow";
    const port = whole("port", given.text("port") ?? "0", 65_535);
    const server = await startSimulator({
      google: { consent },
      fitbit: { consent },
      port,
      person: {
        ...personOf(whole("seed", given.text("seed") ?? `${demoPerson.seed}`, 2 ** 31 - 1)),
        memberSince: since === undefined ? demoPerson.memberSince : dayText("since", since),
      },
      clock: runningClock(
        now === undefined ? demoNow : Date.parse(`${dayText("now", now)}T12:00:00Z`),
        whole("speed", given.text("speed") ?? "1", 1_000_000),
        clock,
      ),
      faults: faultRulesOf(given.text("faults") ?? ""),
      sleep: (ms) => clock.sleep(ms, signal),
    }).catch((error) => {
      throw notListening(error, port);
    });
    talk.result(server.baseUrl);
    talk.say(
      [
        "A token for each API, good for its usual time:",
        `  EVERYSECOND_GOOGLE_HEALTH_TOKEN=${server.issue("google-health").accessToken}`,
        `  EVERYSECOND_FITBIT_WEB_TOKEN=${server.issue("fitbit-web").accessToken}`,
        `Client of the Google API: ${server.google.clientId} with ${server.google.clientSecret}`,
        `Client of the Fitbit API: ${server.fitbit.clientId} with ${server.fitbit.clientSecret}`,
        "Ctrl-C ends it",
      ].join("\n"),
    );
    await aborted(signal);
    await server.stop();
    return exitCode.done;
  },
};

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  else signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}

/** What to say when the port cannot be had; anything else is thrown as it is. */
function notListening(error: unknown, port: number): unknown {
  const isRefused = error instanceof Deno.errors.AddrInUse ||
    error instanceof Deno.errors.PermissionDenied;
  return isRefused
    ? new UsageError(
      `Cannot listen on port ${port}: ${reasonOf(error)}`,
      "Give another --port, or none: then any free one is taken",
    )
    : error;
}

function whole(option: string, text: string, max: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= max) return number;
  throw new UsageError(`Cannot use --${option} ${text}: expected a whole number up to ${max}`);
}

function dayText(option: string, text: string): string {
  if (isDay(text)) return text;
  throw new UsageError(`Cannot read --${option} "${text}" as a day: expected 2026-11-07`);
}

function faultRulesOf(text: string): FaultRule[] {
  try {
    return text.split(" ").filter((rule) => rule !== "").map(parseFaultRule);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(error.message, "deno task simulate --help shows how faults are written");
  }
}
