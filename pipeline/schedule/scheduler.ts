/** The schedulers a daily job can be given to, and how it is given, shown or taken away. */

import type { Files } from "../effects.ts";
import { UsageError, UserError } from "../errors.ts";
import { cronLines, withCronLines, withoutCronLines } from "./cron.ts";
import type { DailyJob, Installation, JobFile, Places } from "./job.ts";
import { launchdInstallation } from "./launchd.ts";
import { systemdInstallation } from "./systemd.ts";
import { windowsInstallation } from "./windows.ts";

/** What `--with` calls the schedulers. */
export const schedulerNames = ["systemd", "launchd", "cron", "windows"] as const;

export type SchedulerName = typeof schedulerNames[number];

/** What a command of the system said. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The machine as far as schedulers go. */
export interface Machine {
  readonly os: typeof Deno.build.os;
  readonly places: Places;
  readonly files: Files;
  /** The user's number; on macOS only. */
  readonly uid: () => number;
  /** Runs a command of the system; undefined when there is none of that name. */
  readonly run: (argv: readonly string[], input?: string) => Promise<Ran | undefined>;
}

/** The scheduler this system has. */
export function ownScheduler({ os, files }: Pick<Machine, "os" | "files">): SchedulerName {
  if (os === "windows") return "windows";
  if (os === "darwin") return "launchd";
  // There when systemd runs the machine: sd_booted(3).
  return files.size("/run/systemd/system") === undefined ? "cron" : "systemd";
}

/** The job as the scheduler is told it, line by line. */
export function shownJob(name: SchedulerName, job: DailyJob, machine: Machine): string[] {
  if (name === "cron") return ["# A line for crontab -e:", ...cronLines(job)];
  const { files, install } = installationOf(name, job, machine);
  return [
    ...files.flatMap(({ path, text }) => [`# ${path}`, text.replaceAll("\r\n", "\n")]),
    "# Then:",
    ...install.map((argv) => argv.join(" ")),
  ];
}

/** Gives the job to the scheduler, in place of an earlier one of its name. Returns what to know. */
export async function installJob(
  name: SchedulerName,
  job: DailyJob,
  machine: Machine,
): Promise<readonly string[]> {
  if (name === "cron") {
    await changeCrontab(
      machine,
      (crontab) => withCronLines(withoutCronLines(crontab, job.name), job),
    );
    return ["A day that the machine slept through is not made up for: the next run fetches it"];
  }
  const { files, install, stop, notes } = installationOf(name, job, machine);
  const handedOver = files.filter((file) => file.handedOver);
  // launchd knows an earlier one by its label and takes no second.
  if (name === "launchd") { for (const argv of stop) await machine.run(argv); }
  for (const file of files) writeFile(file, machine.files);
  try {
    for (const argv of install) await must(argv, machine);
  } finally {
    for (const { path } of handedOver) machine.files.remove(path);
  }
  return notes;
}

/** Takes the job away again; true when there was one. */
export async function removeJob(
  name: SchedulerName,
  job: DailyJob,
  machine: Machine,
): Promise<boolean> {
  if (name === "cron") {
    return await changeCrontab(machine, (crontab) => withoutCronLines(crontab, job.name));
  }
  const { files, stop, removed } = installationOf(name, job, machine);
  const kept = files.filter(({ path, handedOver }) =>
    handedOver !== true && machine.files.size(path) !== undefined
  );
  let stopped = true;
  // What is not there cannot be stopped, and that is what was wanted.
  for (const argv of stop) stopped = (await machine.run(argv))?.code === 0 && stopped;
  for (const { path } of kept) machine.files.remove(path);
  if (kept.length > 0) { for (const argv of removed) await must(argv, machine); }
  return kept.length > 0 || (stopped && files.some(({ handedOver }) => handedOver));
}

function installationOf(
  name: Exclude<SchedulerName, "cron">,
  job: DailyJob,
  machine: Machine,
): Installation {
  const { places } = machine;
  if (name === "launchd") return launchdInstallation(job, places, machine.uid());
  return name === "systemd" ? systemdInstallation(job, places) : windowsInstallation(job, places);
}

function writeFile({ path, text, utf16 }: JobFile, files: Files): void {
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  files.makeFolder(path.slice(0, cut));
  files.writeSynced(path, utf16 ? utf16Bytes(text) : new TextEncoder().encode(text));
}

/** UTF-16, little end first, with its mark. */
function utf16Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, true);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i + 2, text.charCodeAt(i), true);
  return bytes;
}

async function changeCrontab(
  machine: Machine,
  change: (crontab: string) => string,
): Promise<boolean> {
  const listed = await machine.run(["crontab", "-l"]);
  if (listed === undefined) throw missing("crontab");
  // Without a crontab it ends with 1 and says so.
  if (listed.code !== 0 && !/no crontab/i.test(listed.stderr)) {
    throw new UserError(`Cannot read the crontab: ${listed.stderr.trim()}`);
  }
  const before = listed.code === 0 ? listed.stdout : "";
  const after = change(before);
  if (after === before) return false;
  await must(["crontab", "-"], machine, after);
  return true;
}

async function must(argv: readonly string[], machine: Machine, input?: string): Promise<void> {
  const ran = await machine.run(argv, input);
  if (ran === undefined) throw missing(argv[0] ?? "");
  if (ran.code === 0) return;
  throw new UserError(
    `${argv.join(" ")} ended with ${ran.code}: ${(ran.stderr + ran.stdout).trim()}`,
    { hint: "deno task schedule without --install shows what to set up by hand" },
  );
}

function missing(program: string): UsageError {
  return new UsageError(
    `There is no ${program} on this machine`,
    `Choose another scheduler: --with ${schedulerNames.join(", ")}`,
  );
}
