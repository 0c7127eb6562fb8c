import assert from "node:assert/strict";
import { UsageError } from "../../pipeline/errors.ts";
import {
  commandHelp,
  type CommandSpec,
  nearest,
  parseArguments,
} from "../../pipeline/terminal/arguments.ts";

const spec: CommandSpec = {
  name: "fetch",
  about: "Asks for days.",
  options: [
    { name: "from", value: "DAY", about: "First day" },
    { name: "json", about: "For a program" },
  ],
};

Deno.test("parseArguments() reads values, switches and operands", () => {
  const given = parseArguments({ ...spec, operands: "PATH..." }, [
    "a.zip",
    "--from=2026-10-01",
    "--json",
    "--data",
    "elsewhere",
    "b.zip",
  ]);
  assert.equal(given.text("from"), "2026-10-01");
  assert.equal(given.text("data"), "elsewhere");
  assert.equal(given.flag("json"), true);
  assert.equal(given.flag("help"), false);
  assert.deepEqual(given.operands, ["a.zip", "b.zip"]);
});

const wrong: [string[], RegExp][] = [
  [["--form", "2026-10-01"], /Unknown option "--form": did you mean --from\?/],
  [["--zzzzzzz"], /Unknown option "--zzzzzzz"$/],
  [["-x"], /Unknown option "-x"/],
  [["--from"], /--from needs a value: DAY/],
  [["--json=yes"], /--json takes no value/],
  [["extra"], /Cannot use "extra": fetch takes options only/],
];

for (const [argv, message] of wrong) {
  Deno.test(`parseArguments() refuses ${argv.join(" ")}`, () => {
    assert.throws(() => parseArguments(spec, argv), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("commandHelp() lists every option", () => {
  const help = commandHelp(spec);
  for (const word of ["--from DAY", "--json", "--data DIR", "--help", "deno task fetch"]) {
    assert.ok(help.includes(word), word);
  }
});

Deno.test("commandHelp() tells the data root that a command goes by", () => {
  assert.match(commandHelp(spec), /\(default: data\)/);
  assert.match(commandHelp({ ...spec, defaultRoot: "data/demo" }), /\(default: data\/demo\)/);
});

Deno.test("commandHelp() keeps what is said of an option in its column", () => {
  const about = "One line\nand another";
  const help = commandHelp({ ...spec, options: [{ name: "long", about }] });
  assert.match(help, /^( +--long +)One line\n {19}and another$/m);
  assert.equal(help.indexOf("One line") - help.lastIndexOf("\n", help.indexOf("One line")) - 1, 19);
});

Deno.test("nearest() finds slips and leaves strangers alone", () => {
  assert.equal(nearest("fecth", ["fetch", "status"]), "fetch");
  assert.equal(nearest("stats", ["fetch", "status"]), "status");
  assert.equal(nearest("banana", ["fetch", "status"]), undefined);
});
