/**
 * Every fault the simulator knows, through the whole program: while it lasts nothing passes for an
 * empty day and the person is told what failed; once it is over the next run makes good.
 */

import assert from "node:assert/strict";
import { addDays } from "../../pipeline/day.ts";
import type { DayState } from "../../pipeline/fetch/settle.ts";
import type { ApiName } from "../../pipeline/sources/simulator/api.ts";
import {
  type FaultName,
  faults,
  isFaultName,
} from "../../pipeline/sources/simulator/faults/catalogue.ts";
import { treeOf } from "../support/effects.ts";
import { assertTruth, type House, inHouse } from "../support/house.ts";
import { statusOf, streamStatus } from "../support/status.ts";

/** The day that is struck, and one before it that is not. */
const struck = "2026-10-06";
const spared = "2026-10-05";

/** What a struck run must come to. */
interface Expected {
  readonly code: number;
  /** What the struck day is; `settled` is for answers that come through whole. */
  readonly state: DayState;
  readonly said: RegExp;
}

const comesThrough: Expected = { code: 0, state: "settled", said: /^Fetched / };
const fails = (said: RegExp): Expected => ({ code: 3, state: "failed", said });
/** The whole run ends: the day is still to be asked. */
const ends = (code: number, said: RegExp): Expected => ({ code, state: "never", said });

const request: Readonly<Record<ApiName, string>> = {
  "google-health": "GET /v4/users/me/dataTypes/heart-rate/dataPoints:reconcile",
  "fitbit-web": "GET /1/user/-/activities/heart/date/2026-10-06/1d/1sec.json",
};

const both = (expected: (request: string) => Expected) => ({
  "google-health": expected(escaped(request["google-health"])),
  "fitbit-web": expected(escaped(request["fitbit-web"])),
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Every fault there is; a new one has to be added here. Documents put aside have their own test. */
const catalogue: Readonly<
  Record<
    Exclude<FaultName, "missing-field" | "wrong-type">,
    Partial<Record<ApiName, Expected>>
  >
> = {
  "429-with-retry-after": both((get) =>
    fails(new RegExp(`Cannot get ${get}.*: refused \\d times for too many requests`))
  ),
  "429-without-retry-after": both((get) =>
    fails(new RegExp(`Cannot get ${get}.*: refused \\d times for too many requests`))
  ),
  "500-burst": both((get) => fails(new RegExp(`Cannot get ${get}.*: answered 500.*4 attempts`))),
  "502-html": both((get) => fails(new RegExp(`${get}.*: answered 502.*DOCTYPE.*4 attempts`))),
  "503-unavailable": both((get) => fails(new RegExp(`${get}.*: answered 503.*4 attempts`))),
  "504-large-page": { "google-health": comesThrough },
  "html-200": both((get) => fails(new RegExp(`${get}.*: expected JSON, got .*DOCTYPE`))),
  "gone-410": {
    "fitbit-web": ends(3, /ended on 2026-11-02 and answers 410.*\n.*--source google-health/),
  },
  "scope-missing": {
    "google-health": ends(3, /Left out heart-rate: .*lacks the scope.*heart-rate/),
    "fitbit-web": ends(3, /Left out activities\/heart\/1sec: .*lacks the scope/),
  },
  "permission-denied": {
    "google-health": ends(4, /does not let this login read the data \(GET .*heart-rate.*\)/),
    "fitbit-web": ends(3, /Left out activities\/heart\/1sec: .*does not serve/),
  },
  "service-disabled": {
    "google-health": ends(2, /not enabled in the Google Cloud project.*\n.*press Enable/),
  },
  "account-not-linked": { "google-health": ends(4, /not linked to Fitbit or Google Health/) },
  "expired-token": both(() => ends(4, /access token in EVERYSECOND_.*_TOKEN is not accepted/)),
  "revoked-consent": both(() => ends(4, /access token in EVERYSECOND_.*_TOKEN is not accepted/)),
  "wrong-day": both(() => fails(/Asked for 2026-10-06, but .* 2026-10-07/)),
  "empty-first-page": { "google-health": comesThrough },
  "repeated-page-token": {
    "google-health": fails(/Cannot get all pages of .*heart-rate.* repeats the token/),
  },
  "duplicate-points": both(() => comesThrough),
  "unsorted-points": both(() => comesThrough),
  "unknown-field": both(() => comesThrough),
  "shuffled-keys": both(() => comesThrough),
  "truncated-json": both((get) => fails(new RegExp(`${get}.*: expected JSON, got \\d+ bytes`))),
  "empty-body": both((get) => fails(new RegExp(`${get}.*: expected JSON, got nothing`))),
  "cut-connection": both((get) => fails(new RegExp(`Cannot get ${get}.*was cut.*4 attempts`))),
  "slow": both(() => comesThrough),
};

const heartRateStream: Readonly<Record<ApiName, string>> = {
  "google-health": "heart-rate",
  "fitbit-web": "activities/heart/1sec",
};

async function fetchBoth(house: House, api: ApiName) {
  return await house.run(
    "fetch",
    "--only",
    "heart_rate",
    "--source",
    api,
    "--from",
    spared,
    "--to",
    struck,
  );
}

/** What the ledger makes of a day: never more than one of the states. */
async function stateOf(house: House, api: ApiName): Promise<DayState> {
  const found = house.ledger((ledger) => ({
    documents: ledger.documents({ source: api, stream: heartRateStream[api] }),
    failures: ledger.failures({ source: api, stream: heartRateStream[api] }),
  }));
  const document = found.documents.find((row) => row.first_day === struck);
  const failure = found.failures.find((row) => row.first_day === struck);
  assert.ok(document === undefined || failure === undefined, "answered and failed at once");
  assert.ok(document?.empty !== 1, "an error passes for an empty day");
  if (found.documents.length > 0 || found.failures.length > 0) {
    const { days } = await streamStatus(house, heartRateStream[api]);
    assert.equal(days.empty, 0, "status shows an empty day");
  }
  return failure !== undefined ? "failed" : document === undefined ? "never" : "settled";
}

for (const [name, expectations] of Object.entries(catalogue)) {
  assert.ok(isFaultName(name));
  for (const api of ["google-health", "fitbit-web"] as const) {
    const expected = expectations[api];
    if (expected === undefined) continue;
    Deno.test(`${name} at ${api}: the day is ${expected.state}, and good when it is over`, async () => {
      await inHouse(async (house) => {
        house.simulator.faults.add({ fault: name, day: struck });
        const ran = await fetchBoth(house, api);
        const struckRequests = house.simulator.requests.filter((each) => each.faults.length > 0);
        assert.ok(struckRequests.length > 0, "the fault did not strike");
        assert.equal(ran.code, expected.code, ran.said);
        assert.match(ran.said, expected.said);
        assert.equal(await stateOf(house, api), expected.state);
        if (expected.state === "failed") {
          assert.match(ran.said, new RegExp(`Failed: .*${heartRateStream[api]} ${struck}`));
          const { failures } = await streamStatus(house, heartRateStream[api]);
          assert.deepEqual(failures.map((failure) => failure.first_day), [struck]);
          assert.equal((await statusOf(house)).code, 3);
        }
        const kept = await treeOf(`${house.root}/raw`);

        house.simulator.faults.clear();
        house.later(60_000);
        const again = await fetchBoth(house, api);
        assert.equal(again.code, 0, again.said);
        assert.equal(await stateOf(house, api), "settled");
        await house.must("transform");
        for (const day of [spared, struck]) await assertTruth(house, day, api);
        assert.equal((await statusOf(house)).code, 0);
        const raw = await treeOf(`${house.root}/raw`);
        for (const [path, digest] of kept) assert.equal(raw.get(path), digest, path);
      });
    });
  }
}

Deno.test("the table of faults is the simulator's whole catalogue", () => {
  const here = [...Object.keys(catalogue), "missing-field", "wrong-type"];
  assert.deepEqual(here.sort(), Object.keys(faults).sort());
});

/** Broken documents: a day that is asked again anyhow, and one that was final when it was asked. */
const broken = [
  { day: "2026-11-05", state: "young" },
  { day: struck, state: "failed" },
] as const;

for (const fault of ["missing-field", "wrong-type"] as const) {
  for (const api of ["google-health", "fitbit-web"] as const) {
    for (const { day, state } of broken) {
      Deno.test(`${fault} at ${api}, ${state}: put aside and named, the rest goes on, and it heals`, async () => {
        await inHouse(async (house) => {
          const days = ["--source", api, "--from", addDays(day, -1), "--to", day];
          house.simulator.faults.add({ fault, day });
          await house.must("fetch", "--only", "heart_rate", ...days);

          const transformed = await house.run("transform");
          assert.equal(transformed.code, 3, transformed.said);
          const path = `raw/me/${api}/${heartRateStream[api]}/${day}.json.zst`;
          assert.match(
            transformed.said,
            new RegExp(`Put aside ${escaped(path)}: .*(value|beatsPerMinute)`),
          );
          await assertTruth(house, addDays(day, -1), api);
          const status = await statusOf(house);
          assert.equal(status.code, 3);
          const aside = status.tables.flatMap(({ put_aside }) => put_aside);
          assert.ok(aside.every((each) => each.path === path) && aside.length > 0);
          const { days: states } = await streamStatus(house, heartRateStream[api]);
          assert.ok(states[state] > 0 && states.settled + states.young + states.failed >= 2);
          // The document is kept as it came, and is no damage.
          await house.must("verify");
          await house.must("aggregate");
          const asItCame = await treeOf(`${house.root}/raw`);

          house.simulator.faults.clear();
          house.later(3_600_000);
          const { said } = await house.must("fetch", "--only", "heart_rate", ...days);
          assert.match(said, /1 changed/);
          await house.must("transform");
          await assertTruth(house, day, api);
          assert.equal((await statusOf(house)).code, 0);
          const beside = Array.from(await treeOf(`${house.root}/raw`))
            .filter(([file]) => file.includes("~") && file.endsWith(".zst"));
          assert.deepEqual(
            beside.map(([, digest]) => digest),
            [asItCame.get(path.slice("raw/".length))],
            "the earlier answer is kept beside",
          );
        });
      });
    }
  }
}

Deno.test("a final answer that stays unreadable is asked for once more, then ever more rarely", async () => {
  await inHouse(async (house) => {
    house.simulator.faults.add({ fault: "missing-field", day: struck });
    await fetchBoth(house, "google-health");
    await house.run("transform");
    const struckPages = () =>
      house.simulator.requests.filter(({ faults }) => faults.length > 0).length;
    const aFetch = struckPages();

    const asked: boolean[] = [];
    for (const hours of [1, 1, 24, 24, 24, 72, 24]) {
      house.later(hours * 3_600_000);
      const before = struckPages();
      await fetchBoth(house, "google-health");
      assert.ok([0, aFetch].includes(struckPages() - before));
      asked.push(struckPages() > before);
    }
    assert.deepEqual(asked, [true, false, true, false, true, false, true]);
    // Nothing was kept twice, and the day counts as failed all the time.
    assert.equal(Array.from(await treeOf(`${house.root}/raw`)).length, 4);
    const { days } = await streamStatus(house, "heart-rate");
    assert.deepEqual([days.settled, days.failed], [1, 1]);
  });
});

Deno.test("unknown fields are kept, counted and reported, and are no error", async () => {
  await inHouse(async (house) => {
    house.simulator.faults.add({ fault: "unknown-field", day: struck });
    await fetchBoth(house, "google-health");
    const { said } = await house.must("transform");
    const points = house.simulator.truthOf(struck).time_ms.length.toLocaleString("en-GB");
    assert.match(said, /1 field that nobody here knows yet/);
    assert.match(said, new RegExp(`heart-rate: dataPoints\\[\\]\\.mood: ${points} times`));
  });
});

Deno.test("when even the account cannot be read, nothing is recorded and the request is named", async () => {
  const atAccount: readonly FaultName[] = [
    "429-without-retry-after",
    "500-burst",
    "502-html",
    "503-unavailable",
    "html-200",
    "truncated-json",
    "empty-body",
    "cut-connection",
  ];
  const first = {
    "google-health": /GET \/v4\/users\/me\/identity/,
    "fitbit-web": /GET \/1\/user\/-\/profile\.json/,
  };
  for (const fault of atAccount) {
    for (const api of ["google-health", "fitbit-web"] as const) {
      await inHouse(async (house) => {
        house.simulator.faults.add({ fault });
        const ran = await fetchBoth(house, api);
        assert.equal(ran.code, 3, `${fault}: ${ran.said}`);
        assert.match(ran.said, first[api]);
        assert.equal(house.files.writes, 0);
        assert.equal(house.ledger((ledger) => ledger.documents().length), 0);
        assert.equal(house.dataRequests, 0);
      });
    }
  }
});

Deno.test("a service that stays down is not asked for every day, and what is left is counted", async () => {
  await inHouse(async (house) => {
    const days = ["--from", "2026-10-01", "--to", "2026-10-10"];
    for (const day of ["2026-10-10", "2026-10-09", "2026-10-08"]) {
      house.simulator.faults.add({ fault: "503-unavailable", day });
    }
    const ran = await house.run("fetch", "--only", "heart_rate", ...days);
    assert.equal(ran.code, 3);
    assert.match(ran.said, /Stopped after 3 failures in a row/);
    assert.match(ran.said, /Not asked yet: 7 documents/);
    house.simulator.faults.clear();
    await house.must("fetch", "--only", "heart_rate", ...days);
    const { days: states } = await streamStatus(house, "heart-rate");
    assert.deepEqual([states.settled, states.empty, states.failed], [9, 1, 0]);
  });
});

Deno.test("through a storm of passing faults every second still comes", async () => {
  await inHouse(async (house) => {
    for (
      const [fault, every] of [
        ["429-without-retry-after", 5],
        ["500-burst", 11],
        ["502-html", 7],
        ["truncated-json", 6],
        ["cut-connection", 9],
        ["html-200", 13],
      ] as const
    ) house.simulator.faults.add({ fault, every });
    for (const api of ["google-health", "fitbit-web"] as const) {
      // A storm can take a day down; the next runs bring it.
      let code = 3;
      for (let run = 0; run < 10 && code === 3; run++) code = (await fetchBoth(house, api)).code;
      assert.equal(code, 0, api);
    }
    house.simulator.faults.clear();
    await house.must("transform");
    for (const day of [spared, struck]) await assertTruth(house, day, "google-health");
  });
});
