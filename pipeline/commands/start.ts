/** `deno task start`: from what a person has to the commands that bring it in. */

import { isAbsent, type Talk } from "../effects.ts";
import { type ExitCode, exitCode, UsageError } from "../errors.ts";
import { environmentWith, loadSettings, withSettings } from "../settings/resolve.ts";
import { ask, choose, chosen, isWanted, yesOrNo } from "../start/questions.ts";
import {
  afterwards,
  type Answers,
  goneOnWith,
  type Step,
  type WayName,
  wayNames,
  ways,
} from "../start/ways.ts";
import type { GivenArguments } from "../terminal/arguments.ts";
import { droppedPath } from "../terminal/dropped_path.ts";
import { dayChoice, zoneChoice } from "../terminal/dates.ts";
import type { Command, CommandContext } from "./command.ts";
import { liveRequest } from "./fetch.ts";
import { canFetch } from "./live.ts";
import { participantOption } from "./options.ts";

/** Days fetched when nobody says how many. */
const usualFrom = "30d";

export const start: Command = {
  spec: {
    name: "start",
    about: "Asks what you have, says what each way costs and brings, and goes it with you. Every " +
      "question has an\noption, so that nothing needs a keyboard: deno task start --have archive " +
      "--run yes takeout-*.zip",
    operands: "[PATH...]",
    options: [
      { name: "have", value: "WHAT", about: wayNames.join(", ") },
      {
        name: "timezone",
        value: "ZONE",
        about: "Where the watch was worn, for saved files (Europe/Berlin)",
        setting: "timezone",
      },
      {
        name: "from",
        value: "DAY",
        about: `How far back to fetch (default: ${usualFrom})`,
        setting: "from",
      },
      { name: "daily", value: "YES", about: "yes or no: fetch every day from now on" },
      { name: "run", value: "YES", about: "yes or no: do it now, or only show the commands" },
      participantOption,
    ],
  },
  // It asks for what the settings do not say, and hands on only what was typed.
  withoutSettings: true,
  run: (context) => runStart(context, runTask),
};

/** Runs a task and returns what it ended with; undefined when there is no deno to run it. */
export type RunTask = (argv: readonly string[]) => Promise<number | undefined>;

/** The command, with tasks run in whatever way is handed in. */
export async function runStart(context: CommandContext, run: RunTask): Promise<ExitCode> {
  const { given, effects } = context;
  const { talk } = effects;
  const settings = await loadSettings(given.text("settings"), context.env, effects.files);
  const withAll: CommandContext = {
    ...context,
    given: withSettings(start.spec, given, settings),
    env: environmentWith(settings, context.env),
    settings,
  };
  const name = await whatTheyHave(withAll);
  const way = ways[name];
  talk.say(`It brings: ${way.brings}.`);
  talk.say(`It costs: ${way.costs}.`);
  talk.say("");
  const answers = await answersFor(name, withAll);
  if (answers === undefined) {
    way.first?.forEach((line, index) => talk.result(`${index + 1}. ${line}`));
    return exitCode.done;
  }
  const steps = way.steps(answers).map((step) => ({
    ...step,
    argv: [...step.argv, ...name === "nothing" ? [] : common(given, goneOnWith)],
  }));
  talk.say("These commands do it, one after the other:");
  for (const { argv, about } of steps) {
    talk.say(`  # ${about}`);
    talk.result(`  ${typed(argv)}`);
  }
  talk.say("");
  if (!await isToRun(withAll)) return exitCode.done;
  const code = await runSteps(steps, run, talk);
  if (code === exitCode.done && name !== "nothing") tellNext(given, talk);
  return code;
}

async function runSteps(steps: readonly Step[], run: RunTask, talk: Talk): Promise<ExitCode> {
  for (const [index, { argv }] of steps.entries()) {
    talk.say(`$ ${typed(argv)}`);
    const code = await run(argv);
    if (code === undefined) {
      throw new UsageError("Cannot find deno to run them", "Run the commands above yourself");
    }
    talk.say("");
    if (code === exitCode.done) continue;
    talk.say(`That ended with ${code}: what to do stands above. Then go on with`);
    for (const { argv } of steps.slice(index)) talk.say(`  ${typed(argv)}`);
    return Object.values(exitCode).find((known) => known === code) ?? exitCode.bug;
  }
  return exitCode.done;
}

function tellNext(given: GivenArguments, talk: Talk): void {
  talk.say("All done. What to do next:");
  const steps = afterwards.map(({ argv, takes, about }) => ({
    command: typed([...argv, ...common(given, takes)]),
    about,
  }));
  const width = Math.max(...steps.map(({ command }) => command.length));
  for (const { command, about } of steps) talk.say(`  ${command.padEnd(width)}  ${about}`);
}

async function whatTheyHave({ given, effects }: CommandContext): Promise<WayName> {
  const said = given.text("have");
  if (said !== undefined) return chosen(said, wayNames);
  return await choose(
    "What do you have?",
    "--have",
    wayNames.map((name) => [name, ways[name].answer]),
    effects,
  );
}

/** All that the way wants to know; undefined when what it needs is not there yet. */
async function answersFor(name: WayName, context: CommandContext): Promise<Answers | undefined> {
  const { asks } = ways[name];
  const paths = asks.includes("paths") ? await pathsOf(context) : [];
  if (paths === undefined) return undefined;
  return {
    paths,
    timezone: asks.includes("timezone") ? await zoneOf(context) : undefined,
    from: asks.includes("from") ? await fromOf(context) : undefined,
    daily: asks.includes("daily") && await isDaily(context),
    loggedIn: name === "google" && canFetch({ ...liveRequest(context), name: "google-health" }),
  };
}

/** The files and folders; undefined when the person has none yet. */
async function pathsOf({ given, env, effects }: CommandContext): Promise<string[] | undefined> {
  const read = (text: string) => existing(text, env("HOME"));
  if (given.operands.length > 0) return given.operands.map(read);
  // With nobody there, how to come by them is the answer.
  if (!effects.user.present) return undefined;
  const paths: string[] = [];
  for (;;) {
    const isFirst = paths.length === 0;
    const path = await ask<string | undefined>({
      text: isFirst
        ? "Where is it? A file or a folder; you can drop it into this window:"
        : "Another one?",
      flag: "its path",
      usual: { shown: isFirst ? "I have none yet" : "no more", value: undefined },
      read,
    }, effects);
    if (path === undefined) return isFirst ? undefined : paths;
    paths.push(path);
  }
}

async function zoneOf({ given, effects }: CommandContext): Promise<string> {
  const said = given.text("timezone");
  if (said !== undefined) return zoneChoice(said);
  const here = Temporal.Now.timeZoneId();
  return await ask({
    text: "Where was the watch worn then? The files do not say:",
    flag: "--timezone Europe/Berlin",
    usual: { shown: here, value: here },
    read: zoneChoice,
  }, effects);
}

async function fromOf({ given, effects }: CommandContext): Promise<string> {
  const checked = (day: string) => {
    dayChoice("from", day);
    return day;
  };
  const said = given.text("from");
  if (said !== undefined) return checked(said);
  return await ask({
    text: "How far back? A day such as 2026-01-01, or 30d for 30 days:",
    flag: `--from ${usualFrom}`,
    usual: { shown: usualFrom, value: usualFrom },
    read: checked,
  }, effects);
}

async function isDaily({ given, effects }: CommandContext): Promise<boolean> {
  const said = given.text("daily");
  if (said !== undefined) return yesOrNo(said);
  return await isWanted("Fetch every day from now on, by itself?", "--daily", effects);
}

async function isToRun({ given, effects }: CommandContext): Promise<boolean> {
  const said = given.text("run");
  if (said !== undefined) return yesOrNo(said);
  // With nobody there the commands are the answer.
  return effects.user.present && await isWanted("Do it now?", "--run", effects);
}

function existing(text: string, home: string | undefined): string {
  const path = droppedPath(text, home);
  try {
    Deno.statSync(path);
    return path;
  } catch (error) {
    if (!isAbsent(error)) throw error;
    throw new UsageError(`Cannot find "${path}"`, "Give the whole path of a file or a folder");
  }
}

/** What was typed and holds for every command. */
function common(given: GivenArguments, options: readonly string[]): string[] {
  return options.flatMap((option) => {
    const value = given.text(option);
    return value === undefined ? [] : [`--${option}`, value];
  });
}

/** A command as it is typed, blanks and all. */
function typed(argv: readonly string[]): string {
  const words = argv.map((word) =>
    /^[\w@/:.,=+~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
  );
  // Who has no Deno of their own runs it by npx.
  const isNpx = /[\\/]_npx[\\/]/.test(Deno.execPath());
  return [...isNpx ? ["npx", "-y"] : [], "deno", "task", ...words].join(" ");
}

async function runTask(argv: readonly string[]): Promise<number | undefined> {
  try {
    const child = new Deno.Command("deno", { args: ["task", "--quiet", ...argv] }).spawn();
    return (await child.status).code;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
