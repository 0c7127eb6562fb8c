import assert from "node:assert/strict";
import { LoginNeeded } from "../../pipeline/errors.ts";
import { pastedAddress, visitByPasting } from "../../pipeline/login/paste.ts";
import { KeptTalk, nobody } from "../support/effects.ts";
import { failureOf } from "../support/scripted_fetch.ts";

const redirect = "http://127.0.0.1:8765/";
const consent = new URL(
  `http://127.0.0.1:8080/auth?state=OURS&redirect_uri=${encodeURIComponent(redirect)}`,
);
const answer = `${redirect}?state=OURS&code=4/0Aabc&scope=a%20b`;

Deno.test("pastedAddress() takes the address whole, broken by the terminal, or its end alone", () => {
  const texts = [
    answer,
    ` "${answer}" `,
    `<${answer}>`,
    answer.replace("code", "co \n de"),
    "?state=OURS&code=4/0Aabc&scope=a%20b",
    "state=OURS&code=4/0Aabc&scope=a%20b",
  ];
  for (const text of texts) assert.equal(pastedAddress(text, redirect)?.href, answer, text);
  const fragment = "#access_token=eyJx.y.z&user_id=ABC123&state=OURS";
  assert.equal(pastedAddress(fragment, redirect)?.href, redirect + fragment);
  for (const text of ["", "yes", "http://127.0.0.1:8765/", "https://example.com/?state=OURS"]) {
    assert.equal(pastedAddress(text, redirect), undefined, text);
  }
});

function pasting(...lines: (string | undefined)[]) {
  const talk = new KeptTalk();
  const user = { ...nobody, line: () => Promise.resolve(lines.shift()) };
  return { talk, visit: visitByPasting({ talk, user }), left: lines };
}

Deno.test("visitByPasting() shows the page, forgives slips, and gives the address", async () => {
  const { talk, visit } = pasting("oops", `${redirect}?state=OTHER&code=CANARY`, answer);
  assert.equal((await visit(consent)).href, answer);
  const said = talk.said.join("\n");
  assert.ok(said.includes(consent.href));
  assert.match(said, /not the address: there is no answer in it/);
  assert.match(said, /not the address: it is the answer to another login/);
  assert.ok(!said.includes("CANARY"));
});

Deno.test("visitByPasting() gives up when the input ends, and after three slips", async () => {
  for (const lines of [[undefined], ["x", "y", "z", answer]]) {
    const { visit } = pasting(...lines);
    const error = await failureOf(visit(consent));
    assert.ok(error instanceof LoginNeeded);
    assert.match(error.message, /No address was pasted/);
  }
});
