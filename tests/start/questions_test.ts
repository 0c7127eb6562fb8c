import assert from "node:assert/strict";
import type { User } from "../../pipeline/effects.ts";
import { UsageError } from "../../pipeline/errors.ts";
import { ask, choose, isWanted, yesOrNo } from "../../pipeline/start/questions.ts";
import { typing } from "../support/typing.ts";
import { KeptTalk } from "../support/effects.ts";

const numbers = (answer: string) => {
  if (/^\d+$/.test(answer)) return Number(answer);
  throw new UsageError(`Cannot use "${answer}"`);
};

const nobody: User = { ...typing([]), present: false };

Deno.test("ask() asks until the answer can be used", async () => {
  const talk = new KeptTalk();
  const user = typing(["many", "", " 7 "]);
  assert.equal(await ask({ text: "How many?", flag: "--n 3", read: numbers }, { user, talk }), 7);
  assert.deepEqual(user.asked, ["How many? ", "How many? ", "How many? "]);
  assert.deepEqual(talk.said, ['  Cannot use "many"']);
});

Deno.test("ask() takes an empty answer for the usual one, and shows it", async () => {
  const user = typing([""]);
  const question = {
    text: "How many?",
    flag: "--n 3",
    usual: { shown: "3", value: 3 },
    read: numbers,
  };
  assert.equal(await ask(question, { user, talk: new KeptTalk() }), 3);
  assert.deepEqual(user.asked, ["How many? [3] "]);
});

Deno.test("ask() names the flag when nobody is there, and stops when the input ends", async () => {
  const question = { text: "How many?", flag: "--n 3", read: numbers };
  const talk = new KeptTalk();
  await assert.rejects(ask(question, { user: nobody, talk }), (error) => {
    assert.ok(error instanceof UsageError);
    assert.match(
      `${error.message} ${error.hint}`,
      /"How many\?": nobody is at the keyboard Answer with --n 3/,
    );
    return true;
  });
  await assert.rejects(ask(question, { user: typing([]), talk }), /the input ended/);
});

Deno.test("choose() takes a number or a name", async () => {
  const choices = [["a", "the first"], ["b", "the second"]] as const;
  for (const [typed, name] of [["2", "b"], ["b", "b"], ["1", "a"]] as const) {
    const talk = new KeptTalk();
    assert.equal(
      await choose("Which?", "--which", choices, { user: typing(["3", typed]), talk }),
      name,
    );
    assert.deepEqual(talk.said.slice(0, 3), ["Which?", "  1  the first", "  2  the second"]);
  }
  await assert.rejects(
    choose("Which?", "--which", choices, { user: nobody, talk: new KeptTalk() }),
    (error) => error instanceof UsageError && error.hint === "Answer with --which a|b",
  );
});

Deno.test("isWanted() is yes unless it is no", async () => {
  for (const [typed, wanted] of [["", true], ["Y", true], ["no", false], ["n", false]] as const) {
    assert.equal(
      await isWanted("Go?", "--go", { user: typing([typed]), talk: new KeptTalk() }),
      wanted,
    );
  }
  assert.throws(() => yesOrNo("perhaps"), /expected yes or no/);
});
