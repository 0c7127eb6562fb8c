/** The daily job, and what a scheduler of the system needs to be told of it. */

/** What runs every day. */
export interface DailyJob {
  /** Its name: letters, digits, dots, dashes and underscores. */
  readonly name: string;
  /** The program by its whole path, and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Environment variables that the scheduler would not hand on. */
  readonly env: Readonly<Record<string, string>>;
  /** By the machine's clock. */
  readonly at: { readonly hour: number; readonly minute: number };
}

/** Where the person's files are. */
export interface Places {
  readonly home: string;
  /** What XDG_CONFIG_HOME says, where it is set. */
  readonly config: string | undefined;
  /** For files that are only handed over. */
  readonly temporary: string;
}

/** A file to write, and whether it is only handed over to a command. */
export interface JobFile {
  readonly path: string;
  readonly text: string;
  /** As Windows wants it. */
  readonly utf16?: true;
  readonly handedOver?: true;
}

/** How the job is given to one scheduler. */
export interface Installation {
  readonly files: readonly JobFile[];
  /** Commands to run once the files are there. */
  readonly install: readonly (readonly string[])[];
  /** Commands to run before the files are removed; they fail where nothing is installed. */
  readonly stop: readonly (readonly string[])[];
  /** Commands to run when the files are gone. */
  readonly removed: readonly (readonly string[])[];
  /** What a person should know. */
  readonly notes: readonly string[];
}

/** `06:05`. */
export function clockText({ hour, minute }: DailyJob["at"]): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** What every scheduler shows of it. */
export function jobTitle(job: DailyJob): string {
  return `Everysecond: fetch, transform and aggregate every day (${job.name})`;
}
