/**
 * The raw store: documents as they were received, compressed, each with its manifest beside it.
 * A document is written once and never edited; a differing later one becomes the current one and
 * the earlier one is kept beside it under its hash.
 */

import type { Files } from "../effects.ts";
import { manifestOf } from "../layout.ts";
import { type Manifest, manifestSchema } from "./manifest.ts";
import { holds, writeAllDurablyAtOnce, writeDurably } from "./durable.ts";
import { compress, decompressTo, type RoomFor } from "./zstd.ts";
import { DocumentError, reasonOf } from "../errors.ts";
import { releaseOwn } from "../release.ts";

/** What {@link RawStore.put} did. */
export type PutOutcome = "new" | "same" | "replaced" | "kept beside";

const utf8 = new TextEncoder();

export class RawStore {
  /**
   * @param root The data root.
   * @param files The file system.
   */
  constructor(private readonly root: string, private readonly files: Files) {}

  /**
   * Keeps a document with its manifest, durably, the document first.
   *
   * - not there yet: written, `new`
   * - the same bytes as the current one, or the same content but for page tokens: only `asked_at`, `synced_to` and the clock of the manifest
   *   follow, and nothing is written when those are equal too; `same`
   * - other bytes: the current one is kept beside under its hash, the new one takes its place;
   *   `replaced`. With `yieldToCurrent` it is the new one that is kept beside: `kept beside`.
   */
  put(
    path: string,
    document: Uint8Array,
    manifest: Manifest,
    options: { yieldToCurrent?: boolean } = {},
  ): PutOutcome {
    const current = this.manifest(path);
    if (current === undefined) {
      this.#write(path, compress(document), manifest);
      return "new";
    }
    if (isSame(current, manifest)) {
      this.#undoReplacement(path, current);
      const { received_at, sha256, bytes, origin } = current;
      const followed = { ...manifest, received_at, sha256, bytes, origin };
      if (JSON.stringify(followed) !== JSON.stringify(current)) {
        writeDurably(this.files, this.#at(manifestOf(path)), manifestBytes(followed));
      }
      return "same";
    }
    if (options.yieldToCurrent === true) {
      const beside = besidePath(path, manifest.sha256);
      if (this.manifest(beside) === undefined) this.#write(beside, compress(document), manifest);
      return "kept beside";
    }
    const beside = besidePath(path, current.sha256);
    if (this.manifest(beside) === undefined) {
      this.#write(beside, this.files.read(this.#at(path)), current);
    }
    this.#write(path, compress(document), manifest);
    return "replaced";
  }

  /**
   * Keeps the compressed bytes of documents, durably; they count as documents once they have their
   * manifests.
   */
  async putFrames(frames: readonly { path: string; frame: Uint8Array }[]): Promise<void> {
    await writeAllDurablyAtOnce(
      this.files,
      frames.map(({ path, frame }) => ({ path: this.#at(path), bytes: frame })),
    );
  }

  /** Writes the manifests of documents whose bytes are there, durably. */
  async putManifests(list: readonly { path: string; manifest: Manifest }[]): Promise<void> {
    await writeAllDurablyAtOnce(
      this.files,
      list.map(({ path, manifest }) => ({
        path: this.#at(manifestOf(path)),
        bytes: manifestBytes(manifest),
      })),
    );
  }

  /** The compressed bytes of a document. */
  frame(path: string): Uint8Array {
    return this.files.read(this.#at(path));
  }

  /** Removes the bytes of a document that has no manifest. */
  dropFrame(path: string): void {
    if (this.files.size(this.#at(path)) !== undefined) this.files.remove(this.#at(path));
  }

  /** The manifest of a document; undefined when either is not there: alone they do not count. */
  manifest(path: string): Manifest | undefined {
    if (this.files.size(this.#at(path)) === undefined) return undefined;
    const file = this.#at(manifestOf(path));
    let text: string;
    try {
      text = new TextDecoder().decode(this.files.read(file));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
    try {
      return manifestSchema.parse(JSON.parse(text));
    } catch (error) {
      throw new DocumentError(`Cannot read the manifest "${file}": ${reasonOf(error)}`);
    }
  }

  /**
   * The document as received; throws a DocumentError when it cannot be decompressed.
   * @param roomFor Where to put it, if anywhere.
   */
  document(path: string, roomFor: RoomFor = () => undefined): Uint8Array {
    const file = this.#at(path);
    const compressed = this.files.read(file);
    try {
      return decompressTo(roomFor, compressed);
    } catch (error) {
      throw new DocumentError(`Cannot decompress "${file}": ${reasonOf(error)}`);
    } finally {
      releaseOwn(compressed);
    }
  }

  /** Paths of all documents below `raw/`, sorted by folder; superseded ones are among them. */
  *paths(below = "raw"): Generator<string> {
    for (const entry of this.files.list(this.#at(below))) {
      const path = `${below}/${entry.name}`;
      if (entry.isFolder) yield* this.paths(path);
      else if (path.endsWith(".zst")) yield path;
    }
  }

  /**
   * Puts the current answer's bytes back where another one was about to take their place: a crash came
   * after its bytes and before its manifest.
   */
  #undoReplacement(path: string, { sha256 }: Manifest): void {
    const beside = besidePath(path, sha256);
    if (this.manifest(beside) === undefined) return;
    const current = { path: this.#at(path), bytes: this.frame(beside) };
    if (!holds(this.files, current)) writeDurably(this.files, current.path, current.bytes);
  }

  #at(path: string): string {
    return `${this.root}/${path}`;
  }

  #write(path: string, compressed: Uint8Array, manifest: Manifest): void {
    writeDurably(this.files, this.#at(path), compressed);
    writeDurably(this.files, this.#at(manifestOf(path)), manifestBytes(manifest));
  }
}

function isSame(a: Manifest, b: Manifest): boolean {
  return a.sha256 === b.sha256 ||
    (a.content_sha256 !== undefined && a.content_sha256 === b.content_sha256);
}

function manifestBytes(manifest: Manifest): Uint8Array {
  return utf8.encode(JSON.stringify(manifest, null, 2) + "\n");
}

const besidePattern = /~[0-9a-f]{12}(\.[^./]*)*\.zst$/;

/** Where an earlier answer lies: `2026-10-25~0123456789ab.json.zst`. */
export function besidePath(path: string, sha256: string): string {
  const slash = path.lastIndexOf("/") + 1;
  const dot = path.indexOf(".", slash);
  return `${path.slice(0, dot)}~${sha256.slice(0, 12)}${path.slice(dot)}`;
}

/** Whether the path is that of an earlier, superseded document. */
export function isBeside(path: string): boolean {
  return besidePattern.test(path);
}
