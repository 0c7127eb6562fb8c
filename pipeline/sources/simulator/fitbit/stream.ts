/** The seam for more data: what a simulated resource of the Fitbit Web API answers. */

import type { World } from "../api.ts";
import type { Json } from "../json.ts";
import type { FitbitSettings } from "./settings.ts";

/** One resource, by its path in `streams.ts`: all that a new one needs. */
export interface FitbitStream {
  readonly scope: string;
  /** What the refusal calls the data. */
  readonly dataWord: string;
  /**
   * The answer to what follows `/date/` in the path; nothing follows in the path of a list. Throws a
   * FitbitRefusal.
   * @param language The request's `Accept-Language`, which decides the units.
   */
  answer(
    path: string,
    query: URLSearchParams,
    world: World,
    settings: FitbitSettings,
    language: string | null,
  ): Json;
}
