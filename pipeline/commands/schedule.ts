/** `deno task schedule`: the daily job. */

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type ExitCode, exitCode, UsageError } from "../errors.ts";
import { checkedParticipant, defaultParticipant, logFile } from "../layout.ts";
import type { DailyJob } from "../schedule/job.ts";
import {
  installJob,
  type Machine,
  ownScheduler,
  type Ran,
  removeJob,
  type SchedulerName,
  schedulerNames,
  shownJob,
} from "../schedule/scheduler.ts";
import {
  defaultDailyAt,
  type SettingName,
  settingNames,
  settingVariable,
  timeOfDay,
} from "../settings/catalog.ts";
import type { Command, CommandContext } from "./command.ts";
import { participantOption } from "./options.ts";

const configFile = fileURLToPath(new URL("../../deno.json", import.meta.url));

export const schedule: Command = {
  spec: {
    name: "schedule",
    about: "Shows a daily job for this machine's scheduler that runs deno task pipeline, keeps a " +
      "log in the\ndata root, and is quiet when all is well. --install sets it up, --remove takes " +
      "it away.",
    options: [
      { name: "install", about: "Set it up, in place of an earlier one" },
      { name: "remove", about: "Take it away" },
      {
        name: "with",
        value: "NAME",
        about: `${schedulerNames.join(", ")} (default: what this machine has)`,
      },
      {
        name: "daily-at",
        value: "TIME",
        about: `When, by the machine's clock (default: ${defaultDailyAt})`,
        setting: "daily-at",
      },
      participantOption,
    ],
  },
  run(context) {
    if (context.given.flag("install") && context.given.flag("remove")) {
      throw new UsageError("Cannot both install and remove", "Give --install or --remove");
    }
    return runSchedule(context, thisMachine(context));
  },
};

/** The command, on whatever machine is handed in. */
export async function runSchedule(context: CommandContext, machine: Machine): Promise<ExitCode> {
  const { given, effects: { talk } } = context;
  const name = schedulerName(given.text("with"), machine);
  const job = dailyJob(context);
  if (given.flag("remove")) {
    const was = await removeJob(name, job, machine);
    talk.say(was ? `Removed the daily job from ${name}` : `There was no daily job in ${name}`);
    return exitCode.done;
  }
  if (!given.flag("install")) {
    for (const line of shownJob(name, job, machine)) talk.result(line);
    talk.say("deno task schedule --install sets this up, --remove takes it away");
  } else {
    const notes = await installJob(name, job, machine);
    talk.say(
      `Every day at ${given.text("daily-at") ?? defaultDailyAt} by ${name}: deno task pipeline`,
    );
    talk.say(`What it does stands in ${resolve(context.root)}/${logFile}`);
    for (const note of notes) talk.say(note);
  }
  for (const note of [...npxWarnings(job), ...unknownToJob(context)]) talk.say(note);
  return exitCode.done;
}

function schedulerName(text: string | undefined, machine: Machine): SchedulerName {
  if (text === undefined) return ownScheduler(machine);
  const found = schedulerNames.find((name) => name === text);
  if (found !== undefined) return found;
  throw new UsageError(
    `There is no scheduler "${text}"`,
    `Schedulers: ${schedulerNames.join(", ")}`,
  );
}

/** What runs: whole paths only, for a scheduler knows no folder, no PATH and none of our variables. */
function dailyJob({ given, env, root }: CommandContext): DailyJob {
  const participant = checkedParticipant(given.text("participant") ?? defaultParticipant);
  const variable = env("EVERYSECOND_CONFIG") ? "EVERYSECOND_CONFIG" : "XDG_CONFIG_HOME";
  const config = env(variable);
  const settings = given.text("settings") ?? env("EVERYSECOND_SETTINGS");
  return {
    name: participant === defaultParticipant ? "everysecond" : `everysecond-${participant}`,
    command: [
      Deno.execPath(),
      "task",
      "--quiet",
      "--config",
      configFile,
      "pipeline",
      "--quiet",
      "--data",
      resolve(root),
      "--participant",
      participant,
      ...settings === undefined ? [] : ["--settings", resolve(settings)],
    ],
    env: config ? { [variable]: resolve(config) } : {},
    at: timeOfDay(given.text("daily-at") ?? defaultDailyAt),
  };
}

/** npx keeps programs only until it tidies up. */
function npxWarnings({ command: [deno] }: DailyJob): string[] {
  if (!/[\\/]_npx[\\/]/.test(deno)) return [];
  return [
    `The job runs ${deno}, which npx may throw away: install Deno for good (npm install --global ` +
    "deno, or https://deno.com), then set the job up again",
  ];
}

/** What the job says with every run, so that it need not be in the settings file. */
const toldToJob: ReadonlySet<SettingName> = new Set(["data", "participant", "daily-at"]);

/** Settings of this shell's environment: the scheduler starts the job in another one. */
function unknownToJob({ settings }: CommandContext): string[] {
  const variables = settingNames
    .filter((name) => !toldToJob.has(name) && settings.find(name)?.from === "environment")
    .map(settingVariable);
  if (variables.length === 0) return [];
  return [
    `The job does not know ${variables.join(", ")}: write that into the settings file ` +
    "(deno task settings --init makes one)",
  ];
}

function thisMachine({ effects, env }: CommandContext): Machine {
  const { os } = Deno.build;
  const home = env(os === "windows" ? "USERPROFILE" : "HOME");
  if (home === undefined) throw new UsageError("Cannot find your home: HOME is not set");
  return {
    os,
    files: effects.files,
    places: { home, config: env("XDG_CONFIG_HOME"), temporary: env("TEMP") ?? home },
    uid: () => Deno.uid() ?? 0,
    run: runProgram,
  };
}

async function runProgram(
  [program = "", ...args]: readonly string[],
  input?: string,
): Promise<Ran | undefined> {
  try {
    const child = new Deno.Command(program, {
      args,
      stdin: input === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    if (input !== undefined) {
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode(input));
      await writer.close();
    }
    const { code, stdout, stderr } = await child.output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
