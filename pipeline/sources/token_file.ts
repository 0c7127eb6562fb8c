/**
 * The one file with the logins, outside of every data root: mode 0600 in a 0700 folder, replaced
 * durably, changed by one process at a time.
 */

import { z } from "zod";
import { diskFiles, type Files, isAbsent } from "../effects.ts";
import { exitCode, LoginsUnwritable, reasonOf, UserError } from "../errors.ts";
import { temporaryOf, writeDurably } from "../raw/durable.ts";

/** How an OAuth client shows who it is: secret in the form, secret in a header, or no secret. */
export const clientAuthSchema = z.enum(["post", "basic", "none"]);

const loginSchema = z.strictObject({
  source: z.string(),
  participant: z.string(),
  /** The base address its tokens are for; they are never sent to another one. */
  api_url: z.string(),
  token_endpoint: z.string(),
  client_id: z.string(),
  client_secret: z.string().optional(),
  client_auth: clientAuthSchema,
  access_token: z.string(),
  /** When the access token ends (ms since 1970); null when the server did not say. */
  expires_at: z.number().nullable(),
  refresh_token: z.string().optional(),
  /** The refresh token stays good after its use; absent: its successor must be kept, or all is lost. */
  refresh_lasts: z.boolean().optional(),
  /** When the whole grant ends (ms since 1970): Google tells it of apps in testing. */
  grant_expires_at: z.number().optional(),
  scopes: z.array(z.string()).optional(),
  user_id: z.string().optional(),
});

const fileSchema = z.strictObject({ format: z.literal(1), logins: z.array(loginSchema) });

/** One account's tokens for one participant at one address. */
export type Login = z.infer<typeof loginSchema>;

/** What tells logins apart. */
export type LoginKey = Pick<Login, "source" | "participant" | "api_url">;

/** Keeps logins; a file for people, memory for the demo and tests. */
export interface LoginStore {
  /** The login as it is now, also when another process changed it. */
  find(key: LoginKey): Login | undefined;
  /** Every login, as they are now. */
  list(): readonly Login[];
  /** Throws LoginsUnwritable when a login could not be saved now. */
  probe(): void;
  /** Adds the login or replaces the one with its key; when it returns, a crash cannot undo it. */
  save(login: Login): void;
  /** Takes the login with that key away. */
  remove(key: LoginKey): void;
  /**
   * Runs the work while no other process does so with this store. Throws LoginsUnwritable when there
   * can be no such turn.
   */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Files only their owner can read. */
export const secretFiles: Files = {
  ...diskFiles,
  writeSynced(path, bytes) {
    // A file that is there already would keep its own mode.
    if (diskFiles.size(path) !== undefined) diskFiles.remove(path);
    Deno.openSync(path, { write: true, createNew: true, mode: 0o600 }).close();
    diskFiles.writeSynced(path, bytes);
  },
  makeFolder: (path) => Deno.mkdirSync(path, { recursive: true, mode: 0o700 }),
};

/** The logins in `tokens.json` of a folder, which is made when the first one is saved. */
export class LoginFile implements LoginStore {
  readonly #folder: string;
  readonly #path: string;
  readonly #files: Files;

  constructor(folder: string, files: Files = secretFiles) {
    this.#folder = folder;
    this.#path = `${folder}/tokens.json`;
    this.#files = files;
  }

  find(key: LoginKey): Login | undefined {
    return this.list().find((login) => sameKey(login, key));
  }

  probe(): void {
    const path = `${this.#path}.probe`;
    this.#orUnwritable(() => {
      this.#files.makeFolder(this.#folder);
      this.#files.writeSynced(temporaryOf(path), new Uint8Array());
      this.#files.remove(temporaryOf(path));
    });
  }

  save(login: Login): void {
    this.#write([...this.list().filter((other) => !sameKey(other, login)), login]);
  }

  remove(key: LoginKey): void {
    this.#write(this.list().filter((login) => !sameKey(login, key)));
  }

  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    // A file of its own: the token file is replaced, and a lock would stay with the old one.
    const lock = this.#orUnwritable(() => {
      this.#files.makeFolder(this.#folder);
      return Deno.openSync(`${this.#folder}/tokens.lock`, {
        write: true,
        create: true,
        mode: 0o600,
      });
    });
    try {
      await lock.lock(true);
      return await work();
    } finally {
      // Closing ends the lock too.
      lock.close();
    }
  }

  #write(logins: readonly Login[]): void {
    const text = JSON.stringify({ format: 1, logins }, null, 2);
    const bytes = new TextEncoder().encode(text + "\n");
    this.#orUnwritable(() => writeDurably(this.#files, this.#path, bytes));
  }

  #orUnwritable<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw new LoginsUnwritable(
        `Cannot write the logins to "${this.#path}": ${reasonOf(error)}`,
        {
          hint: "Make that folder writable, or set EVERYSECOND_CONFIG to one that is",
          exitCode: exitCode.usage,
          cause: error,
        },
      );
    }
  }

  list(): readonly Login[] {
    let bytes: Uint8Array;
    try {
      bytes = this.#files.read(this.#path);
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
    try {
      return fileSchema.parse(JSON.parse(new TextDecoder().decode(bytes))).logins;
    } catch (error) {
      // The reason of a JSON error quotes the text, and that is secret.
      const reason = error instanceof z.ZodError ? z.prettifyError(error) : "not JSON";
      throw new UserError(`Cannot read the logins in "${this.#path}": ${reason}`, {
        hint: "Move that file away and log in again",
      });
    }
  }
}

/** Logins that end with the process. */
export class LoginMemory implements LoginStore {
  #logins: readonly Login[] = [];
  #last: Promise<unknown> = Promise.resolve();

  find(key: LoginKey): Login | undefined {
    return this.#logins.find((login) => sameKey(login, key));
  }

  list(): readonly Login[] {
    return this.#logins;
  }

  probe(): void {}

  save(login: Login): void {
    this.#logins = [...this.#logins.filter((other) => !sameKey(other, login)), login];
  }

  remove(key: LoginKey): void {
    this.#logins = this.#logins.filter((login) => !sameKey(login, key));
  }

  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    // A failure is the caller's to handle; the next in line only waits for the end.
    this.#last = result.then(() => {}, () => {});
    return result;
  }
}

/**
 * The folder of the token file and the settings: `EVERYSECOND_CONFIG`, else where the platform keeps
 * settings; undefined when the environment does not even name a home.
 * @param env Reads an environment variable.
 * @param os As in `Deno.build.os`.
 */
export function findConfigFolder(
  env: (name: string) => string | undefined,
  os: typeof Deno.build.os = Deno.build.os,
): string | undefined {
  const chosen = env("EVERYSECOND_CONFIG");
  if (chosen) return chosen;
  const home = env("HOME");
  const base = env("XDG_CONFIG_HOME") ||
    (os === "windows"
      ? env("APPDATA")
      : home && (os === "darwin" ? `${home}/Library/Application Support` : `${home}/.config`));
  return base ? `${base}/everysecond` : undefined;
}

/** The same for what cannot do without; throws a UserError when there is none. */
export function configFolder(
  env: (name: string) => string | undefined,
  os: typeof Deno.build.os = Deno.build.os,
): string {
  const folder = findConfigFolder(env, os);
  if (folder !== undefined) return folder;
  throw new UserError("Cannot find a folder for the logins: HOME is not set", {
    hint: "Set EVERYSECOND_CONFIG to a folder outside the data root",
  });
}

function sameKey(a: LoginKey, b: LoginKey): boolean {
  return a.source === b.source && a.participant === b.participant && a.api_url === b.api_url;
}
