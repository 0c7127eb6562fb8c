/**
 * The night, the body, intake, clinical records and devices of a month: what the server gives, read
 * by our own streams, equals what it says it measured, value for value.
 */

import assert from "node:assert/strict";
import { tableNamed } from "../../../pipeline/catalog.ts";
import { addDays, type Day, daysBetween } from "../../../pipeline/day.ts";
import { type Manifest, manifestSchema } from "../../../pipeline/raw/manifest.ts";
import { bodyStreams } from "../../../pipeline/sources/google_health/body_streams.ts";
import { clinicalStreams } from "../../../pipeline/sources/google_health/clinical_streams.ts";
import { googleDevices } from "../../../pipeline/sources/google_health/devices.ts";
import { googleRhythmBeats } from "../../../pipeline/sources/google_health/rhythm_beats.ts";
import { googleRhythmProfile } from "../../../pipeline/sources/google_health/rhythm_profile.ts";
import { googleRestingHeartRate } from "../../../pipeline/sources/google_health/flatten_resting_heart_rate.ts";
import { intakeStreams } from "../../../pipeline/sources/google_health/intake_streams.ts";
import { vitalsStreams } from "../../../pipeline/sources/google_health/vitals_streams.ts";
import {
  demoFirstDay,
  demoLastDay,
  demoNow,
  demoPerson,
} from "../../../pipeline/sources/simulator/demo_person.ts";
import { standingClock } from "../../../pipeline/sources/simulator/clock.ts";
import { createSimulator, type Simulator } from "../../../pipeline/sources/simulator/simulator.ts";
import type { Json } from "../../../pipeline/sources/simulator/json.ts";
import type { Stream } from "../../../pipeline/sources/source.ts";
import { arrange } from "../../../pipeline/transform/arrange.ts";
import { type PlainRow, plainRows } from "../../support/rows.ts";
import { ask, at, list, pointsPath } from "./ask.ts";

const after = addDays(demoLastDay, 1);

/** The filter of each kind of type for the whole month. */
function filterOf(name: string): string {
  const type = name.replaceAll("-", "_");
  if (name === "electrocardiogram") return `${type}.interval.start_time >= "2026-09-30T00:00:00Z"`;
  const member = name.startsWith("daily-")
    ? "date"
    : /-log$|-notification$/.test(name)
    ? "interval.civil_start_time"
    : "sample_time.civil_time";
  return `${type}.${member} >= "${demoFirstDay}" AND ${type}.${member} < "${after}"`;
}

/** The bodies of all pages of a question. */
async function pages(simulator: Simulator, name: string): Promise<Json[]> {
  const token = simulator.issue("google-health").accessToken;
  const verb = clinicalStreams.some((stream) => stream.name === name) ? "list" : "reconcile";
  const bodies: Json[] = [];
  for (let pageToken = "";;) {
    const parameters = { filter: filterOf(name), pageSize: "10000", prettyPrint: "false" };
    const path = pointsPath(
      name,
      pageToken === "" ? parameters : { ...parameters, pageToken },
      verb,
    );
    const answer = await ask(simulator, path, { token });
    assert.equal(answer.status, 200, answer.text);
    bodies.push(answer.json ?? null);
    pageToken = String(at(answer.json, "nextPageToken") ?? "");
    if (pageToken === "") return bodies;
  }
}

function manifestOf(stream: Stream, first_day: Day): Manifest {
  return manifestSchema.parse({
    format: 1,
    participant: "me",
    source: "google-health",
    stream: stream.name,
    first_day,
    last_day: demoLastDay,
    sha256: "0".repeat(64),
    bytes: 0,
    received_at: new Date(demoNow).toISOString(),
    asked_at: new Date(demoNow).toISOString(),
    synced_to: null,
    empty: false,
    origin: [],
    clock: { kind: "local", time_zone: "Europe/Berlin", evidence: "test" },
  });
}

/** The rows that the transform stage makes of a document, as plain values. */
function rowsOf(stream: Stream, document: Json, firstDay: Day = demoFirstDay): PlainRow[] {
  const table = tableNamed(stream.table);
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const flattened = stream.flatten(bytes, manifestOf(stream, firstDay));
  assert.deepEqual(Object.fromEntries(flattened.unknown), {}, stream.name);
  const window = { first: demoFirstDay, last: "2026-11-07" };
  const { columns, conflicts } = arrange(table, [flattened], window);
  assert.equal(conflicts, 0);
  return plainRows(table, columns);
}

const streams = [
  googleRestingHeartRate,
  ...vitalsStreams,
  ...bodyStreams,
  ...intakeStreams,
  ...clinicalStreams,
  googleRhythmBeats,
];

for (const stream of streams) {
  Deno.test(`${stream.name} of a month gives the rows of ${stream.table} it measured`, async () => {
    const simulator = createSimulator();
    const truth = daysBetween(demoFirstDay, demoLastDay)
      .flatMap((day) => simulator.truthRows("google-health", stream.table, day));
    assert.ok(truth.length > 0);
    assert.deepEqual(rowsOf(stream, await pages(simulator, stream.name)), truth);
  });
}

Deno.test("pairedDevices gives the devices as they are on the day they are asked", async () => {
  const simulator = createSimulator();
  const token = simulator.issue("google-health").accessToken;
  const answer = await ask(simulator, "/v4/users/me/pairedDevices?pageSize=100", { token });
  const today = "2026-11-07";
  const truth = simulator.truthRows("google-health", "device", today);
  assert.equal(truth.length, 2);
  assert.deepEqual(rowsOf(googleDevices, [answer.json ?? null], today), truth);
});

Deno.test("irnProfile says how things stand on the day it is asked, and needs its own scope", async () => {
  const simulator = createSimulator();
  const asked = async (token: string) => await ask(simulator, "/v4/users/me/irnProfile", { token });
  const { json } = await asked(simulator.issue("google-health").accessToken);
  const today = "2026-11-07";
  const truth = simulator.truthRows("google-health", "irregular_rhythm_profile", today);
  assert.equal(truth.length, 1);
  assert.deepEqual(rowsOf(googleRhythmProfile, [json ?? null], today), truth);
  // False is left out of the answer.
  assert.equal(at(json, "enrollmentStatus"), undefined);
  const scope = "https://www.googleapis.com/auth/googlehealth.profile.readonly";
  const refused = await asked(simulator.issue("google-health", [scope]).accessToken);
  assert.equal(refused.status, 403);
});

Deno.test("the month holds what clients trip over", () => {
  const simulator = createSimulator();
  const rows = (table: string) =>
    daysBetween(demoFirstDay, demoLastDay)
      .flatMap((day) => simulator.truthRows("google-health", table, day));
  const some = (table: string, column: string, value: unknown) =>
    rows(table).some((row) => row[column] === value);
  assert.ok(some("skin_temperature", "relative_c", null), "nights without a baseline");
  assert.ok(some("breathing_rate_by_stage", "rem_breaths_per_min", null), "a stage too short");
  assert.ok(some("heart_rate_variability", "sdnn_ms", null));
  assert.ok(some("ecg", "utc_offset_s", 0), "a reading without its offset");
  assert.ok(some("irregular_rhythm", "positive", null), "a false that is left out");
  assert.ok(some("nutrition", "food_id", null), "a food that was typed in");
  const weighedTwice = daysBetween(demoFirstDay, demoLastDay)
    .filter((day) => simulator.truthRows("google-health", "weight", day).length > 1);
  assert.ok(weighedTwice.length > 0);
  assert.ok(rows("hydration").every((row) => Number(row["entry_id"]) > 2 ** 53));
  // No night on the charger, none on the day the watch lay at home.
  for (const day of [...demoPerson.unwornDays, ...demoPerson.unwornNights]) {
    assert.deepEqual(simulator.truthRows("google-health", "daily_spo2", day), [], day);
  }
});

Deno.test("a baseline that is not known yet is the text NaN", async () => {
  const [page] = await pages(createSimulator(), "daily-sleep-temperature-derivations");
  const payload = "dailySleepTemperatureDerivations";
  const first = list(page, "dataPoints").at(-1);
  assert.equal(at(first, payload, "baselineTemperatureCelsius"), "NaN");
  assert.equal(at(first, payload, "relativeNightlyStddev30dCelsius"), "NaN");
});

Deno.test("values of a day appear a day late, those of a night once it was synced", async () => {
  const asked = async (now: string, name: string) => {
    const simulator = createSimulator({ clock: standingClock(Date.parse(now)) });
    const bodies = await pages(simulator, name);
    return bodies.flatMap((body) => list(body, "dataPoints")).length;
  };
  // The night to 6 October, in Berlin.
  const evening = "2026-10-06T21:00:00Z";
  const nextMorning = "2026-10-07T01:00:00Z";
  const name = "daily-oxygen-saturation";
  assert.equal(await asked(nextMorning, name), await asked(evening, name) + 1);
  const duringTheNight = await asked("2026-10-06T02:00:00Z", "oxygen-saturation");
  assert.ok(await asked(evening, "oxygen-saturation") > duringTheNight + 300);
});
