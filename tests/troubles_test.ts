import assert from "node:assert/strict";
import { exitCode, LoginNeeded, SourceGone, StreamRefused, UserError } from "../pipeline/errors.ts";
import {
  remedyOf,
  sentenceOf,
  troubleError,
  troubleIn,
  troubleNames,
  troubles,
} from "../pipeline/troubles.ts";

const known = { request: "GET /v4/users/me/identity", service: "google-health", detail: "4 [x" };

Deno.test("every trouble is found again by its sentence, filled and followed by more", () => {
  for (const name of troubleNames) {
    assert.equal(troubleIn(sentenceOf(name, known)), name);
    assert.equal(troubleIn(`${sentenceOf(name, known)} (4 attempts)`), name);
    assert.doesNotMatch(sentenceOf(name, known) + remedyOf(name, known), /[{}]/, name);
  }
  assert.equal(
    troubleIn("Asked for 2026-10-06, but the answer holds a point of 2026-10-07"),
    undefined,
  );
});

Deno.test("every trouble's words are sentences without a full stop", () => {
  for (const [name, trouble] of Object.entries(troubles)) {
    for (const words of [trouble.symptom, trouble.sentence, trouble.remedy]) {
      assert.match(words, /^(?:[A-Z0-9]|[a-z]+_|\{)/, name);
      assert.doesNotMatch(words, /\.$/, name);
    }
  }
});

Deno.test("troubleError() is of the class and exit code of what it ends", () => {
  const expected = {
    login: (error: Error) => error instanceof LoginNeeded && error.exitCode === exitCode.login,
    settings: (error: Error) => error instanceof UserError && error.exitCode === exitCode.usage,
    gone: (error: Error) => error instanceof SourceGone && error.exitCode === exitCode.incomplete,
    stream: (error: Error) => error instanceof StreamRefused,
    request: (error: Error) => error instanceof UserError && error.exitCode === exitCode.incomplete,
  };
  for (const name of troubleNames) {
    const error = troubleError(name, known);
    assert.ok(expected[troubles[name].ends](error), name);
    const remedy = remedyOf(name, known);
    if (error instanceof UserError) {
      assert.deepEqual([error.hint, error.trouble], [remedy, name]);
    } else assert.ok(error.message.endsWith(remedy), name);
  }
});
