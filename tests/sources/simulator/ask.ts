/** Requests to a simulator without a socket, and paths into its answers. */

import { type Json } from "../../../pipeline/sources/simulator/json.ts";
import { type Simulator } from "../../../pipeline/sources/simulator/simulator.ts";

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when the body is not JSON. */
  readonly json: Json | undefined;
}

/** Sends a request; a form makes it a POST, a body too. */
export async function ask(
  simulator: Simulator,
  pathAndQuery: string,
  options: {
    readonly token?: string;
    readonly authorization?: string;
    readonly form?: Readonly<Record<string, string>>;
    readonly body?: Json;
    readonly language?: string;
  } = {},
): Promise<Answered> {
  const authorization = options.authorization ??
    (options.token === undefined ? undefined : `Bearer ${options.token}`);
  const body = options.form === undefined
    ? (options.body === undefined ? undefined : JSON.stringify(options.body))
    : new URLSearchParams(options.form).toString();
  const response = await simulator.handle(
    new Request(`http://simulator.test${pathAndQuery}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(options.language === undefined ? {} : { "accept-language": options.language }),
      },
      ...(body === undefined ? {} : { body }),
    }),
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    // HTML, a cut-off text or nothing: the test looks at the text itself.
    return undefined;
  }
}

/** The value at a path of member names and indexes; undefined when there is none. */
export function at(
  json: Json | undefined,
  ...path: readonly (string | number)[]
): Json | undefined {
  let value = json;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.entries(value).find(([name]) => name === String(step))?.[1];
  }
  return value;
}

/** The array at a path; empty when there is none. */
export function list(
  json: Json | undefined,
  ...path: readonly (string | number)[]
): readonly Json[] {
  const value = at(json, ...path);
  return Array.isArray(value) ? value : [];
}

/** Path and query of a list or reconcile. */
export function pointsPath(
  type: string,
  parameters: Readonly<Record<string, string>> = {},
  verb: "list" | "reconcile" = "reconcile",
): string {
  const suffix = verb === "list" ? "" : ":reconcile";
  const query = new URLSearchParams(parameters);
  return `/v4/users/me/dataTypes/${type}/dataPoints${suffix}?${query}`;
}

/** The filter for civil days, the first included, the last not. */
export function civilDays(from: string, to: string): string {
  const member = "heart_rate.sample_time.civil_time";
  return `${member} >= "${from}" AND ${member} < "${to}"`;
}

/** Location of a redirect. */
export function redirectOf(answer: Answered): URL {
  return new URL(answer.headers.get("location") ?? "about:blank");
}
