/** Lines of a crontab: ours between two marks, everybody else's as they were. */

import { UsageError } from "../errors.ts";
import type { DailyJob } from "./job.ts";

/** The job's lines, marks included. */
export function cronLines(job: DailyJob): string[] {
  const { command, env, at } = job;
  const words = [
    ...Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`),
    ...command.map(quoted),
  ];
  const line = words.join(" ");
  if (/[\n\0]/.test(line)) {
    throw new UsageError("Cannot write a path with a line break into a crontab");
  }
  const { begin, end } = marks(job.name);
  // To cron a percent sign is the end of the line, in quotes too, unless a backslash stands before it.
  return [begin, `${at.minute} ${at.hour} * * * ${line.replaceAll("%", "\\%")}`, end];
}

/** A crontab with the job's lines, once. */
export function withCronLines(crontab: string, job: DailyJob): string {
  return withoutCronLines(crontab, job.name) + `${cronLines(job).join("\n")}\n`;
}

/** A crontab without the lines of the job of that name. */
export function withoutCronLines(crontab: string, name: string): string {
  const { begin, end } = marks(name);
  const kept: string[] = [];
  let isOurs = false;
  for (const line of crontab.split("\n")) {
    if (line === begin) isOurs = true;
    if (!isOurs) kept.push(line);
    if (line === end) isOurs = false;
  }
  if (isOurs) {
    throw new UsageError(`Cannot find the line "${end}" in the crontab`, "Mend it with crontab -e");
  }
  const text = kept.join("\n");
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function marks(name: string) {
  return { begin: `# ${name}: the daily job of Everysecond begins`, end: `# ${name}: ends` };
}

/**
 * A word of the shell. After a backslash the quotes are closed and opened again: some crons make one
 * of two that stand together, and none of them sees a percent sign's own backslash after another.
 */
function quoted(word: string): string {
  if (/^[\w@/:.,=+-]+$/.test(word)) return word;
  return `'${word.replace(/['\\]/g, (c) => c === "'" ? `'\\''` : `\\''`)}'`;
}
