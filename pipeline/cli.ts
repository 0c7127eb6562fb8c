/**
 * Arguments in, exit code out. One command a stage; each is loaded when it is called and does its
 * own work.
 */

import type { Command, CommandContext } from "./commands/command.ts";
import { diskFiles, type Effects, systemClock } from "./effects.ts";
import { diskError, type ExitCode, exitCode, inWords, UsageError, UserError } from "./errors.ts";
import { late } from "./late.ts";
import { environmentWith, loadSettings, noSettings, withSettings } from "./settings/resolve.ts";
import { redact } from "./sources/redact.ts";
import { commandHelp, defaultRootOf, nearest, parseArguments } from "./terminal/arguments.ts";
import { terminalTalk } from "./terminal/talk.ts";
import { terminalUser } from "./terminal/user.ts";

const here = import.meta.url;

/** Every command: what it is for in one line, and where it lives. */
const commands: Readonly<Record<string, { about: string; load: () => Promise<Command> }>> = {
  demo: {
    about: "The whole way once, with a made-up person: nothing to register",
    load: async () =>
      (await late<typeof import("./commands/demo.ts")>("./commands/demo.ts", here)).demo,
  },
  start: {
    about: "Begin here: says which way is yours, what it costs and brings, and goes it with you",
    load: async () =>
      (await late<typeof import("./commands/start.ts")>("./commands/start.ts", here)).start,
  },
  login: {
    about: "Log in to a live API, step by step",
    load: async () =>
      (await late<typeof import("./commands/login.ts")>("./commands/login.ts", here)).login,
  },
  logout: {
    about: "Withdraw the consent and delete the login",
    load: async () =>
      (await late<typeof import("./commands/logout.ts")>("./commands/logout.ts", here)).logout,
  },
  plan: {
    about: "What a fetch would ask for, why, and what it would cost",
    load: async () =>
      (await late<typeof import("./commands/plan.ts")>("./commands/plan.ts", here)).plan,
  },
  fetch: {
    about: "Ask a live API for the days that are missing",
    load: async () =>
      (await late<typeof import("./commands/fetch.ts")>("./commands/fetch.ts", here)).fetchCommand,
  },
  import: {
    about: "Take in a Takeout archive, HR<day>.json files, saved API answers",
    load: async () =>
      (await late<typeof import("./commands/import.ts")>("./commands/import.ts", here))
        .importCommand,
  },
  transform: {
    about: "Turn raw documents into Parquet (and CSV) tables",
    load: async () =>
      (await late<typeof import("./commands/transform.ts")>("./commands/transform.ts", here))
        .transform,
  },
  aggregate: {
    about: "Turn tables into minutes, hours and days",
    load: async () =>
      (await late<typeof import("./commands/aggregate.ts")>("./commands/aggregate.ts", here))
        .aggregate,
  },
  pipeline: {
    about: "Fetch, transform and aggregate: all that applies",
    load: async () =>
      (await late<typeof import("./commands/pipeline.ts")>("./commands/pipeline.ts", here))
        .pipeline,
  },
  status: {
    about: "What is there, and what is missing",
    load: async () =>
      (await late<typeof import("./commands/status.ts")>("./commands/status.ts", here)).status,
  },
  verify: {
    about: "Hash and count everything again; name what differs",
    load: async () =>
      (await late<typeof import("./commands/verify.ts")>("./commands/verify.ts", here)).verify,
  },
  doctor: {
    about: "What is well, what is not, and what to do about it",
    load: async () =>
      (await late<typeof import("./commands/doctor.ts")>("./commands/doctor.ts", here)).doctor,
  },
  schedule: {
    about: "A daily job that runs the pipeline and is quiet when all is well",
    load: async () =>
      (await late<typeof import("./commands/schedule.ts")>("./commands/schedule.ts", here))
        .schedule,
  },
  settings: {
    about: "Every setting, its value, and where that comes from",
    load: async () =>
      (await late<typeof import("./commands/settings.ts")>("./commands/settings.ts", here))
        .settingsCommand,
  },
  simulate: {
    about: "A local server of both web APIs, with a made-up person behind it",
    load: async () =>
      (await late<typeof import("./commands/simulate.ts")>("./commands/simulate.ts", here))
        .simulate,
  },
  report: {
    about: "A page to look at: what there is, the years, every second of every day",
    load: async () =>
      (await late<typeof import("./commands/report.ts")>("./commands/report.ts", here)).report,
  },
  notebook: {
    about: "Open the notebooks in Jupyter",
    load: async () =>
      (await late<typeof import("./commands/notebook.ts")>("./commands/notebook.ts", here))
        .notebook,
  },
  cohort: {
    about: "Everything for every participant of a study",
    load: async () =>
      (await late<typeof import("./commands/cohort.ts")>("./commands/cohort.ts", here)).cohort,
  },
  "cohort-worker": {
    about: "One process of a cohort: ids on stdin, a line of JSON for each",
    load: async () =>
      (await late<typeof import("./commands/cohort_worker.ts")>(
        "./commands/cohort_worker.ts",
        here,
      ))
        .cohortWorker,
  },
  "cohort-report": {
    about: "A page about a cohort: who wears, who stopped, how each measure is spread",
    load: async () =>
      (await late<typeof import("./commands/cohort_report.ts")>(
        "./commands/cohort_report.ts",
        here,
      ))
        .cohortReport,
  },
  share: {
    about: "A copy of the tables that can be handed to others",
    load: async () =>
      (await late<typeof import("./commands/share.ts")>("./commands/share.ts", here)).share,
  },
  "new-notebook": {
    about: "Start a notebook of your own",
    load: async () =>
      (await late<typeof import("./commands/new_notebook.ts")>("./commands/new_notebook.ts", here))
        .newNotebook,
  },
};

/** The commands' names, in the order of the help. */
export const commandNames: readonly string[] = Object.keys(commands);

/** The command of that name; throws a UsageError that suggests the nearest one. */
export async function loadCommand(name: string): Promise<Command> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry !== undefined) return await entry.load();
  const near = nearest(name, commandNames);
  throw new UsageError(
    `There is no command "${name}"${near === undefined ? "" : `: did you mean ${near}?`}`,
    "See deno task to list them",
  );
}

/** Runs one command and says what went wrong, if anything, in words. */
export async function main(
  argv: readonly string[],
  effects: Effects,
  env: CommandContext["env"] = environment,
): Promise<ExitCode> {
  const [name, ...rest] = argv;
  try {
    if (name === undefined || name === "--help" || name === "help") {
      effects.talk.result(overview());
      return name === undefined ? exitCode.usage : exitCode.done;
    }
    const command = await loadCommand(name);
    if (rest.includes("--help")) {
      effects.talk.result(commandHelp(command.spec));
      return exitCode.done;
    }
    const said = parseArguments(command.spec, rest);
    const settings = command.withoutSettings
      ? noSettings
      : await loadSettings(said.text("settings"), env, effects.files);
    const given = withSettings(command.spec, said, settings);
    const root = folderOf(given.text("data") ?? defaultRootOf(command.spec), env);
    return await command.run({
      given,
      root,
      effects,
      env: environmentWith(settings, env),
      settings,
    });
  } catch (error) {
    const known = error instanceof UserError ? error : diskError(error);
    if (known === undefined) throw error;
    effects.talk.say(inWords(known));
    return known.exitCode;
  }
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  return [
    "Everysecond: every second of your own Fitbit data, on your own disk",
    "",
    ...Object.entries(commands).map(([name, { about }]) =>
      `  deno task ${name.padEnd(width)}  ${about}`
    ),
    "",
    "deno task COMMAND --help says more.",
  ].join("\n");
}

/** A folder as a person writes it: `~` is their home, a slash at the end says nothing. */
function folderOf(text: string, env: CommandContext["env"]): string {
  const folder = text.replace(/(.)\/+$/, "$1");
  if (folder !== "~" && !folder.startsWith("~/")) return folder;
  const home = env("HOME");
  if (home !== undefined) return home + folder.slice(1);
  throw new UsageError(`Cannot find "${text}": HOME is not set`, "Write the folder's whole path");
}

function environment(name: string): string | undefined {
  const value = Deno.env.get(name);
  return value === undefined || value === "" ? undefined : value;
}

/** Aborted at the first Ctrl-C; the second one ends the program at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    Deno.removeSignalListener("SIGINT", stop);
    controller.abort(
      new UserError("Stopped", { hint: "Run the same command again to go on from here" }),
    );
  };
  Deno.addSignalListener("SIGINT", stop);
  return controller.signal;
}

if (import.meta.main) {
  const signal = interruptSignal();
  const talk = terminalTalk();
  const effects: Effects = {
    files: diskFiles,
    clock: systemClock,
    fetch: globalThis.fetch.bind(globalThis),
    talk,
    user: terminalUser(signal),
    signal,
  };
  try {
    Deno.exit(await main(Deno.args, effects));
  } catch (error) {
    // A bug, with all that its error drags along: what the runtime would show could hold a token.
    talk.say(redact(Deno.inspect(error), []));
    Deno.exit(exitCode.bug);
  }
}
