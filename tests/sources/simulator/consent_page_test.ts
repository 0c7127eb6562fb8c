import assert from "node:assert/strict";
import { createSimulator } from "../../../pipeline/sources/simulator/simulator.ts";

const scopes = ["sleep", "settings"].map((name) =>
  `https://www.googleapis.com/auth/googlehealth.${name}.readonly`
);

function asked(consentOf: "google" | "fitbit") {
  const simulator = createSimulator({ [consentOf]: { consent: "ask" } });
  const isGoogle = consentOf === "google";
  const page = new URL(
    `http://127.0.0.1:1${isGoogle ? "/o/oauth2/v2/auth" : "/oauth2/authorize"}`,
  );
  const query = {
    client_id: isGoogle ? simulator.google.clientId : simulator.fitbit.clientId,
    redirect_uri: "http://127.0.0.1:2/",
    response_type: "code",
    scope: (isGoogle ? scopes : ["sleep", "settings"]).join(" "),
    state: `"><script>`,
  };
  for (const [name, value] of Object.entries(query)) page.searchParams.set(name, value);
  return { simulator, page, asked: query.scope.split(" ") };
}

/** The address the browser is sent to after the form was sent with these fields. */
async function decided(
  { simulator, page }: ReturnType<typeof asked>,
  fields: readonly (readonly [string, string])[],
): Promise<URLSearchParams> {
  const sent = new URL(page);
  for (const [name, value] of fields) sent.searchParams.append(name, value);
  const { status, headers } = await simulator.handle(new Request(sent));
  assert.equal(status, 302);
  return new URL(headers.get("location") ?? "").searchParams;
}

for (const api of ["google", "fitbit"] as const) {
  Deno.test(`the consent page of ${api} is shown, and lets nothing of its address through as HTML`, async () => {
    const stage = asked(api);
    const response = await stage.simulator.handle(new Request(stage.page));
    assert.equal(response.status, 200);
    const html = await response.text();
    for (const scope of stage.asked) assert.ok(html.includes(`value="${scope}" checked`), scope);
    assert.ok(!html.includes("<script>"));
  });

  Deno.test(`the consent page of ${api} does as the person decides`, async () => {
    const stage = asked(api);
    const [first = ""] = stage.asked;
    const denied = await decided(stage, [["decision", "deny"], ["ticked", first]]);
    assert.equal(denied.get("error"), "access_denied");
    assert.equal(denied.get("code"), null);
    const allowed = await decided(stage, [["decision", "allow"], ["ticked", first]]);
    assert.ok(allowed.get("code") !== null);
    if (api === "google") assert.equal(allowed.get("scope"), first);
    assert.equal(allowed.get("state"), `"><script>`);
  });
}
