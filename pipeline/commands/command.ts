/** What a command is: its words for the help, and what it does with the world handed in. */

import type { Effects } from "../effects.ts";
import type { ExitCode } from "../errors.ts";
import type { Settings } from "../settings/resolve.ts";
import type { CommandSpec, GivenArguments } from "../terminal/arguments.ts";

export interface CommandContext {
  /** What was given, or else what the settings say. */
  readonly given: GivenArguments;
  /** The data root: `--data`, or the command's own default. */
  readonly root: string;
  readonly effects: Effects;
  /** An environment variable, or else what the settings file says; empty ones count as not set. */
  readonly env: (name: string) => string | undefined;
  /** The settings by themselves, for who must know where a value comes from. */
  readonly settings: Settings;
}

export interface Command {
  readonly spec: CommandSpec;
  /** Goes by its own arguments alone, not by the settings. */
  readonly withoutSettings?: true;
  run(context: CommandContext): Promise<ExitCode>;
}
