import assert from "node:assert/strict";
import fc from "fast-check";
import { excerpt, redact } from "../../pipeline/sources/redact.ts";

const canary = "CANARYcanaryCANARY0123456789";
const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJBQkMxMjMifQ.${canary}`;
const hex = "0123456789abcdef0123456789abcdef01234567";

Deno.test("redact() hides what looks like a secret wherever it stands", () => {
  const texts = [
    `Authorization: Bearer ${canary}`,
    `authorization: basic ${btoa(canary)}`,
    `{"access_token":"${canary}","expires_in":28800}`,
    `{"refresh_token": "${canary}`,
    `grant_type=refresh_token&refresh_token=${canary}&client_secret=${canary}`,
    `http://127.0.0.1:8080/?code=${canary}&state=x`,
    `code_verifier=${canary}`,
    `{'id_token':'${canary}'}`,
    `Access token expired: ${canary}. Visit https://dev.fitbit.com`,
    `Refresh token invalid: ${canary}. Visit`,
    `Authorization code invalid: ${canary} Visit`,
    `the token ${jwt} is wrong`,
    `ya29.a0${canary}`,
    `1//0g${canary}`,
    `4/0AX4XfWh${canary}`,
    `GOCSPX-${canary}`,
    `Cookie: ${canary}`,
    `{"message":"no profile for jane.${canary}+x@mail.example.org"}`,
  ];
  for (const text of texts) {
    const clean = redact(text, []);
    assert.ok(!clean.includes("canary"), clean);
    assert.ok(!clean.includes(btoa(canary)), clean);
    assert.match(clean, /\[hidden\]/);
  }
  assert.equal(redact(`sent ${hex} and ${hex}${hex.slice(16)}`, []), "sent [hidden] and [hidden]");
});

Deno.test("redact() hides given secrets, as they are and as in an address", () => {
  assert.equal(redact("pw: a+b/c= or a%2Bb%2Fc%3D", ["a+b/c="]), "pw: [hidden] or [hidden]");
  assert.equal(redact("nothing given", [""]), "nothing given");
});

Deno.test("redact() leaves what is no secret", () => {
  const texts = [
    "GET /v4/users/me/dataTypes/heart-rate/dataPoints:reconcile?filter=heart_rate.sample_time.civil_time+%3E%3D+%222026-10-25%22&pageSize=10000",
    "GET /1/user/-/activities/heart/date/2026-10-25/1d/1sec.json?timezone=UTC",
    '{"errors":[{"errorType":"request","message":"An error occurred. Error id: 12ab"}]}',
    "<!DOCTYPE html><html><head><title>Down for maintenance</title>",
    '{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}',
  ];
  for (const text of texts) {
    const clean = redact(text, []);
    // Numbers named `code` are the price of hiding authorization codes.
    assert.equal(clean.replace("[hidden]", "429"), text);
  }
});

Deno.test("redact() hides a given secret in any text around it", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^[A-Za-z0-9._~+/=-]{20,60}$/),
      fc.string({ unit: "binary" }),
      (before, secret, after) => {
        fc.pre(!before.includes(secret) && !after.includes(secret));
        assert.ok(!redact(before + secret + after, [secret]).includes(secret));
      },
    ),
    { seed: 2 },
  );
});

Deno.test("excerpt() hides before it cuts", () => {
  const text = `${"x".repeat(70)} \n\n access_token=${canary}`;
  assert.equal(excerpt(text, []), `${"x".repeat(70)} access_to...`);
  assert.equal(excerpt(`${"x ".repeat(37)}${canary}`, [canary]), `${"x ".repeat(37)}[hidde...`);
  assert.equal(excerpt("  short \n text ", []), "short text");
});
