/** The `data source` column of the archive's CSV files: who recorded a row. */

import type { Recorders } from "../source.ts";

/** How the names of third-party mirrors end: `<App> Health Connect`. */
const mirrorEndings = [" Health Connect", " Health Kit", " Fitbit 3P Web API"];

/** The recorders of the rows, devices told from mirrors. */
export function recordersOf(names: readonly string[], codes: Int32Array): Recorders {
  const mirrors = names.map((name) => mirrorEndings.some((ending) => name.endsWith(ending)));
  return { names, mirrors, codes };
}
