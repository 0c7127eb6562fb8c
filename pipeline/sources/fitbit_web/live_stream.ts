/** A resource of the Fitbit Web API as it is asked for: a path with the days put in. */

import { addDays, type Day } from "../../day.ts";
import type { ApiReply } from "../api.ts";
import type { LiveStream, Window } from "../source.ts";

export interface FitbitWebStream extends LiveStream {
  /**
   * Path and query with the window's days put in: `{first}` and `{last}`, `{after}` the day after
   * the last. `/1/user/-/activities/heart/date/{first}/1d/1sec.json`.
   */
  readonly path: string;
  /** Asked for as the UTC dates that cover the day, instead of as the day by the profile's clock. */
  readonly utc?: true;
  /** Paths of XML files that are kept after an answer, which names them. */
  filePaths?(body: Uint8Array, asked: Window): string[];
  /**
   * Looks into an answer before it is kept. Throws StreamRefused when what was asked for was left
   * out, and a UserError when the answer is of other days or of another shape.
   */
  look(reply: ApiReply, asked: Window): Look;
}

/** What an answer is like. */
export interface Look {
  /** There is nothing in it. */
  readonly empty: boolean;
  /** Lists: the address of the next page, as the answer spells it; undefined on the last one. */
  readonly next?: string | undefined;
  /** The service still works on it, and wants to be asked again after so long; nothing to keep. */
  readonly pending_ms?: number;
}

/** A path and its query, for {@link Api.get}. */
export interface Address {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** The address of a stream's window. */
export function addressOf({ path, utc }: FitbitWebStream, asked: Window): Address {
  const days: Readonly<Record<string, Day>> = {
    first: asked.first,
    last: asked.last,
    after: addDays(asked.last, 1),
  };
  const address = addressIn(path.replace(/\{(\w+)\}/g, (hole, name) => days[name] ?? hole));
  return utc === true ? { ...address, query: { ...address.query, timezone: "UTC" } } : address;
}

/** An address without its host: whichever host a page names, the next one is asked of ours. */
export function addressIn(text: string): Address {
  const url = new URL(text, "https://api.fitbit.com");
  return { path: url.pathname, query: Object.fromEntries(url.searchParams) };
}
