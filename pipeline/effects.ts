/**
 * The world outside the program, handed in: files, clock, network, talk, the user. Real by default,
 * other ones in tests (a clock that stands still, a disk that is full at the Nth write).
 */

/** What the stores need of a file system; every call is synchronous and throws Deno's own errors. */
export interface Files {
  /** The whole file, in memory that is the caller's alone; throws `Deno.errors.NotFound`. */
  read(path: string): Uint8Array;
  /** Creates or truncates the file, writes all bytes, and waits until the disk has them. */
  writeSynced(path: string, bytes: Uint8Array): void;
  /** The same for several files at once, which takes a disk far less time than one by one. */
  writeAllSynced(contents: readonly FileContent[]): Promise<void>;
  rename(from: string, to: string): void;
  /** Waits until the folder's own entries (new names, renames) are on the disk. */
  syncFolder(path: string): void;
  /** The same of several folders at once. */
  syncFolders(paths: Iterable<string>): Promise<void>;
  /** With all folders above it; no error when it exists. */
  makeFolder(path: string): void;
  remove(path: string): void;
  /** Size in bytes, or undefined when there is no such file. */
  size(path: string): number | undefined;
  /** Entries of a folder by name, sorted; empty when there is no such folder. */
  list(path: string): { name: string; isFolder: boolean }[];
}

/** A file to be written. */
export interface FileContent {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Resolves after that many milliseconds, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Talk goes to stderr, results to stdout. */
export interface Talk {
  /** A line for the person. */
  say(line: string): void;
  /** A line of the result, for a person or a program. */
  result(line: string): void;
  /** Progress of long work; see terminal/progress.ts. */
  progress(state: ProgressState): void;
}

export interface ProgressState {
  /** What is being done: `Fetching heart-rate`. */
  readonly what: string;
  readonly done: number;
  readonly total: number;
  /** The unit of done and total: `days`, `files`. */
  readonly unit: string;
  /** While waiting: why and until when (milliseconds since 1970). */
  readonly waiting?: { readonly why: string; readonly until: number };
}

/** Whoever sits at the machine: answers at the keyboard, looks at pages in a browser. */
export interface User {
  /** Whether somebody is there who could answer; else stdin is a pipe, a file or nothing. */
  readonly present: boolean;
  /** Asks for a line; undefined when the input ends instead. Reads a piped line just as well. */
  line(question: string): Promise<string | undefined>;
  /** The same without showing what is typed. */
  secret(question: string): Promise<string | undefined>;
  /** Opens a page in the user's browser; false when that cannot be done here. */
  open(page: URL): Promise<boolean>;
}

export interface Effects {
  readonly files: Files;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly talk: Talk;
  readonly user: User;
  /** Aborted by Ctrl-C; long work stops between two documents. */
  readonly signal: AbortSignal;
}

/** The real file system. */
export const diskFiles: Files = {
  read: (path) => Deno.readFileSync(path),
  writeSynced(path, bytes) {
    using file = written({ path, bytes });
    file.syncSync();
  },
  async writeAllSynced(contents) {
    const open: Deno.FsFile[] = [];
    try {
      for (const content of contents) open.push(written(content));
      await flushed(open);
    } finally {
      for (const file of open) file.close();
    }
  },
  rename: (from, to) => Deno.renameSync(from, to),
  syncFolder(path) {
    const folder = openFolder(path);
    try {
      folder?.syncSync();
    } finally {
      folder?.close();
    }
  },
  async syncFolders(paths) {
    const open: Deno.FsFile[] = [];
    try {
      for (const path of paths) {
        const folder = openFolder(path);
        if (folder !== undefined) open.push(folder);
      }
      await flushed(open);
    } finally {
      for (const folder of open) folder.close();
    }
  },
  makeFolder: (path) => Deno.mkdirSync(path, { recursive: true }),
  remove: (path) => Deno.removeSync(path),
  size(path) {
    try {
      return Deno.statSync(path).size;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  },
  list(path) {
    try {
      return Array.from(
        Deno.readDirSync(path),
        (entry) => ({ name: entry.name, isFolder: entry.isDirectory }),
      ).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  },
};

/** Windows cannot open a folder; there the rename itself has to do. */
function openFolder(path: string): Deno.FsFile | undefined {
  return Deno.build.os === "windows" ? undefined : Deno.openSync(path, { read: true });
}

/** Flushes that wait for each other are one to the disk. */
async function flushed(open: readonly Deno.FsFile[]): Promise<void> {
  await Promise.all(open.map((file) => file.sync()));
}

/** The file with its content, open, not yet flushed. */
function written({ path, bytes }: FileContent): Deno.FsFile {
  const file = Deno.openSync(path, { write: true, create: true, truncate: true });
  try {
    let length = 0;
    while (length < bytes.length) length += file.writeSync(bytes.subarray(length));
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Whether there is nothing at a path, or nothing that could lie below a file. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep(ms, signal) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (signal?.aborted) {
      reject(signal.reason);
      return promise;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
    return promise;
  },
};
