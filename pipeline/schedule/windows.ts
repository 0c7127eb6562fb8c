/** A task of the Windows Task Scheduler. */

import { clockText, type DailyJob, type Installation, jobTitle, type Places } from "./job.ts";
import { xmlText } from "./xml.ts";

/** The task's definition and the commands that register it. */
export function windowsInstallation(job: DailyJob, places: Places): Installation {
  const path = `${places.temporary}\\${job.name}.xml`;
  const variables = Object.keys(job.env);
  return {
    files: [{ path, text: taskDefinition(job), utf16: true, handedOver: true }],
    install: [["schtasks", "/Create", "/TN", job.name, "/XML", path, "/F"]],
    stop: [["schtasks", "/Delete", "/TN", job.name, "/F"]],
    removed: [],
    notes: [
      `Try it now: schtasks /Run /TN ${job.name}`,
      "It runs while you are logged on, in a window that closes when it is done",
      ...variables.length === 0
        ? []
        : [`A task takes no variables with it: set ${variables.join(", ")} for good, with setx`],
    ],
  };
}

function taskDefinition(job: DailyJob): string {
  const [program, ...args] = job.command;
  return [
    // Without an encoding in the first line: the file's own byte order mark tells it.
    '<?xml version="1.0"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    "  <RegistrationInfo>",
    `    <Description>${xmlText(jobTitle(job))}</Description>`,
    "  </RegistrationInfo>",
    "  <Triggers>",
    "    <CalendarTrigger>",
    `      <StartBoundary>2026-01-01T${clockText(job.at)}:00</StartBoundary>`,
    "      <ScheduleByDay>",
    "        <DaysInterval>1</DaysInterval>",
    "      </ScheduleByDay>",
    "    </CalendarTrigger>",
    "  </Triggers>",
    "  <Settings>",
    "    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>",
    "    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>",
    "    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>",
    "    <StartWhenAvailable>true</StartWhenAvailable>",
    "    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>",
    "    <ExecutionTimeLimit>PT12H</ExecutionTimeLimit>",
    "  </Settings>",
    "  <Actions>",
    "    <Exec>",
    `      <Command>${xmlText(program)}</Command>`,
    `      <Arguments>${xmlText(args.map(quoted).join(" "))}</Arguments>`,
    "    </Exec>",
    "  </Actions>",
    "</Task>",
    "",
  ].join("\r\n");
}

/** A word of a Windows command line, by the rules of CommandLineToArgvW. */
function quoted(word: string): string {
  if (/^[^\s"]+$/.test(word)) return word;
  // Backslashes count only before a quotation mark: there each is doubled.
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`;
}
