/** Faults in the content of a good answer of either API: changes to its parsed body. */

import { isObject } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";

type Points = readonly Json[];

/**
 * The body with its points changed: the series of every minute or second where it has one, else its
 * list of records (`dataPoints`, `sleep`, ...), or the body itself where it is a list.
 */
export function withPoints(body: Json, change: (points: Points) => Points): Json {
  if (Array.isArray(body)) return change(body);
  if (!isObject(body)) return body;
  const members = Object.entries(body);
  for (const [name, member] of members) {
    const dataset = isObject(member) ? member["dataset"] : undefined;
    if (isObject(member) && Array.isArray(dataset)) {
      return { ...body, [name]: { ...member, dataset: change(dataset) } };
    }
  }
  for (const [name, member] of members) {
    if (Array.isArray(member)) return { ...body, [name]: change(member) };
  }
  return body;
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

/** What no point can do without: its value, or else what says when it was; the first that it has. */
const needed = [
  ...["beatsPerMinute", "value", "interval", "sampleTime", "startTime", "alertTime"],
  ...["date", "dateTime", "deviceType", "type"],
];

/** The point with what it cannot do without changed, wherever in it that stands. */
export function valueChanged(
  point: JsonObject,
  change: (value: Json) => Json | undefined,
): JsonObject {
  const name = needed.find((name) => has(point, name));
  const changed = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).map(([key, member]): [string, Json | undefined] => {
        if (key === name && member !== undefined) return [key, change(member)];
        return [key, isObject(member) ? changed(member) : member];
      }),
    );
  return changed(point);
}

function has(object: JsonObject, name: string): boolean {
  return name in object ||
    Object.values(object).some((member) => isObject(member) && has(member, name));
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
