/** Data source families: which sources' points an answer is cut down to. */

import type { Person } from "../person.ts";
import type { DataType, Verb } from "./data_types.ts";
import { badArgument } from "./errors.ts";
import type { Points } from "./stream.ts";

const families = ["all-sources", "google-wearables", "google-sources", "self-sources"];

/** Types whose `list` cannot be cut down. */
const notListed = ["sleep", "food", "food-measurement-unit"];

/**
 * The test that a family's resource name (empty: all sources) stands for. A family that nothing
 * belongs to gives an empty answer; a name that is none is refused.
 */
export function familyTest(
  name: string,
  verb: Verb,
  type: DataType,
  person: Person,
): (points: Points, index: number) => boolean {
  if (name === "") return () => true;
  const [users, user, folder, family, ...rest] = name.split("/");
  const known = users === "users" && (user === "me" || user === person.healthUserId) &&
    folder === "dataSourceFamilies" && families.includes(family ?? "") && rest.length === 0;
  if (!known || family === undefined) {
    throw badArgument(
      `Invalid data source family '${name}'.`,
      "INVALID_DATA_POINT_DATA_SOURCE_FAMILY",
    );
  }
  if (verb === "list" && notListed.includes(type.name)) {
    throw badArgument(
      `Filtering by data source family is not supported for the data type '${type.name}'.`,
    );
  }
  if (family === "all-sources") return () => true;
  return (points, index) => points.sources[points.source[index]!]?.families.has(family) ?? false;
}
