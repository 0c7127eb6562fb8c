/** The seam for more data: what a simulated resource of the Fitbit Web API answers. */

import type { World } from "../api.ts";
import type { JsonObject } from "../json.ts";
import type { FitbitSettings } from "./settings.ts";

/** One resource, by its path in `streams.ts`: all that a new one needs. */
export interface FitbitStream {
  readonly scope: string;
  /** What the refusal calls the data. */
  readonly dataWord: string;
  /**
   * The answer to what follows `/date/` in the path. Throws a FitbitRefusal.
   */
  answer(
    path: string,
    query: URLSearchParams,
    world: World,
    settings: FitbitSettings,
  ): JsonObject;
}
