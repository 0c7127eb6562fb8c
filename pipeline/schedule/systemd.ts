/** A user's timer of systemd, with the service it starts. */

import { clockText, type DailyJob, type Installation, jobTitle, type Places } from "./job.ts";

/** The units and the commands that make them count. */
export function systemdInstallation(job: DailyJob, places: Places): Installation {
  const folder = `${places.config ?? `${places.home}/.config`}/systemd/user`;
  const timer = `${job.name}.timer`;
  const reload = ["systemctl", "--user", "daemon-reload"];
  return {
    files: [
      { path: `${folder}/${job.name}.service`, text: serviceUnit(job) },
      { path: `${folder}/${timer}`, text: timerUnit(job) },
    ],
    install: [reload, ["systemctl", "--user", "enable", "--now", timer]],
    stop: [["systemctl", "--user", "disable", "--now", timer]],
    removed: [reload],
    notes: [
      `Try it now: systemctl --user start ${job.name}.service`,
      "It runs while you are logged in; loginctl enable-linger makes it run always",
    ],
  };
}

function serviceUnit({ command, env, ...job }: DailyJob): string {
  const [program, ...args] = command;
  return [
    "[Unit]",
    `Description=${specifiersKept(jobTitle({ command, env, ...job }))}`,
    "",
    "[Service]",
    "Type=oneshot",
    ...Object.entries(env).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`),
    // In the program's own path a dollar sign stands for itself, in arguments it is a variable's.
    `ExecStart=${
      [quoted(program), ...args.map((arg) => quoted(arg).replaceAll("$", "$$$$"))].join(" ")
    }`,
    "Nice=10",
    "",
  ].join("\n");
}

function timerUnit(job: DailyJob): string {
  return [
    "[Unit]",
    `Description=${specifiersKept(jobTitle(job))}`,
    "",
    "[Timer]",
    `OnCalendar=*-*-* ${clockText(job.at)}:00`,
    "# A day that was slept through is made up for after waking.",
    "Persistent=true",
    "",
    "[Install]",
    "WantedBy=timers.target",
    "",
  ].join("\n");
}

/** A word of a unit file, by the rules of systemd.syntax(7). */
function quoted(word: string): string {
  const escaped = word.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  return specifiersKept(/^[\w@/:.,=+-]+$/.test(word) ? word : `"${escaped}"`);
}

/** `%h` and the like are replaced in unit files; a doubled percent sign is one. */
function specifiersKept(text: string): string {
  return text.replaceAll("%", "%%");
}
