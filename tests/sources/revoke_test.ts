import assert from "node:assert/strict";
import { UserError } from "../../pipeline/errors.ts";
import { Http } from "../../pipeline/fetch/http.ts";
import { noQuota } from "../../pipeline/fetch/quota.ts";
import { revokeLogin } from "../../pipeline/sources/revoke.ts";
import type { Login } from "../../pipeline/sources/token_file.ts";
import { LeapingClock } from "../support/leaping_clock.ts";
import { failureOf } from "../support/scripted_fetch.ts";

const login: Login = {
  source: "fitbit-web",
  participant: "me",
  api_url: "http://127.0.0.1:1",
  token_endpoint: "http://127.0.0.1:1/oauth2/token",
  client_id: "22ABCD",
  client_secret: "CANARYsecret",
  client_auth: "basic",
  access_token: "CANARYaccess",
  expires_at: null,
  refresh_token: "CANARYrefresh",
};

function revoked(change: Partial<Login>, answer: Response) {
  const sent: { form: string; authorization: string | null }[] = [];
  const http = new Http({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      sent.push({
        form: await request.text(),
        authorization: request.headers.get("authorization"),
      });
      return answer;
    },
    clock: new LeapingClock("2026-11-07T12:00:00Z"),
    signal: new AbortController().signal,
    quota: noQuota,
    retry: { attempts: 1, base_ms: 1, longest_ms: 1, random: () => 0 },
  });
  const work = revokeLogin({ ...login, ...change }, "http://127.0.0.1:1/revoke", http);
  return { work, sent };
}

Deno.test("revokeLogin() shows the client as the service wants it, the refresh token first", async () => {
  const basic = revoked({}, new Response(""));
  assert.equal(await basic.work, true);
  assert.deepEqual(basic.sent, [{
    form: "token=CANARYrefresh",
    authorization: `Basic ${btoa("22ABCD:CANARYsecret")}`,
  }]);
  const post = revoked({ client_auth: "post" }, Response.json({}));
  assert.equal(await post.work, true);
  assert.deepEqual(post.sent, [{
    form: "token=CANARYrefresh&client_id=22ABCD",
    authorization: null,
  }]);
});

Deno.test("revokeLogin() tells what has ended already from what could not be done", async () => {
  for (const status of [400, 401, 410]) {
    const { work } = revoked({}, Response.json({ error: "invalid_token" }, { status }));
    assert.equal(await work, false);
  }
  const echo = "Basic CANARYsecret CANARYrefresh";
  const { work } = revoked({}, new Response(echo, { status: 403 }));
  const error = await failureOf(work);
  assert.ok(error instanceof UserError);
  assert.match(`${error.message} ${error.hint}`, /answered 403.*--forget/);
  assert.ok(!Deno.inspect(error).includes("CANARY"));
});
