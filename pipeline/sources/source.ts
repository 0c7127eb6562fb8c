/**
 * The interface between the sources and the rest of the house. A source says which streams it has,
 * how one document of a stream is asked for (live sources), and how a document becomes columns.
 * Fetch, raw store and transform know nothing else of it.
 */

import type { Day } from "../day.ts";
import type { Columns } from "../columns.ts";
import type { Manifest, SourceName } from "../raw/manifest.ts";

export type { SourceName } from "../raw/manifest.ts";

/** Which device or app recorded each row, where a document interleaves several of them. */
export interface Recorders {
  /** As the source spells them. */
  readonly names: readonly string[];
  /** Of each name, whether it only mirrors what another app or service holds. */
  readonly mirrors: readonly boolean[];
  /** For each row the index of its name. */
  readonly codes: Int32Array;
}

/** A session (an exercise, say) that a document tells of by an id of its own. */
export interface Session {
  readonly id: string;
  /** When it began, ms since 1970. */
  readonly start: number;
  /** When it began by what was recorded, before somebody changed it. */
  readonly recorded?: number;
  /** It is none if another stream of the series, which tells of that time, does not have it. */
  readonly doubtful?: true;
}

/** What one flattening of one document gave. */
export interface Flattened {
  /**
   * The rows of the document for the stream's table, in any order, duplicates included: every
   * column of the catalogue but `source`, which the transform stage adds.
   */
  readonly columns: Columns;
  /** Where several recorders measured the same: the transform stage keeps one of them a civil day. */
  readonly recorders?: Recorders;
  /**
   * The sessions that the document tells of, where several streams of a series tell of the same ones by
   * other ids: the transform stage gives them one id, and their rows come together.
   */
  readonly sessions?: readonly Session[];
  /** Fields nobody here knows, by their path (`dataPoints[].heartRate.foo`), with their number. */
  readonly unknown: ReadonlyMap<string, number>;
  /** What a person should know of this document: an ambiguous hour, samples dropped and why. */
  readonly notes: readonly string[];
}

/** One kind of data of one source, in the source's own spelling. */
export interface Stream {
  readonly source: SourceName;
  /** `heart-rate`, `activities/heart/1sec`, `heart_rate-*.json`. */
  readonly name: string;
  /** The table its rows go to; a name of the catalogue. */
  readonly table: string;
  /**
   * Streams of a source with the same name here hold different rows of the same days: for the table
   * they are one account of a day, not several to choose from.
   */
  readonly series?: string;
  /**
   * Its rows count on days only for which no other stream of the source has any: another algorithm,
   * or the same with less beside it, so that covering more is no merit.
   */
  readonly fallback?: true;
  /** Raise when the same document would give other rows: parts built from it are rebuilt. */
  readonly version: number;
  /**
   * The rows of a document. Throws a DocumentError when a required field is missing or mistyped,
   * saying which and where.
   * @param document The received bytes. Web answers: a JSON array of the response bodies.
   */
  flatten(document: Uint8Array, manifest: Manifest): Flattened;
}

/**
 * The civil days one document spans: a day for dense streams; the widest the API allows for the
 * others: a calendar month or year, or so many days counted from 1970 on. `today` is what there is
 * now (devices), with no past: asked only when today is wanted.
 */
export type WindowSize = "day" | "month" | "year" | "today" | { readonly days: number };

/** A stream that can be asked for, day by day or in wider windows. */
export interface LiveStream extends Stream {
  /** The civil days one document spans. */
  readonly window: WindowSize;
  /** The OAuth scope it needs, as the source spells it. */
  readonly scope: string;
  /**
   * What one whole window costs at most in requests, unless some have to be repeated, and about how
   * many bytes it brings.
   */
  readonly cost: { readonly requests: number; readonly bytes: number };
  /**
   * An answer goes on to the present, whatever the last day asked for: windows that are due are asked
   * as one, from the earliest on, for the later ones would come again with each.
   */
  readonly openEnded?: true;
  /** Asked only when its table is named with `--only`: clinical and location data. */
  readonly onRequest?: true;
  /** Whether that window is worth asking at all; absent: every window is. */
  wanted?(firstDay: Day, account: Account): boolean;
}

/** The days one document is asked for; both included. */
export interface Window {
  readonly first: Day;
  readonly last: Day;
}

/** What a live source says about whose data it is. */
export interface Account {
  /** The source's own id of the person, to notice a token of another account. */
  readonly userId: string;
  /** IANA zone the account is set to now. */
  readonly timeZone: string;
  /** The first day that can hold data; undefined when the source does not say. */
  readonly memberSince: Day | undefined;
  /** When the watch last handed over its data (ms since 1970); undefined when the source does not say. */
  readonly lastSync: number | undefined;
  /** Granted scopes; undefined when the source does not say. */
  readonly scopes: ReadonlySet<string> | undefined;
}

/** One answer to one document's requests. */
export interface Answer {
  /** The response bodies, byte for byte, in the order they came; one that is XML as a JSON text. */
  readonly bodies: readonly Uint8Array[];
  /** Paged answers: the token each body carries for the next page; undefined where it has none. */
  readonly pageTokens?: readonly (string | undefined)[];
  /** Method, path and query of each request; no token. */
  readonly origin: readonly string[];
  /** The source said that there is nothing in this window. */
  readonly empty: boolean;
  /**
   * The source still worked on what came after (ms since 1970), whatever the watch had synced: days
   * past it stay young. Absent when all it gave was final.
   */
  readonly completeTo?: number;
  readonly clock: Manifest["clock"];
}

/** A web API that can be fetched from. */
export interface LiveSource {
  readonly name: SourceName;
  readonly streams: readonly LiveStream[];
  /** How many requests the service allows a minute. */
  readonly requestsPerMinute: number;
  /** Who is logged in; throws LoginNeeded. */
  account(): Promise<Account>;
  /**
   * All pages of one document. Throws LoginNeeded, StreamRefused (this stream cannot be had: scope,
   * unknown type), SourceGone (410), or any other error: this window failed, others may not.
   */
  ask(stream: LiveStream, window: Window, account: Account): Promise<Answer>;
}
