/** A launch agent of macOS. */

import { type DailyJob, type Installation, type Places } from "./job.ts";
import { xmlText } from "./xml.ts";

/** The agent's file and the commands that load it. */
export function launchdInstallation(job: DailyJob, places: Places, uid: number): Installation {
  const label = `org.${job.name}`;
  const path = `${places.home}/Library/LaunchAgents/${label}.plist`;
  return {
    files: [{ path, text: propertyList(label, job) }],
    install: [["launchctl", "bootstrap", `gui/${uid}`, path]],
    stop: [["launchctl", "bootout", `gui/${uid}/${label}`]],
    removed: [],
    notes: [
      `Try it now: launchctl kickstart gui/${uid}/${label}`,
      "It runs while you are logged in; a day that was slept through is made up for after waking",
    ],
  };
}

function propertyList(label: string, { command, env, at }: DailyJob): string {
  const text = (value: string) => `<string>${xmlText(value)}</string>`;
  const variables = Object.entries(env).flatMap(([name, value]) => [
    `    <key>${xmlText(name)}</key>`,
    `    ${text(value)}`,
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    "<dict>",
    "  <key>Label</key>",
    `  ${text(label)}`,
    "  <key>ProgramArguments</key>",
    "  <array>",
    ...command.map((word) => `    ${text(word)}`),
    "  </array>",
    ...variables.length === 0
      ? []
      : ["  <key>EnvironmentVariables</key>", "  <dict>", ...variables, "  </dict>"],
    "  <key>StartCalendarInterval</key>",
    "  <dict>",
    "    <key>Hour</key>",
    `    <integer>${at.hour}</integer>`,
    "    <key>Minute</key>",
    `    <integer>${at.minute}</integer>`,
    "  </dict>",
    "  <key>ProcessType</key>",
    "  <string>Background</string>",
    "</dict>",
    "</plist>",
    "",
  ].join("\n");
}
