/**
 * The raw documents of parts as columns. Each is read and flattened once for the parts that need it one
 * after the other - neighbouring days share the archives' UTC files, all days of a month its answer -
 * and given up as soon as the next part does not.
 */

import type { Files } from "../effects.ts";
import { DocumentError } from "../errors.ts";
import { giveUpDocument, roomForDocument } from "../kernels/memory.ts";
import { RawStore } from "../raw/store.ts";
import { release, releaseColumns } from "../release.ts";
import type { Stream } from "../sources/source.ts";
import type { SeriesDocument } from "./arrange.ts";
import type { PartPlan } from "./plan.ts";

/** A document's rows, or why there are none. */
export type Read = { readonly flattened: SeriesDocument } | { readonly reason: string };

export class FlattenedDocuments {
  readonly #store: RawStore;
  readonly #streams: readonly Stream[];
  readonly #kept = new Map<string, Read>();

  /** @param streams Those of all documents that are asked for. */
  constructor(root: string, files: Files, streams: readonly Stream[]) {
    this.#store = new RawStore(root, files);
    this.#streams = streams;
  }

  /** The rows of a document for a table; they are good until {@link keepFor} gives them up. */
  read(table: string, source: string, path: string): Read {
    const key = keyOf(table, path);
    const read = this.#kept.get(key) ?? this.#flatten(table, source, path);
    this.#kept.set(key, read);
    return read;
  }

  /** Gives up all documents but those that this part needs. */
  keepFor({ table, series }: PartPlan): void {
    const needed = new Set(
      series.flatMap(({ documents }) => documents.map((path) => keyOf(table, path))),
    );
    for (const [key, read] of this.#kept) {
      if (needed.has(key)) continue;
      this.#kept.delete(key);
      if ("flattened" in read) releaseColumns(read.flattened.columns);
    }
  }

  #flatten(table: string, source: string, path: string): Read {
    let document: Uint8Array | undefined;
    try {
      const manifest = this.#store.manifest(path);
      if (manifest === undefined) return { reason: "it or its manifest is gone" };
      const order = this.#streams.findIndex((stream) =>
        stream.source === source && stream.name === manifest.stream && stream.table === table
      );
      const stream = this.#streams[order];
      if (stream === undefined) {
        throw new RangeError(
          `Cannot find a stream "${manifest.stream}" of ${source} for the table ${table}`,
        );
      }
      document = this.#store.document(path, roomForDocument);
      return { flattened: { ...stream.flatten(document, manifest), order } };
    } catch (error) {
      if (error instanceof DocumentError) return { reason: error.message };
      throw error;
    } finally {
      if (document !== undefined && !giveUpDocument(document)) release(document);
    }
  }
}

function keyOf(table: string, path: string): string {
  return `${table} ${path}`;
}
