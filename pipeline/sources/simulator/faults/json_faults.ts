/** Faults in the content of a good answer of either API: changes to its parsed body. */

import { isObject } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";

type Points = readonly Json[];

/** The body with its points (Google's `dataPoints`, Fitbit's `dataset`) changed; others as they are. */
export function withPoints(body: Json, change: (points: Points) => Points): Json {
  if (!isObject(body)) return body;
  if (Array.isArray(body["dataPoints"])) {
    return { ...body, dataPoints: change(body["dataPoints"]) };
  }
  const series = Object.entries(body).find(([name]) => name.endsWith("-intraday"));
  if (series === undefined || !isObject(series[1])) return body;
  const [name, intraday] = series;
  const dataset = intraday["dataset"];
  return Array.isArray(dataset)
    ? { ...body, [name]: { ...intraday, dataset: change(dataset) } }
    : body;
}

/** Every tenth point comes twice. */
export function duplicated(points: Points): Points {
  return points.flatMap((point, i) => (i % 10 === 0 ? [point, point] : [point]));
}

/** Neighbours change places, and the last third comes first. */
export function unsorted(points: Points): Points {
  const swapped = points.map((point, i) => points[i % 2 === 0 ? i + 1 : i - 1] ?? point);
  const cut = Math.floor((points.length * 2) / 3);
  return [...swapped.slice(cut), ...swapped.slice(0, cut)];
}

/** The point in the middle changed. */
export function middleChanged(points: Points, change: (point: JsonObject) => JsonObject): Points {
  const middle = Math.floor(points.length / 2);
  return points.map((point, i) => (i === middle && isObject(point) ? change(point) : point));
}

/** Where a point of either API holds its beats: Google's one level down, as text. */
export function valueChanged(
  point: JsonObject,
  change: (value: Json) => Json | undefined,
): JsonObject {
  const entries = Object.entries(point).map(([name, member]): [string, Json | undefined] => {
    const isValue = name === "value" || name === "beatsPerMinute";
    if (isValue && member !== undefined) return [name, change(member)];
    return [name, isObject(member) ? valueChanged(member, change) : member];
  });
  return Object.fromEntries(entries);
}

/** All members of all objects in reverse order. */
export function keysReversed(body: Json): Json {
  if (Array.isArray(body)) return body.map(keysReversed);
  if (!isObject(body)) return body;
  return Object.fromEntries(
    Object.entries(body).reverse().map(([name, member]) => [
      name,
      member === undefined ? undefined : keysReversed(member),
    ]),
  );
}
