import assert from "node:assert/strict";
import { UsageError } from "../../pipeline/errors.ts";
import { readClient } from "../../pipeline/login/client_file.ts";

Deno.test("readClient() reads Google's download, and the same two words alone", () => {
  const installed = {
    client_id: "1-a.apps.googleusercontent.com",
    project_id: "everysecond",
    auth_uri: "https://accounts.google.com/o/oauth2/auth",
    token_uri: "https://evil.example/token",
    client_secret: "GOCSPX-CANARY",
    redirect_uris: ["http://localhost"],
  };
  const expected = { id: "1-a.apps.googleusercontent.com", secret: "GOCSPX-CANARY" };
  assert.deepEqual(readClient(JSON.stringify({ installed }), "f"), expected);
  const bare = { client_id: "22ABCD", redirect_uri: "http://127.0.0.1:9000/" };
  assert.deepEqual(readClient(JSON.stringify(bare), "f"), {
    id: "22ABCD",
    secret: undefined,
    redirect: "http://127.0.0.1:9000/",
  });
});

Deno.test("readClient() says what a wrong file is, and quotes nothing of it", () => {
  const cases: [string, RegExp][] = [
    ['{"web":{"client_id":"CANARY","client_secret":"CANARY"}}', /type Web application/],
    ['{"type":"service_account","private_key":"CANARY"}', /a service account's key/],
    ['{"client_id":"a","client_secret":"CANARY","refresh_token":"CANARY"}', /another program/],
    ['{"installed":{"client_secret":"CANARY"}}', /expected client_id and client_secret/],
    ['{"client_id":"', /it is not JSON/],
    ["[]", /expected client_id/],
  ];
  for (const [text, expected] of cases) {
    assert.throws(() => readClient(text, "/a/client.json"), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, /"\/a\/client\.json"/);
      assert.match(error.message, expected);
      assert.match(error.hint ?? "", /Desktop app/);
      assert.ok(!Deno.inspect(error).includes("CANARY"));
      return true;
    });
  }
});
