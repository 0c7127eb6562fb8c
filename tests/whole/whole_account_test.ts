/** A whole Google account: every table it gives, fetched through faults, value for value. */

import assert from "node:assert/strict";
import { tables, type TableSpec } from "../../pipeline/catalog.ts";
import { daysBetween } from "../../pipeline/day.ts";
import { googleHealthLive } from "../../pipeline/sources/google_health/streams.ts";
import { tablesOf } from "../../pipeline/sources/registry.ts";
import { demoFirstDay, demoLastDay } from "../../pipeline/sources/simulator/demo_person.ts";
import type { FaultRule } from "../../pipeline/sources/simulator/faults/rules.ts";
import { truths } from "../../pipeline/sources/simulator/truth.ts";
import { type House, inHouse } from "../support/house.ts";
import { partRows } from "../support/parts.ts";
import { assertServed, tablesFedBy } from "../support/served.ts";
import { spring, springDay } from "../support/spring.ts";

const month = daysBetween(demoFirstDay, demoLastDay);
const span = ["--from", demoFirstDay, "--to", demoLastDay] as const;

/** The tables that data types of the Google Health API feed. */
const fed = new Set(tablesFedBy("google-health").map(({ name }) => name));

/** Fed tables without rows in the account, and why. */
const withoutRows: Readonly<Record<string, string>> = {
  ecg: "asked only with --only",
  irregular_rhythm: "asked only with --only",
  irregular_rhythm_beat: "asked only with --only",
  irregular_rhythm_profile: "asked only with --only",
  profile: "asked only with --only",
  exercise_track: "asked only with --only",
  device: "there is no asking what was paired on days gone by",
  food: "asked only with --only",
  food_measurement_unit: "asked only with --only",
  basal_calories: "no account was seen to have any",
};

const faults: readonly FaultRule[] = [
  { fault: "429-without-retry-after", every: 17 },
  { fault: "500-burst", every: 29 },
  { fault: "502-html", every: 31 },
  { fault: "504-large-page", every: 23 },
  { fault: "empty-first-page", every: 2 },
  { fault: "shuffled-keys", every: 3 },
  { fault: "unsorted-points", every: 2 },
  { fault: "duplicate-points", every: 2 },
];

function tableOf(name: string): TableSpec {
  const table = tables.find((table) => table.name === name);
  assert.ok(table);
  return table;
}

/** The data types that were asked for, each once. */
function askedTypes({ simulator }: House): Set<string> {
  return new Set(
    simulator.requests.filter(({ kind }) => kind === "data")
      .map(({ path }) => path.split("/")[5] ?? path),
  );
}

Deno.test("the simulator tells the truth of every table that the Google Health API feeds", () => {
  const told = ["heart_rate", ...Object.keys(truths["google-health"])];
  assert.deepEqual(told.toSorted(), Array.from(fed).sort());
});

Deno.test("a month of the whole account, through faults, is in its tables as it was served", async () => {
  await inHouse(async (house) => {
    // So many faults at once that some windows fail: they are named, and had by the next run.
    const first = await house.run("fetch", ...span);
    assert.equal(first.code, 3, first.said);
    assert.match(first.said, /^Failed: /m);
    await house.must("fetch", ...span);
    await house.must("transform");

    for (const table of tables) {
      const expected = fed.has(table.name) && !(table.name in withoutRows);
      const rows = await assertServed(house, "google-health", table, expected ? month : []);
      assert.equal(rows > 0, expected, `${table.name} has ${rows} rows`);
    }

    const asked = house.dataRequests;
    assert.match((await house.must("fetch", ...span)).said, /nothing is due/);
    assert.deepEqual(house.files.calls, []);
    assert.equal(house.dataRequests, asked);
    assert.match((await house.must("transform")).said, /up to date/);
    assert.deepEqual(house.files.calls, []);
  }, { faults });
});

Deno.test("--only asks for what its tables need, clinical ones included", async () => {
  await inHouse(async (house) => {
    const only = [
      ...["basal_calories", "ecg", "exercise_track", "irregular_rhythm", "irregular_rhythm_beat"],
      "nutrient",
    ];
    await house.must("fetch", "--only", only.join(), ...span);
    await house.must("transform");
    assert.deepEqual(
      Array.from(askedTypes(house)).sort(),
      [
        "basal-energy-burned",
        "electrocardiogram",
        "exercise",
        "irregular-rhythm-notification",
        "nutrition-log",
      ],
    );
    for (const name of only) {
      assert.ok(await assertServed(house, "google-health", tableOf(name), month) > 0, name);
    }
  }, { google: { basalEnergy: true } });
});

Deno.test("a day of 23 hours is whole, also where the service counts in windows of UTC", async () => {
  await inHouse(async (house) => {
    const only = ["calories", "calories_in_heart_rate_zone", "steps"];
    // The days beside it too: none of their hours is taken for one of its own.
    await house.must(
      ...["fetch", "--only", only.join(), "--from", "2026-03-28", "--to", "2026-03-30"] as const,
    );
    await house.must("transform");
    for (const name of only) {
      const days = daysBetween("2026-03-28", "2026-03-30");
      assert.ok(await assertServed(house, "google-health", tableOf(name), days) > 0, name);
    }
    const minutes = await partRows(house.root, "calories", springDay);
    const hours = minutes.map((row) => {
      const wall = Date.parse(String(row["time"])) + Number(row["utc_offset_s"]) * 1000;
      return new Date(wall).toISOString().slice(0, 13);
    });
    const expected = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"))
      .filter((hour) => hour !== "02");
    assert.deepEqual([...new Set(hours)], expected.map((hour) => `${springDay}T${hour}`));
  }, spring);
});

Deno.test("the README says what the plan says of a year of everything", async () => {
  await inHouse(async (house) => {
    const { results } = await house.must("plan", "--from", "2025-11-08");
    const [cost] = /\d[\d,]* requests, .* GB$/m.exec(results) ?? [];
    assert.ok(cost !== undefined, results);
    const readme = await Deno.readTextFile(new URL("../../README.md", import.meta.url));
    assert.ok(readme.replaceAll("\n", " ").includes(cost), cost);
  }, { person: { memberSince: "2025-11-08" } });
});

Deno.test("plan asks for nothing but the account, and says why days are due", async () => {
  await inHouse(async (house) => {
    await house.must("fetch", "--only", "steps", "--from", "2026-10-20", "--to", "2026-11-04");
    const asked = house.dataRequests;
    const { results } = await house.must("plan", "--only", "steps", "--from", "2026-10-20");
    assert.equal(house.dataRequests, asked);
    // Young until a week after their end: the last five of those that were fetched.
    assert.match(results, /^stream +documents +days never +days young +requests +size$/m);
    assert.match(results, /^steps +8 +3 +5 +8 /m);
    assert.match(results, /^At most \d+ requests, \d+ s under the quota, about [\d.]+ MB$/m);
  });
});

Deno.test("ECG readings of years are walked once, and later only from the year that is due", async () => {
  await inHouse(async (house) => {
    const ecg = tableOf("ecg");
    const walks = () =>
      house.simulator.requests.filter(({ path, query }) =>
        path.includes("electrocardiogram") && !query.includes("pageToken")
      ).length;
    const fetch = () => house.must("fetch", "--only", "ecg", "--from", "2024-11-01");
    await fetch();
    await house.must("transform");
    assert.equal(walks(), 1);
    for (const year of ["2024", "2025", "2026"]) {
      const days = daysBetween(`${year}-01-01`, `${year}-12-31`)
        .filter((day) => day >= "2024-11-01" && day <= "2026-11-07");
      assert.ok(await assertServed(house, "google-health", ecg, days) > 0, year);
    }

    house.later(86_400_000);
    await fetch();
    assert.equal(walks(), 2);
    await house.must("transform");
    assert.deepEqual(
      house.ledger((ledger) => ledger.documents()).map(({ first_day, last_day }) =>
        `${first_day} ${last_day}`
      ),
      ["2024-01-01 2026-11-07", "2026-01-01 2026-11-08"],
    );
    await assertServed(house, "google-health", ecg, daysBetween("2026-01-01", "2026-11-08"));
  }, { person: { memberSince: "2024-11-01" } });
});

Deno.test("--skip leaves out what feeds its tables alone", async () => {
  await inHouse(async (house) => {
    const skipped = ["nutrition", "sleep", "sleep_stage", "heart_rate"];
    const day = ["--from", "2026-10-05", "--to", "2026-10-05"];
    await house.must("fetch", "--skip", skipped.join(), ...day);
    const expected = googleHealthLive
      .filter(({ onRequest, window }) => onRequest !== true && window !== "today")
      // A document of nutrition feeds nutrient too, which is wanted.
      .filter((stream) => !tablesOf(stream).every((table) => skipped.includes(table)))
      .map(({ name }) => name);
    assert.deepEqual(Array.from(askedTypes(house)).sort(), expected.sort());
    assert.ok(expected.includes("nutrition-log"));
  });
});

Deno.test("devices are those of today, and are not asked for of days gone by", async () => {
  await inHouse(async (house) => {
    const device = tableOf("device");
    const past = await house.must("fetch", "--only", "device", ...span);
    assert.match(past.said, /nothing is due/);
    await house.must("fetch", "--only", "device");
    await house.must("transform");
    assert.equal(await assertServed(house, "google-health", device, ["2026-11-07"]), 2);

    // They belong to the day they were asked for, also when the answer came after its end.
    house.later("2026-11-08T22:59:00Z");
    let answered = 0;
    const { code } = await house.runWith(
      {
        fetch: async (input, init) => {
          const response = await house.simulator.handle(new Request(input, init));
          // Four answers tell whose account it is.
          if (++answered === 5) house.clock.ms += 120_000;
          return response;
        },
      },
      "fetch",
      "--only",
      "device",
      "--from",
      "2026-11-08",
    );
    assert.equal(code, 0);
    await house.must("transform");
    const dates = (await partRows(house.root, "device", "2026-11-08")).map(({ date }) => date);
    assert.deepEqual(dates, ["2026-11-07", "2026-11-07", "2026-11-08", "2026-11-08"]);
  });
});

Deno.test("what the account says of the person is told of today, and only asked for by name", async () => {
  await inHouse(async (house) => {
    const only = ["irregular_rhythm_profile", "profile"];
    const asked = () =>
      house.simulator.requests.filter(({ path }) => path.endsWith("/irnProfile")).length;
    await house.must("fetch", "--from", demoLastDay);
    assert.equal(asked(), 0);
    await house.must("fetch", "--only", only.join());
    assert.equal(asked(), 1);
    await house.must("transform");
    for (const name of only) {
      const rows = await assertServed(house, "google-health", tableOf(name), ["2026-11-07"]);
      assert.equal(rows, 1, name);
    }
  });
});

Deno.test("foods and their units are those of today, a catalogue only asked for by name", async () => {
  await inHouse(async (house) => {
    const only = ["food", "food_measurement_unit"];
    assert.match(
      (await house.must("fetch", "--only", only.join(), ...span)).said,
      /nothing is due/,
    );
    await house.must("fetch", "--only", only.join());
    assert.deepEqual(Array.from(askedTypes(house)).sort(), ["food", "food-measurement-unit"]);
    await house.must("transform");
    for (const name of only) {
      const rows = await assertServed(house, "google-health", tableOf(name), ["2026-11-07"]);
      assert.equal(rows, 2, name);
    }
  });
});

Deno.test("what a login does not allow is named with the reason, and the rest goes on", async () => {
  await inHouse(async (house) => {
    const allowed = ["activity_and_fitness", "profile", "settings", "sleep"].map((name) =>
      `https://www.googleapis.com/auth/googlehealth.${name}.readonly`
    );
    const token = house.simulator.issue("google-health", allowed).accessToken;
    house.env.set("EVERYSECOND_GOOGLE_HEALTH_TOKEN", token);
    const day = ["--from", "2026-10-05", "--to", "2026-10-05"];
    const { code, said } = await house.run("fetch", ...day);
    assert.equal(code, 3, said);
    const { documents } = house.ledger((ledger) => ({ documents: ledger.documents() }));
    const had = new Set(documents.map(({ stream }) => stream));
    for (const { name, scope, onRequest, window } of googleHealthLive) {
      if (onRequest === true || window === "today") continue;
      assert.equal(had.has(name), allowed.includes(scope), name);
      const reason = new RegExp(
        `^Left out ${name}: The login lacks the scope for GET .*deno task login google-health$`,
        "m",
      );
      assert.equal(reason.test(said), !allowed.includes(scope), `${name}\n${said}`);
    }
  });
});
