import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { UserError } from "../../pipeline/errors.ts";
import {
  configFolder,
  type Login,
  LoginFile,
  LoginMemory,
  type LoginStore,
  secretFiles,
} from "../../pipeline/sources/token_file.ts";
import { inTemporaryFolder } from "../support/effects.ts";

const login: Login = {
  source: "fitbit-web",
  participant: "me",
  api_url: "https://api.fitbit.com",
  token_endpoint: "https://api.fitbit.com/oauth2/token",
  client_id: "23ABCD",
  client_secret: "CANARYsecret",
  client_auth: "basic",
  access_token: "CANARYaccess",
  expires_at: 1_761_400_000_000,
  refresh_token: "CANARYrefresh",
  scopes: ["heartrate"],
  user_id: "ABC123",
};

const stores: [string, (folder: string) => LoginStore][] = [
  ["LoginFile", (folder) => new LoginFile(`${folder}/config`)],
  ["LoginMemory", () => new LoginMemory()],
];

for (const [name, storeIn] of stores) {
  Deno.test(`${name} keeps logins apart by source, participant and address`, () =>
    inTemporaryFolder((folder) => {
      const store = storeIn(folder);
      assert.equal(store.find(login), undefined);
      const others: Login[] = [
        { ...login, source: "google-health", access_token: "a" },
        { ...login, participant: "p02", access_token: "b" },
        { ...login, api_url: "http://127.0.0.1:8080", access_token: "c" },
      ];
      for (const each of [login, ...others]) store.save(each);
      for (const each of [login, ...others]) assert.deepEqual(store.find(each), each);
      store.save({ ...login, access_token: "newer" });
      assert.equal(store.find(login)?.access_token, "newer");
      assert.equal(others.every((other) => store.find(other) !== undefined), true);
    }));

  Deno.test(`${name}.alone() runs one at a time, also after a failure`, () =>
    inTemporaryFolder(async (folder) => {
      const store = storeIn(folder);
      let running = 0;
      const work = async (fail: boolean) => {
        running++;
        assert.equal(running, 1);
        for (let turn = 0; turn < 5; turn++) await Promise.resolve();
        running--;
        if (fail) throw new Error("expected");
      };
      const results = await Promise.allSettled(
        [false, true, false, true, false].map((fail) => store.alone(() => work(fail))),
      );
      assert.deepEqual(
        results.map((result) => result.status),
        ["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"],
      );
    }));
}

Deno.test({
  name: "LoginFile writes a file of mode 0600 in a folder of mode 0700",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const store = new LoginFile(`${folder}/config`);
      await store.alone(() => Promise.resolve());
      store.save(login);
      Deno.chmodSync(`${folder}/config/tokens.json`, 0o644);
      store.save(login);
      const mode = (path: string) => (Deno.statSync(path).mode ?? 0) & 0o777;
      assert.equal(mode(`${folder}/config`), 0o700);
      assert.equal(mode(`${folder}/config/tokens.json`), 0o600);
      assert.equal(mode(`${folder}/config/tokens.lock`), 0o600);
      assert.deepEqual(
        Array.from(Deno.readDirSync(`${folder}/config`), (entry) => entry.name).sort(),
        ["tokens.json", "tokens.lock"],
      );
    }),
});

Deno.test("LoginFile keeps the old logins whole when writing fails at any step", () =>
  inTemporaryFolder((folder) => {
    const config = `${folder}/config`;
    new LoginFile(config).save(login);
    const steps = ["writeSynced", "rename"] as const;
    for (const step of steps) {
      const broken = {
        ...secretFiles,
        [step]: () => {
          throw new Error("No space left on device");
        },
      };
      const store = new LoginFile(config, broken);
      assert.throws(() => store.save({ ...login, access_token: "lost" }), /No space left/);
      assert.deepEqual(new LoginFile(config).find(login), login);
      assert.deepEqual(Array.from(Deno.readDirSync(config), (entry) => entry.name), [
        "tokens.json",
      ]);
    }
  }));

Deno.test("LoginFile says what is wrong with its file without quoting it", () =>
  inTemporaryFolder((folder) => {
    const path = `${folder}/tokens.json`;
    const wrong = [
      '{"format":1,"logins":[{"access_token":"CANARY',
      '{"format":2,"logins":[]}',
      '{"format":1,"logins":[{"access_token":"CANARY"}]}',
      "CANARY",
    ];
    for (const text of wrong) {
      Deno.writeTextFileSync(path, text);
      assert.throws(() => new LoginFile(folder).find(login), (error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, /Cannot read the logins in ".*tokens\.json": \S/);
        assert.ok(!Deno.inspect(error).includes("CANARY"));
        return true;
      });
    }
  }));

Deno.test("LoginFile.alone() keeps other processes out", () =>
  inTemporaryFolder(async (folder) => {
    const store = new LoginFile(folder);
    const module = new URL("../../pipeline/sources/token_file.ts", import.meta.url).href;
    const code = `import { LoginFile } from ${JSON.stringify(module)};
      const store = new LoginFile(${JSON.stringify(folder)});
      await Deno.stdout.write(new TextEncoder().encode("waiting"));
      await store.alone(async () => {
        Deno.writeTextFileSync(${JSON.stringify(`${folder}/order`)}, "other ", { append: true });
      });`;
    let other: Deno.ChildProcess | undefined;
    await store.alone(async () => {
      other = new Deno.Command(Deno.execPath(), {
        args: ["eval", "--quiet", code],
        cwd: fileURLToPath(new URL("../../", import.meta.url)),
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
      // It has said that it is about to ask for the lock, which is held here.
      await other.stdout.getReader().read();
      Deno.writeTextFileSync(`${folder}/order`, "first ", { append: true });
    });
    assert.ok((await other?.status)?.success);
    assert.equal(Deno.readTextFileSync(`${folder}/order`), "first other ");
  }));

Deno.test("configFolder() follows the platform", () => {
  const cases: [Record<string, string>, typeof Deno.build.os, string][] = [
    [{ EVERYSECOND_CONFIG: "/x", HOME: "/home/a", XDG_CONFIG_HOME: "/y" }, "linux", "/x"],
    [{ HOME: "/home/a", XDG_CONFIG_HOME: "/y" }, "linux", "/y/everysecond"],
    [{ HOME: "/home/a", XDG_CONFIG_HOME: "" }, "linux", "/home/a/.config/everysecond"],
    [{ HOME: "/Users/a" }, "darwin", "/Users/a/Library/Application Support/everysecond"],
    [{ APPDATA: "C:/Users/a/AppData" }, "windows", "C:/Users/a/AppData/everysecond"],
  ];
  for (const [variables, os, expected] of cases) {
    assert.equal(configFolder((name) => variables[name], os), expected);
  }
  assert.throws(() => configFolder(() => undefined, "linux"), UserError);
});
