/** Stand-ins for the world outside: a clock that stands still, talk that is kept, files that count or fail. */

import {
  type Clock,
  diskFiles,
  type Effects,
  type FileContent,
  type Files,
  type Talk,
  type User,
} from "../../pipeline/effects.ts";

/** A clock that moves only when it is told to, or when somebody sleeps. */
export class HandClock implements Clock {
  constructor(public ms: number) {}
  now(): number {
    return this.ms;
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    this.ms += ms;
    return Promise.resolve();
  }
}

/** Talk kept for looking at. */
export class KeptTalk implements Talk {
  readonly said: string[] = [];
  readonly results: string[] = [];
  say(line: string): void {
    this.said.push(line);
  }
  result(line: string): void {
    this.results.push(line);
  }
  progress(): void {}
}

/** Nobody at the keyboard, nothing on stdin, no browser. */
export const nobody: User = {
  present: false,
  line: () => Promise.resolve(undefined),
  secret: () => Promise.resolve(undefined),
  open: () => Promise.resolve(false),
};

const mutating = ["writeSynced", "rename", "syncFolder", "makeFolder", "remove"] as const;

/** A call that changes the disk. */
export type Mutation = typeof mutating[number];

/** The real disk, with every changing call counted and, where told, failing instead. */
export class WatchedFiles implements Files {
  readonly calls: { mutation: Mutation; path: string }[] = [];
  /** Throws what it returns before the call with that number (from 1) is made. */
  failAt: ((call: number, mutation: Mutation, path: string) => Error | undefined) | undefined;

  read = diskFiles.read;
  size = diskFiles.size;
  list = diskFiles.list;

  writeSynced(path: string, bytes: Uint8Array): void {
    this.#count("writeSynced", path);
    diskFiles.writeSynced(path, bytes);
  }
  writeAllSynced(contents: readonly FileContent[]): Promise<void> {
    // One after the other, so that each can be refused.
    for (const { path, bytes } of contents) this.writeSynced(path, bytes);
    return Promise.resolve();
  }
  rename(from: string, to: string): void {
    this.#count("rename", to);
    diskFiles.rename(from, to);
  }
  syncFolder(path: string): void {
    this.#count("syncFolder", path);
    diskFiles.syncFolder(path);
  }
  syncFolders(paths: Iterable<string>): Promise<void> {
    for (const path of paths) this.syncFolder(path);
    return Promise.resolve();
  }
  makeFolder(path: string): void {
    this.#count("makeFolder", path);
    diskFiles.makeFolder(path);
  }
  remove(path: string): void {
    this.#count("remove", path);
    diskFiles.remove(path);
  }

  /** How many files were written or removed. */
  get writes(): number {
    return this.calls.filter(({ mutation }) => mutation === "writeSynced" || mutation === "remove")
      .length;
  }

  #count(mutation: Mutation, path: string): void {
    this.calls.push({ mutation, path });
    const error = this.failAt?.(this.calls.length, mutation, path);
    if (error !== undefined) throw error;
  }
}

/** Effects for a test: hand clock, kept talk, watched files, no network unless given. */
export function testEffects(
  options: { now?: number; fetch?: typeof fetch } = {},
): Effects & { clock: HandClock; talk: KeptTalk; files: WatchedFiles } {
  return {
    files: new WatchedFiles(),
    clock: new HandClock(options.now ?? Date.UTC(2026, 10, 22, 12)),
    talk: new KeptTalk(),
    user: nobody,
    fetch: options.fetch ??
      (() => Promise.reject(new Error("A test without a network made a request"))),
    signal: new AbortController().signal,
  };
}

/** The disk without the waits; what has to be durable has its own tests. */
export const unsyncedFiles: Files = {
  ...diskFiles,
  writeSynced: (path, bytes) => Deno.writeFileSync(path, bytes),
  syncFolder: () => {},
  syncFolders: () => Promise.resolve(),
};

/** A folder of its own for the length of a test. */
export async function inTemporaryFolder<T>(work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "everysecond-" });
  try {
    return await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Every file below a folder by its relative path, with a digest of its bytes. */
export async function treeOf(
  folder: string,
  leaveOut: (path: string) => boolean = () => false,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const walk = async (relative: string) => {
    for (const entry of diskFiles.list(relative === "" ? folder : `${folder}/${relative}`)) {
      const path = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (leaveOut(path)) continue;
      if (entry.isFolder) await walk(path);
      else {
        const bytes = await Deno.readFile(`${folder}/${path}`);
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
        found.set(path, digest.toHex());
      }
    }
  };
  await walk("");
  return new Map(Array.from(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where this run's dependencies lie, for processes with another home. */
export function denoFolder(): string {
  return Deno.env.get("DENO_DIR") ??
    `${Deno.env.get("XDG_CACHE_HOME") ?? `${Deno.env.get("HOME")}/.cache`}/deno`;
}
