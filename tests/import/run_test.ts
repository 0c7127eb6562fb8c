import assert from "node:assert/strict";
import { UsageError } from "../../pipeline/errors.ts";
import { diskReader, type InputReader } from "../../pipeline/import/input_reader.ts";
import { importExitCode } from "../../pipeline/import/report.ts";
import { archiveEntries, type Generation } from "../generate/takeout_archive.ts";
import { tgzOf } from "../generate/tar_writer.ts";
import { jsonFiles, worn } from "../generate/wearer.ts";
import { zipOf } from "../generate/zip_writer.ts";
import { counts, Harness, outcomes } from "./harness.ts";

const berlin = [{ from: null, zone: "Europe/Berlin" }];
const times = worn("2026-01-01T23:00:00Z", "2026-01-03T23:00:00Z", 120);

function archive(generation: Generation, more: { csvOnly?: boolean; profileZone?: string } = {}) {
  return archiveEntries({ generation, times, lived: berlin, ...more });
}

const generations: readonly Generation[] = ["G1", "G2", "G3", "G4", "G4n", "G5", "G6"];

for (const generation of generations) {
  Deno.test(`runImport() keeps the members of a ${generation} archive byte for byte`, async () => {
    using harness = new Harness();
    const entries = archive(generation);
    const report = await harness.import([harness.file("export.zip", zipOf(entries))]);
    const taken = report.lines.filter(({ outcome }) => outcome === "taken");
    for (const { member, document } of taken) {
      const entry = entries.find(({ path }) => path === member);
      assert.deepEqual(harness.document(document?.path ?? ""), entry?.bytes);
      assert.equal(document?.path, `raw/me/takeout/export/${member}.zst`);
    }
    assert.equal(report.lines.length, entries.length);
    assert.deepEqual(harness.documents().length, taken.length);
    assert.ok(taken.length >= 3, `${taken.length}`);
    assert.equal(importExitCode(report), 0);
  });
}

Deno.test("runImport() gives each document its days, its clock and its origin", async () => {
  using harness = new Harness();
  await harness.import([harness.file("takeout-20260402T101112Z-1-001.zip", zipOf(archive("G6")))]);
  const found = Object.fromEntries(harness.told.map(({ path, manifest }) => [
    path.slice(path.lastIndexOf("/") + 1),
    [manifest.archive, manifest.stream, manifest.first_day, manifest.last_day, manifest.clock.kind],
  ]));
  const name = "takeout-20260402T101112Z-1";
  const [json, csv] = ["heart_rate-*.json", "heart_rate_*.csv"];
  assert.deepEqual(found, {
    "heart_rate-2026-01-02.json.zst": [name, json, "2026-01-02", "2026-01-02", "utc"],
    "heart_rate-2026-01-03.json.zst": [name, json, "2026-01-03", "2026-01-03", "utc"],
    "heart_rate_2026-01-01.csv.zst": [name, csv, "2026-01-02", "2026-01-02", "utc"],
    "heart_rate_2026-01-02.csv.zst": [name, csv, "2026-01-02", "2026-01-03", "utc"],
    "heart_rate_2026-01-03.csv.zst": [name, csv, "2026-01-03", "2026-01-03", "utc"],
    "resting_heart_rate-2020-01-01.json.zst": [
      name,
      "resting_heart_rate-*.json",
      "2020-01-02",
      "2020-01-03",
      "explicit",
    ],
    "daily_resting_heart_rate.csv.zst": [
      name,
      "daily_resting_heart_rate*.csv",
      "2026-01-02",
      "2026-01-03",
      "explicit",
    ],
  });
  for (const { path, manifest } of harness.told) {
    assert.deepEqual(harness.store.manifest(path), manifest);
    assert.equal(manifest.member, path.slice(`raw/me/takeout/${name}/`.length, -".zst".length));
    if (manifest.clock.kind === "utc") {
      assert.deepEqual(manifest.clock.offsets, [
        { from: null, offset_s: 3600, evidence: "heart-rate file bounds" },
      ]);
    }
  }
});

Deno.test("runImport() writes nothing when it is run again", async () => {
  using harness = new Harness();
  const path = harness.file("export.zip", zipOf(archive("G6", { profileZone: "Europe/Berlin" })));
  await harness.import([path]);
  const before = harness.told.splice(0);
  harness.written.length = 0;
  const report = await harness.import([path]);
  assert.deepEqual(harness.written, []);
  assert.deepEqual(counts(report.lines)["taken"], undefined);
  assert.deepEqual(harness.told, before);
  assert.equal(importExitCode(report), 0);
});

Deno.test("runImport() does the same in whatever order the parts are given, and unpacked", async () => {
  const entries = archive("G6");
  const half = Math.floor(entries.length / 2);
  const parts = [entries.slice(0, half), entries.slice(half)];
  const manifests: string[] = [];
  for (const order of [[0, 1], [1, 0]]) {
    using harness = new Harness();
    const paths = parts.map((part, n) =>
      harness.file(`takeout-20260402T101112Z-1-00${n + 1}.zip`, zipOf(part))
    );
    await harness.import(order.map((n) => paths[n] ?? ""));
    manifests.push(JSON.stringify(harness.told));
  }
  assert.equal(manifests[0], manifests[1]);
  using harness = new Harness();
  for (const { path, bytes } of entries) harness.file(`unpacked/${path}`, bytes);
  const report = await harness.import([`${harness.folder}/unpacked/`]);
  assert.equal(report.lines.length, entries.length);
  assert.equal(harness.told.length, 7);
  assert.ok(harness.told.every(({ manifest }) => manifest.archive === "unpacked"));
});

Deno.test("runImport() finds the archives that lie in a folder", async () => {
  using harness = new Harness();
  harness.file("downloads/takeout-20260402T101112Z-1-001.zip", zipOf(archive("G3")));
  harness.file("downloads/takeout-20260402T101112Z-2-001.tgz", "<html>");
  harness.file("downloads/notes.txt", "no data");
  const report = await harness.import([`${harness.folder}/downloads`]);
  const taken = report.lines.filter(({ outcome }) => outcome === "taken");
  assert.equal(taken.length, 3);
  const tgz = report.lines.find(({ input }) => input.endsWith(".tgz"));
  assert.match(tgz?.reason ?? "", /^the archive is damaged/);
});

Deno.test("runImport() takes single files as one archive", async () => {
  using harness = new Harness();
  const paths = jsonFiles(times, berlin).map(({ name, text }, n) =>
    harness.file(`${n}/${name}`, text)
  );
  const report = await harness.import(paths);
  assert.deepEqual(harness.documents(), [
    "raw/me/takeout/files/heart_rate-2026-01-02.json.zst",
    "raw/me/takeout/files/heart_rate-2026-01-03.json.zst",
  ]);
  assert.deepEqual(report.lines.map(({ input }) => input), paths);
});

Deno.test("runImport() cannot place heart rates without evidence, says so, and keeps them for later", async () => {
  using harness = new Harness();
  const path = harness.file("export.zip", zipOf(archive("G4", { csvOnly: true })));
  const report = await harness.import([path]);
  assert.deepEqual(outcomes(report.lines.filter(({ outcome }) => outcome === "failed")), [
    "failed Takeout/Fitbit/Physical Activity_GoogleData/heart_rate_2026-01-01.csv: kept, but not used yet: the wearer's offset from UTC is not known",
    "failed Takeout/Fitbit/Physical Activity_GoogleData/heart_rate_2026-01-02.csv: kept, but not used yet: the wearer's offset from UTC is not known",
    "failed Takeout/Fitbit/Physical Activity_GoogleData/heart_rate_2026-01-03.csv: kept, but not used yet: the wearer's offset from UTC is not known",
  ]);
  assert.equal(report.needsTimeZone, true);
  assert.equal(importExitCode(report), 3);
  assert.deepEqual(harness.told.map(({ path }) => path.split("/").at(-1)), [
    "daily_resting_heart_rate.csv.zst",
  ]);
  const again = await harness.import([path], { timeZone: "Europe/Berlin" });
  assert.equal(importExitCode(again), 0);
  assert.equal(harness.documents().length, 4);
  // Known once, it stays known.
  harness.written.length = 0;
  const third = await harness.import([path]);
  assert.deepEqual(harness.written, []);
  assert.equal(importExitCode(third), 0);
});

Deno.test("runImport() follows a zone that is given later", async () => {
  using harness = new Harness();
  const path = harness.file("export.zip", zipOf(archive("G3")));
  await harness.import([path]);
  harness.told.length = 0;
  harness.written.length = 0;
  const report = await harness.import([path], { timeZone: "Europe/Rome" });
  const clocks = harness.told.flatMap(({ manifest: { clock } }) =>
    clock.kind === "utc" ? clock.offsets : []
  );
  assert.deepEqual(clocks.map(({ evidence }) => evidence), [
    "--timezone Europe/Rome",
    "--timezone Europe/Rome",
  ]);
  assert.equal(counts(report.lines)["taken"], 2);
  const written = harness.written.filter((path) => path.startsWith("raw/"));
  assert.ok(written.every((path) => /\.(meta|clock)\.json$/.test(path)));
});

Deno.test("runImport() takes the rest when members are bad, and never writes outside", async () => {
  using harness = new Harness();
  const entries = archive("G3");
  const [first, second] = entries;
  assert.ok(first !== undefined && second !== undefined);
  const path = harness.file(
    "export.zip",
    zipOf([
      { ...first, crc: 1 },
      { ...second, path: `../../../../${second.path}` },
      ...entries.slice(1),
    ]),
  );
  const report = await harness.import([path]);
  assert.deepEqual(outcomes(report.lines.filter(({ outcome }) => outcome === "failed")), [
    "failed ../../../../Takeout/Fitbit/Global Export Data/heart_rate-2026-01-03.json: its path leads out of the archive",
    "failed Takeout/Fitbit/Global Export Data/heart_rate-2026-01-02.json: It is damaged: its checksum is not the one in the archive's directory",
  ]);
  assert.equal(counts(report.lines)["taken"], 2);
  assert.equal(importExitCode(report), 3);
  for (const path of harness.written) {
    assert.match(path, /^(raw\/me\/takeout\/export\/Takeout\/|import\/me\/export\.(json|csv)$)/);
  }
  const entriesThere = Array.from(Deno.readDirSync(harness.folder), ({ name }) => name).sort();
  assert.deepEqual(entriesThere, ["data", "export.zip"]);
});

Deno.test("runImport() reports inputs that are no archives and imports the others", async () => {
  using harness = new Harness();
  const good = zipOf(archive("G3"));
  const report = await harness.import([
    harness.file("cut.zip", good.slice(0, -40)),
    harness.file("good.zip", good),
    harness.file("page.zip", "<html>Log in</html>"),
    harness.file("photo.jpg", Uint8Array.of(0xff, 0xd8, 0xff)),
    harness.file("heart_rate-2026-01-09.json", "<html>Sorry</html>"),
    harness.file("heart_rate-2026-01-10.json", ""),
    harness.file("heart_rate_2026-01-10.csv", "timestamp,rmssd\n"),
    harness.file("heart_rate_2026-01-11.csv", "timestamp,beats per minute\n"),
  ]);
  assert.deepEqual(outcomes(report.lines.filter(({ outcome }) => outcome === "failed")), [
    "failed cut.zip: It cannot be read as a ZIP: it was cut short, its directory at the end is missing; download it again",
    `failed heart_rate-2026-01-09.json: It begins with "<html>Sorry</html>": expected a JSON array of samples`,
    "failed heart_rate-2026-01-10.json: It is empty: expected a JSON array of samples",
    `failed heart_rate_2026-01-10.csv: It begins with "timestamp,rmssd": expected a column "beats per minute"`,
    "failed page.zip: It cannot be read as a ZIP: it is a web page, perhaps that of a login",
    "failed photo.jpg: It is not text: expected UTF-8",
  ]);
  assert.equal(counts(report.lines)["taken"], 3);
  assert.equal(importExitCode(report), 3);
});

Deno.test("runImport() whatever of its inputs cannot be read any more: names it, keeps the rest, and the next run has all", async () => {
  const entries = archive("G5");
  const failing = (at: number) => {
    let calls = 0;
    const counted = <T>(call: () => T): T => {
      if (++calls === at) throw new Error("Input/output error (os error 5)");
      return call();
    };
    const reader: InputReader = {
      ...diskReader,
      size: (path) => counted(() => diskReader.size(path)),
      open(path) {
        const file = counted(() => diskReader.open(path));
        return { ...file, read: (from, length) => counted(() => file.read(from, length)) };
      },
    };
    return { reader, calls: () => calls };
  };
  const put = (harness: Harness) => {
    const [first, second, third, ...others] = entries;
    for (const { path, bytes } of [first, second].filter((entry) => entry !== undefined)) {
      harness.file(`folder/${path}`, bytes);
    }
    return [
      harness.file("part.zip", zipOf(others)),
      harness.file("part.tgz", tgzOf(third === undefined ? [] : [third])),
      `${harness.folder}/folder`,
    ];
  };
  using calm = new Harness();
  const watched = failing(0);
  await calm.import(put(calm), { reader: watched.reader });
  for (let at = 1; at <= watched.calls(); at++) {
    using harness = new Harness();
    const paths = put(harness);
    const report = await harness.import(paths, { reader: failing(at).reader });
    const named = report.lines.some(({ outcome, reason }) =>
      outcome === "failed" && reason?.includes("Input/output error") === true
    );
    // Unless it was read a second time, and went well then.
    if (!named) assert.deepEqual(harness.documents(), calm.documents(), `call ${at}`);
    await harness.import(paths);
    assert.deepEqual(harness.documents(), calm.documents(), `call ${at}`);
  }
});

Deno.test("runImport() keeps a file that ends in the middle, and says so", async () => {
  using harness = new Harness();
  const [day] = jsonFiles(times, berlin);
  const path = harness.file("heart_rate-2026-01-02.json", day?.text.slice(0, -50) ?? "");
  const report = await harness.import([path], { timeZone: "Europe/Berlin" });
  assert.deepEqual(outcomes(report.lines), [
    "taken heart_rate-2026-01-02.json: it ends in the middle; kept as it is",
  ]);
});

Deno.test("runImport() lets the fuller of two exports of one name count, in either order", async () => {
  const early = archiveEntries({
    generation: "G1",
    times: times.filter((at) => at < Date.parse("2026-01-03T12:00:00Z")),
    lived: berlin,
  });
  const late = archive("G1");
  for (const order of [[early, late], [late, early]]) {
    using harness = new Harness();
    const path = harness.file("MyFitbitData.zip", zipOf(order[0] ?? []));
    await harness.import([path]);
    harness.file("MyFitbitData.zip", zipOf(order[1] ?? []));
    const report = await harness.import([path]);
    const folder = "raw/me/takeout/MyFitbitData/MyFitbitData/Ada/user-site-export";
    const [, second, beside] = harness.documents().map((path) => path.slice(folder.length + 1));
    assert.equal(second, "heart_rate-2026-01-03.json.zst");
    assert.match(beside ?? "", /^heart_rate-2026-01-03~[0-9a-f]{12}\.json\.zst$/);
    const fuller = late.find(({ path }) => path.endsWith("heart_rate-2026-01-03.json"));
    assert.deepEqual(harness.document(`${folder}/${second}`), fuller?.bytes);
    const changed = outcomes(report.lines).filter((line) => /2026-01-03/.test(line));
    assert.match(changed[0] ?? "", order[0] === early ? /^taken .* more than/ : /^kept beside /);
    harness.written.length = 0;
    await harness.import([path]);
    assert.deepEqual(harness.written, []);
  }
});

Deno.test("runImport() reports a name that an archive holds twice", async () => {
  using harness = new Harness();
  const entries = archive("G3");
  const [first] = entries;
  assert.ok(first !== undefined);
  const path = harness.file("export.zip", zipOf([first, ...entries]));
  const report = await harness.import([path]);
  assert.deepEqual(outcomes(report.lines).filter((line) => line.includes("twice")), [
    "unchanged Takeout/Fitbit/Global Export Data/heart_rate-2026-01-02.json: the archive holds this name twice",
  ]);
});

Deno.test("runImport() keeps what it has when it is interrupted, and continues", async () => {
  using harness = new Harness();
  const path = harness.file("export.zip", zipOf(archive("G3")));
  const stop = new AbortController();
  const report = await harness.import([path], {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  assert.equal(report.interrupted, true);
  assert.equal(importExitCode(report), 3);
  const rest = await harness.import([path]);
  assert.equal(importExitCode(rest), 0);
  assert.equal(counts(rest.lines)["taken"], 3);
  const early = await harness.import([path], { signal: stop.signal });
  assert.equal(early.interrupted, true);
});

Deno.test("runImport() does not open what is private or of no use", async () => {
  using harness = new Harness();
  for (const { path, bytes } of archive("G6", { profileZone: "Europe/Berlin" })) {
    harness.file(`Takeout/${path}`, bytes);
  }
  const report = await harness.import([`${harness.folder}/Takeout`]);
  const names = new Set(harness.opened.map((path) => path.slice(path.lastIndexOf("/") + 1)));
  for (const name of ["Avatar Photo.jpg", "gps_location_2026-01-01.csv", "README.txt"]) {
    assert.ok(outcomes(report.lines).some((line) => line.includes(name)), name);
    assert.ok(!names.has(name), name);
  }
  assert.ok(names.has("Profile.csv"));
  assert.ok(!harness.documents().some((path) => path.includes("Profile.csv")));
});

Deno.test("runImport() survives cut and altered archives, and writes nothing outside", async () => {
  const original = zipOf(archive("G4"));
  let state = 2026;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
  for (let run = 0; run < 25; run++) {
    using harness = new Harness();
    const mutated = original.slice(0, run % 5 === 0 ? random(original.length) : original.length);
    for (let n = 0; n < 40; n++) {
      const from = n % 2 === 0 ? 0 : Math.max(0, mutated.length - 2_000);
      mutated[from + random(mutated.length - from)] = random(256);
    }
    const report = await harness.import([harness.file("export.zip", mutated)]);
    assert.ok(report.lines.length > 0);
    for (const path of harness.written) {
      assert.match(path, /^(raw\/me\/takeout|import\/me)\/export(?!.*(^|\/)\.\.(\/|$))/);
    }
    const there = Array.from(Deno.readDirSync(harness.folder), ({ name }) => name);
    assert.deepEqual(there.filter((name) => name !== "data"), ["export.zip"]);
  }
});

Deno.test("runImport() tells how far it is", async () => {
  using harness = new Harness();
  await harness.import([harness.file("export.zip", zipOf(archive("G3")))]);
  const last = new Map(harness.progress.map((state) => [state.what, state]));
  const { done, total, unit } = last.get("Importing") ?? assert.fail();
  assert.equal(unit, "kB");
  assert.ok(total > 0);
  assert.equal(done, total);
  assert.equal(last.get("Placing in days")?.done, 3);
});

Deno.test("runImport() refuses a path at which there is nothing", async () => {
  using harness = new Harness();
  await assert.rejects(
    harness.import([`${harness.folder}/nothing.zip`]),
    (error) => error instanceof UsageError && /Cannot find ".*nothing\.zip"/.test(error.message),
  );
});

Deno.test("runImport() goes by the offsets that notifications state, also in a later import", async () => {
  const [heart] = archive("G4", { csvOnly: true });
  assert.ok(heart !== undefined);
  const notifications = {
    path: "Takeout/Fitbit/Heart Rate/Heart Rate Notifications Alerts.csv",
    bytes: new TextEncoder().encode(
      "id,start_timestamp,end_timestamp,type,threshold,value\n" +
        "1,2026-01-02T05:12:00+01:00,2026-01-02T05:32:00+01:00,HIGH,120,131\n",
    ),
  };
  for (const parts of [[[heart], [notifications]], [[notifications], [heart]]]) {
    using harness = new Harness();
    for (const [n, part] of parts.entries()) {
      await harness.import([
        harness.file(`takeout-20260402T101112Z-1-00${n + 1}.zip`, zipOf(part)),
      ]);
    }
    assert.deepEqual(harness.told.at(-1)?.manifest.clock, {
      kind: "utc",
      offsets: [{ from: null, offset_s: 3600, evidence: "Heart Rate Notifications" }],
    });
  }
});

Deno.test("runImport() goes by offsets that an earlier version wrote down beside the documents", async () => {
  using harness = new Harness();
  const [heart] = archive("G4", { csvOnly: true });
  assert.ok(heart !== undefined);
  harness.file(
    "data/raw/me/takeout/takeout-20260402T101112Z.clock.json",
    JSON.stringify({
      format: 1,
      profile_zones: [],
      given_zone: null,
      known: [{ at: Date.UTC(2026, 0, 2, 4), offset_s: 3600, evidence: "Notifications" }],
    }),
  );
  await harness.import([harness.file("takeout-20260402T101112Z-1-001.zip", zipOf([heart]))]);
  assert.deepEqual(harness.told.at(-1)?.manifest.clock, {
    kind: "utc",
    offsets: [{ from: null, offset_s: 3600, evidence: "Notifications" }],
  });
});

Deno.test("runImport() keeps files without a table byte for byte, and names them", async () => {
  const text = (path: string, content: string) => ({
    path,
    bytes: new TextEncoder().encode(content),
  });
  const kept = [
    text("Takeout/Fitbit/Biometrics/Glucose 202601.csv", "date,mg\n2026-01-01,91\n"),
    text("Takeout/Fitbit/New_GoogleData/new_2027-01-01.csv", "timestamp,novel\r\n2027-01-01,1"),
    text("Takeout/Fitbit/New_GoogleData/strange.csv", "\u0000\u0001\n\u0002"),
    text("Takeout/Google Health/Global Export Data/new-2027-01-01.json", '[{"dateTime":"x"}]'),
    text(
      "Takeout/Fitbit/x/hydration_log_2026-01-01.csv",
      "timestamp,amount\n2026-01-01T10:00:00Z,3\n",
    ),
    // Times of day, so no labels of days.
    text(
      "Takeout/Fitbit/x/resting_heart_rate_2026-01-01.csv",
      "timestamp,beats per minute\n2026-01-01T00:00:00Z,51\n2026-01-02T10:00:00Z,51\n2026-01-03,51\n",
    ),
    text(
      "Takeout/Fitbit/x/core_body_temperature.csv",
      "timestamp,value\n2026-01-01T10:00:00Z,37\n",
    ),
  ];
  const nothing = [
    text("Takeout/Fitbit/Biometrics/Glucose 202602.csv", "no data"),
    text("Takeout/Fitbit/New_GoogleData/new_2027-02-01.csv", "timestamp,novel\n"),
    text("Takeout/Fitbit/New_GoogleData/new-2027-02-01.json", "[ ]"),
  ];
  using harness = new Harness();
  const path = harness.file("export.zip", zipOf([...kept, ...nothing]));
  const report = await harness.import([path]);
  assert.equal(importExitCode(report), 0);
  assert.deepEqual(counts(report.lines), {
    "kept, not tabulated": kept.length,
    skipped: nothing.length,
  });
  for (const { path, bytes } of kept) {
    assert.deepEqual(harness.document(`raw/me/takeout/export/${path}.zst`), bytes, path);
  }
  // Nothing reads them.
  assert.deepEqual(harness.told, []);
  const rows = JSON.parse(Deno.readTextFileSync(`${harness.root}/import/me/export.json`)).files;
  assert.equal(
    rows.filter(({ outcome }: { outcome: string }) => outcome === "kept, not tabulated").length,
    kept.length,
  );
  const before = harness.written.length;
  await harness.import([path]);
  assert.deepEqual(harness.written.slice(before), []);
});

Deno.test("runImport() keeps places of files that nobody knows only when it is asked to", async () => {
  const place = {
    path: "Takeout/Google Health/New_GoogleData/walks_2027-01-01.csv",
    bytes: new TextEncoder().encode(
      "timestamp,start_lat,start_lon\n2027-01-01T10:00:00Z,52.5,13.4\n",
    ),
  };
  using harness = new Harness();
  const path = harness.file("export.zip", zipOf([place]));
  const without = await harness.import([path]);
  assert.deepEqual(outcomes(without.lines), [
    `skipped ${place.path}: locations, read only with --with-location`,
  ]);
  assert.deepEqual(harness.documents(), []);
  const asked = await harness.import([path], { withLocation: true });
  assert.deepEqual(counts(asked.lines), { "kept, not tabulated": 1 });
  // Once kept it is told of as it is.
  const again = await harness.import([path]);
  assert.deepEqual(counts(again.lines), { "kept, not tabulated": 1 });
});

Deno.test("runImport() keeps what it cannot read of the product, says so, and lets a better one count", async () => {
  const member = "Takeout/Fitbit/Sleep Score/sleep_score.csv";
  const entry = (text: string) => ({ path: member, bytes: new TextEncoder().encode(text) });
  const strange = entry("when,how\n2026-01-02,well\n");
  using harness = new Harness();
  const path = harness.file("export.zip", zipOf([strange]));
  const report = await harness.import([path]);
  assert.equal(importExitCode(report), 3);
  const [line = ""] = outcomes(report.lines);
  assert.match(
    line,
    /^failed .*: Cannot find the column "timestamp".*; kept as it is, for a version/,
  );
  const kept = `raw/me/takeout/export/${member}.zst`;
  assert.deepEqual(harness.document(kept), strange.bytes);
  assert.equal(harness.told.length, 0, "nothing reads it");
  const before = harness.written.length;
  assert.deepEqual(outcomes((await harness.import([path])).lines), outcomes(report.lines));
  assert.deepEqual(harness.written.slice(before), []);

  const good = entry(
    "sleep_log_entry_id,timestamp,overall_score,composition_score,revitalization_score," +
      "duration_score,deep_sleep_in_minutes,resting_heart_rate,restlessness\n" +
      "26646587879,2026-01-02T07:30:00Z,78,,20,,89,58,0.08\n",
  );
  const whole = harness.file("later/export.zip", zipOf([good]));
  const better = await harness.import([whole], { timeZone: "Europe/Berlin" });
  assert.equal(importExitCode(better), 0);
  assert.deepEqual(harness.document(kept), good.bytes);
  assert.equal(harness.told.at(-1)?.manifest.stream, "sleep_score.csv");
  // Elsewhere a file of that name may be anybody's.
  const foreign = harness.file(
    "export2.zip",
    zipOf([{ ...strange, path: "mine/sleep_score.csv" }]),
  );
  await harness.import([foreign]);
  assert.ok(!harness.documents().some((path) => path.includes("/mine/")));
});

Deno.test("runImport() keeps both of two exports' versions of a file without a table", async () => {
  const member = "Takeout/Fitbit/New_GoogleData/new.csv";
  const zip = (lines: number) =>
    zipOf([{
      path: member,
      bytes: new TextEncoder().encode("timestamp,new\n" + "2027-01-01,1\n".repeat(lines)),
    }]);
  for (const order of [[1, 2], [2, 1]]) {
    using harness = new Harness();
    for (const lines of order) {
      const report = await harness.import([harness.file(`${lines}/export.zip`, zip(lines))]);
      assert.equal(importExitCode(report), 0);
    }
    const { length } = harness.document(`raw/me/takeout/export/${member}.zst`);
    assert.equal(length, 14 + 2 * 13);
    assert.equal(harness.documents().length, 2);
  }
});

Deno.test("runImport() reads a file that had no table when it was kept, in any later import", async () => {
  using harness = new Harness();
  const member = "Takeout/Fitbit/Stress Journal/Survey Data.csv";
  const mood = {
    path: member,
    bytes: new TextEncoder().encode("timestamp,logged_value\n2026-01-02T10:00:00+01:00,CALM\n"),
  };
  await harness.import([harness.file("old.zip", zipOf([mood]))]);
  const report = `${harness.root}/import/me/old.json`;
  Deno.writeTextFileSync(
    report,
    Deno.readTextFileSync(report).replace('"outcome":"kept"', '"outcome":"kept, not tabulated"'),
  );
  const path = `raw/me/takeout/old/${member}.zst`;
  const manifest = harness.store.manifest(path);
  assert.ok(manifest?.look !== undefined && manifest.stream === "Survey Data.csv");
  // As a version without that table left it.
  await harness.store.putManifests([{
    path,
    manifest: {
      ...manifest,
      stream: "untabulated",
      clock: { kind: "unknown" },
      look: { ...manifest.look, version: 0 },
    },
  }]);
  const [heart] = archive("G4");
  assert.ok(heart !== undefined);
  await harness.import([harness.file("new.zip", zipOf([heart]))]);
  const { stream, clock } = harness.store.manifest(path) ?? {};
  assert.deepEqual([stream, clock], ["Survey Data.csv", { kind: "explicit" }]);
  assert.ok(harness.told.slice(1).some((told) => told.path === path));
  assert.match(
    Deno.readTextFileSync(`${harness.root}/import/me/old.csv`),
    /Survey Data\.csv,kept,,\d+,Survey Data\.csv,1,2026-01-02,/,
  );
});

Deno.test("runImport() names documents of earlier imports that are damaged, and goes on", async () => {
  using harness = new Harness();
  const utf8 = new TextEncoder();
  const readings = {
    // Its rows are on either clock: it is read whenever it is placed.
    path: "Takeout/Fitbit/Physical Activity_GoogleData/heart_rate_variability_2026-01-02.csv",
    bytes: utf8.encode(
      "timestamp,root mean square of successive differences milliseconds," +
        "standard deviation milliseconds\n2026-01-02T02:30:00Z,41.5,0\n",
    ),
  };
  const unheardOf = {
    // A version that knows it may have come: it is looked at again.
    path: "Takeout/Fitbit/Stress Journal/Unheard Of.csv",
    bytes: utf8.encode("when,how\n2026-01-02,well\n"),
  };
  await harness.import([harness.file("old.zip", zipOf([readings, unheardOf]))], {
    timeZone: "Europe/Berlin",
  });
  const paths = [readings, unheardOf].map(({ path }) => `raw/me/takeout/old/${path}.zst`);
  for (const path of paths) {
    const manifest = harness.store.manifest(path);
    assert.ok(manifest?.look !== undefined);
    const look = { ...manifest.look, version: path === paths[0] ? manifest.look.version : 0 };
    await harness.store.putManifests([{ path, manifest: { ...manifest, look } }]);
    Deno.writeTextFileSync(`${harness.root}/${path}`, "no frame");
  }
  const before = paths.map((path) => harness.store.manifest(path));
  const report = await harness.import([harness.file("new.zip", zipOf(archive("G3")))]);
  assert.equal(counts(report.lines)["taken"], 3);
  assert.deepEqual(report.notes, [
    `Damaged: 2 documents of earlier imports, ${paths[1]} among them: deno task verify`,
  ]);
  assert.deepEqual(paths.map((path) => harness.store.manifest(path)), before);
});

Deno.test("runImport() takes where somebody was only when it is asked to", async () => {
  using harness = new Harness();
  const gps = {
    path: "Takeout/Fitbit/Physical Activity_GoogleData/gps_location_2026-01-02.csv",
    bytes: new TextEncoder().encode(
      "timestamp,latitude,longitude,altitude\n2026-01-02T10:00:00Z,52.5,13.4,34.0\n",
    ),
  };
  const path = harness.file("export.zip", zipOf([...archive("G3"), gps]));
  const isThere = () => harness.documents().some((path) => path.includes("gps_location"));
  const without = await harness.import([path]);
  assert.ok(
    outcomes(without.lines).includes(
      `skipped ${gps.path}: locations, read only with --with-location`,
    ),
  );
  assert.equal(isThere(), false);
  await harness.import([path], { withLocation: true });
  assert.equal(isThere(), true);
});

Deno.test("runImport() tells of every file in the data root, the same after any number of imports", async () => {
  using harness = new Harness();
  const entries = archive("G4");
  const path = harness.file("export.zip", zipOf(entries));
  const report = await harness.import([path]);
  assert.deepEqual(report.reports, ["import/me/export"]);
  const read = (ending: string) =>
    Deno.readTextFileSync(`${harness.root}/import/me/export.${ending}`);
  const [csv, json] = [read("csv"), read("json")];
  const [header, ...rows] = csv.trimEnd().split("\n");
  assert.equal(
    header,
    "input,member,outcome,reason,bytes,stream,rows,first_day,last_day,first,last,clock",
  );
  assert.equal(rows.length, entries.length);
  const heart = rows.find((row) => row.includes("heart_rate-2026-01-02.json"));
  assert.match(
    heart ?? "",
    /^export\.zip,Takeout\/Fitbit\/Global Export Data\/heart_rate-2026-01-02\.json,kept,,\d+,heart_rate-\*\.json,728,2026-01-02,2026-01-02,2026-01-01T23:00:00\.000Z,2026-01-02T22:59:25\.000Z,"?UTC, UTC\+01:00 \(heart-rate file bounds\)"?$/,
  );
  assert.equal(JSON.parse(json).files.length, entries.length);
  await harness.import([path]);
  assert.deepEqual([read("csv"), read("json")], [csv, json]);
});

Deno.test("runImport() gives the same on threads as without", async () => {
  const told: string[] = [];
  for (const threads of [1, 2]) {
    using harness = new Harness();
    const path = harness.file(
      "export.zip",
      zipOf([...archive("G6"), ...archive("G6").slice(0, 2)]),
    );
    await harness.import([path], { threads });
    told.push(JSON.stringify(harness.told));
    for (const { path, manifest } of harness.told) {
      assert.equal(harness.document(path).length, manifest.bytes);
    }
  }
  assert.equal(told[0], told[1]);
});
