/** `dataPoints.list` and `dataPoints:reconcile`. */

import type { World } from "../api.ts";
import type { JsonObject } from "../json.ts";
import { pageSizes } from "./data_types.ts";
import type { DataType } from "./data_types.ts";
import { badArgument } from "./errors.ts";
import { familyTest } from "./families.ts";
import { parseFilter } from "./filter.ts";
import { readToken, writeToken } from "./page_token.ts";
import type { GoogleSettings } from "./settings.ts";
import { streams } from "./streams.ts";
import { firstCursor, pageFrom } from "./walk.ts";

/** Query parameters the two verbs take, all but the token that continues a walk. */
export interface ReadParameters {
  readonly filter: string;
  readonly pageSize: string;
  readonly pageToken: string;
  readonly dataSourceFamily: string;
}

export interface ReadOptions {
  /** A fault: the first page of this walk comes empty, with a token. */
  readonly emptyFirstPage: boolean;
  /** Tells one walk's tokens from another's where they are to differ. */
  readonly salt: string;
}

/** The body of one page. Throws a GoogleRefusal. */
export function readPoints(
  verb: "list" | "reconcile",
  type: DataType,
  parameters: ReadParameters,
  world: World,
  settings: GoogleSettings,
  options: ReadOptions,
): JsonObject {
  const range = parseFilter(parameters.filter, type);
  const size = parsePageSize(parameters.pageSize, pageSizes(type));
  const wants = familyTest(parameters.dataSourceFamily, verb, type, world.body.person);
  const { pageToken, ...others } = parameters;
  const request = JSON.stringify([verb, type.name, others]);
  const stream = streams.get(type.name);

  const cursor = pageToken === "" ? firstCursor(range, world) : readToken(pageToken, request);
  if (options.emptyFirstPage && pageToken === "") {
    return { nextPageToken: writeToken(cursor, request, options.salt) };
  }
  if (stream === undefined) return {};
  const points = (utcDay: number) => stream.points(utcDay, verb, world, settings);
  const { found, next } = pageFrom(cursor, size, { range, wants, points }, world);
  const dataPoints = found.map(({ points, index }): JsonObject => {
    const id = points.id?.(index);
    const name = id === undefined ? undefined : `users/me/dataTypes/${type.name}/dataPoints/${id}`;
    const envelope = verb === "list"
      ? { name, dataSource: points.sources[points.source[index]!]?.dataSource }
      : { dataPointName: name };
    return { ...envelope, [type.field]: points.payload(index) };
  });
  return {
    dataPoints: dataPoints.length > 0 ? dataPoints : undefined,
    nextPageToken: next === undefined ? undefined : writeToken(next, request, options.salt),
  };
}

/** The page size to serve: the usual one when none is asked, the largest when too much is. */
export function parsePageSize(
  text: string,
  sizes: { readonly usual: number; readonly most: number },
): number {
  if (text === "" || text === "0") return sizes.usual;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 0) {
    throw badArgument(`Invalid value at 'page_size' (TYPE_INT32), "${text}"`);
  }
  return Math.min(size, sizes.most);
}
