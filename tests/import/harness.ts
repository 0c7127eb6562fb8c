/** An import into a folder of its own, with everything around it under control. */

import { type Clock, diskFiles, type Files, type ProgressState } from "../../pipeline/effects.ts";
import { diskReader, type InputReader } from "../../pipeline/import/input_reader.ts";
import type { ImportLine, ImportReport } from "../../pipeline/import/report.ts";
import { type ImportOptions, runImport } from "../../pipeline/import/run.ts";
import type { Manifest } from "../../pipeline/raw/manifest.ts";
import { RawStore } from "../../pipeline/raw/store.ts";

/** A clock that goes on by a second whenever it is looked at. */
function steppingClock(): Clock {
  let now = Date.UTC(2026, 10, 22, 12);
  return { now: () => now += 1000, sleep: () => Promise.resolve() };
}

export class Harness {
  readonly folder = Deno.makeTempDirSync({ prefix: "import-test-" });
  readonly root = `${this.folder}/data`;
  /** Paths written so far, relative to the data root. */
  readonly written: string[] = [];
  /** Documents the import told of, in order. */
  readonly told: { path: string; manifest: Manifest }[] = [];
  readonly progress: ProgressState[] = [];
  /** Files that were opened to be read. */
  readonly opened: string[] = [];
  readonly #files: Files = {
    ...diskFiles,
    writeSynced: (path, bytes) => {
      this.written.push(path.slice(this.root.length + 1).replace(/\.tmp-everysecond$/, ""));
      diskFiles.writeSynced(path, bytes);
    },
    writeAllSynced: (contents) => {
      for (const { path, bytes } of contents) this.#files.writeSynced(path, bytes);
      return Promise.resolve();
    },
  };
  readonly store = new RawStore(this.root, this.#files);
  readonly #clock = steppingClock();

  /** Writes a file to import; returns its path. */
  file(name: string, content: Uint8Array | string): string {
    const path = `${this.folder}/${name}`;
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    if (typeof content === "string") Deno.writeTextFileSync(path, content);
    else Deno.writeFileSync(path, content);
    return path;
  }

  import(
    paths: readonly string[],
    options: Partial<ImportOptions> & {
      signal?: AbortSignal;
      onProgress?: (state: ProgressState) => void;
      reader?: InputReader;
    } = {},
  ): Promise<ImportReport> {
    return runImport({
      paths,
      participant: "me",
      timeZone: undefined,
      ownTimeZone: "Europe/Berlin",
      withLocation: false,
      ...options,
    }, {
      root: this.root,
      files: this.#files,
      store: this.store,
      reader: {
        ...options.reader ?? diskReader,
        open: (path) => {
          this.opened.push(path);
          return (options.reader ?? diskReader).open(path);
        },
      },
      clock: this.#clock,
      talk: {
        say: () => {},
        result: () => {},
        progress: (state) => {
          this.progress.push(state);
          options.onProgress?.(state);
        },
      },
      signal: options.signal ?? new AbortController().signal,
      onDocuments: (documents) => void this.told.push(...documents),
    });
  }

  /** The bytes of a raw document. */
  document(path: string): Uint8Array {
    return Uint8Array.from(this.store.document(path));
  }

  /** Paths of all raw documents, superseded ones too. */
  documents(): string[] {
    return Array.from(this.store.paths());
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** `outcome member: reason` of each line, inputs without their folder. */
export function outcomes(lines: readonly ImportLine[]): string[] {
  return lines.map(({ input, member, outcome, reason }) => {
    const name = member ?? input.slice(input.lastIndexOf("/") + 1);
    return `${outcome} ${name}${reason === undefined ? "" : `: ${reason}`}`;
  });
}

/** How many files had each outcome. */
export function counts(lines: readonly ImportLine[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { outcome } of lines) found[outcome] = (found[outcome] ?? 0) + 1;
  return found;
}
