/** Every fault that can be switched on, by name: the one place to add another. */

import type { Call, Reply } from "../api.ts";
import { addDays } from "../../../day.ts";
import * as fitbit from "../fitbit/errors.ts";
import * as google from "../google/errors.ts";
import { isObject } from "../json.ts";
import type { Fault } from "./fault.ts";
import {
  duplicated,
  keysReversed,
  middleChanged,
  unsorted,
  valueChanged,
  withPoints,
} from "./json_faults.ts";

const api = ["account", "data"] as const;
const data = ["data"] as const;
const everything = ["login", "account", "data"] as const;

/** Pages larger than this can be too large for the server. */
const largePage = 2500;

const html = { "content-type": "text/html; charset=utf-8" };

function page(status: number, title: string): Reply {
  return { status, headers: html, body: `<!DOCTYPE html>\n<html><title>${title}</title></html>\n` };
}

/** The same answer from both servers. */
function both(reply: () => Reply) {
  return { "google-health": reply, "fitbit-web": reply };
}

function limited(retryAfter_s: number | undefined) {
  const headers = retryAfter_s === undefined ? {} : { "retry-after": String(retryAfter_s) };
  return {
    "google-health": () => google.googleError(google.rateLimited(retryAfter_s)),
    "fitbit-web": () => fitbit.fitbitError({ ...fitbit.tooManyRequests, headers }),
  };
}

const serverErrors = {
  "google-health": () => google.googleError(google.internalError),
  "fitbit-web": () => fitbit.fitbitError(fitbit.internalError),
};

/** The page that was asked for names itself as the next one. */
function repeatedToken(body: Parameters<typeof keysReversed>[0], call: Call) {
  const token = call.query.get("pageToken");
  return isObject(body) && token !== null ? { ...body, nextPageToken: token } : body;
}

/** Dates in the path and the query become the day after. */
function nextDay(call: Call): Call {
  const later = (text: string) => text.replace(/\d{4}-\d{2}-\d{2}/g, (day) => addDays(day, 1));
  const query = [...call.query].map(([name, value]) => [name, later(value)]);
  return { ...call, path: later(call.path), query: new URLSearchParams(query) };
}

const table = {
  "429-with-retry-after": {
    about: "429 that says to wait 30 s",
    on: api,
    effect: { station: "answer", replies: limited(30) },
  },
  "429-without-retry-after": {
    about: "429 that does not say how long to wait",
    on: api,
    effect: { station: "answer", replies: limited(undefined) },
  },
  "500-burst": {
    about: "500 on three calls in a row",
    on: everything,
    burst: 3,
    effect: { station: "answer", replies: serverErrors },
  },
  "502-html": {
    about: "502 with an HTML page",
    on: everything,
    effect: { station: "answer", replies: both(() => page(502, "502 Bad Gateway")) },
  },
  "503-unavailable": {
    about: "503, in HTML at Fitbit",
    on: everything,
    effect: {
      station: "answer",
      replies: {
        "google-health": () => google.googleError(google.unavailable),
        "fitbit-web": () => page(503, "Down for maintenance"),
      },
    },
  },
  "504-large-page": {
    about: `504 on pages of more than ${largePage} points`,
    on: data,
    where: (call) => Number(call.query.get("pageSize") ?? 0) > largePage,
    effect: {
      station: "answer",
      replies: { "google-health": () => google.googleError(google.deadlineExceeded) },
    },
  },
  "html-200": {
    about: "an HTML page with status 200",
    on: api,
    effect: { station: "answer", replies: both(() => page(200, "Sign in to the network")) },
  },
  "gone-410": {
    about: "410 on everything, as the Fitbit Web API answers since 2026-11-02",
    on: everything,
    effect: {
      station: "answer",
      replies: { "fitbit-web": () => ({ status: 410, headers: {}, body: "" }) },
    },
  },
  "scope-missing": {
    about: "403: the token lacks the scope",
    on: api,
    effect: {
      station: "answer",
      replies: {
        "google-health": () => google.googleError(google.scopeInsufficient),
        "fitbit-web": () => fitbit.fitbitError(fitbit.scopeInsufficient("heart rate")),
      },
    },
  },
  "permission-denied": {
    about: "403 that no scope explains; at Fitbit in Google's envelope",
    on: api,
    effect: {
      station: "answer",
      replies: {
        "google-health": () => google.googleError(google.permissionDenied),
        "fitbit-web": () => fitbit.googleFrontEnd,
      },
    },
  },
  "service-disabled": {
    about: "403: the API is not enabled in the project",
    on: api,
    effect: {
      station: "answer",
      replies: { "google-health": () => google.googleError(google.serviceDisabled) },
    },
  },
  "account-not-linked": {
    about: "400: the account has no Google Health profile",
    on: api,
    effect: {
      station: "answer",
      replies: { "google-health": () => google.googleError(google.accountNotLinked) },
    },
  },
  "expired-token": {
    about: "the access token runs out at this call",
    on: api,
    effect: { station: "token", fate: "expire" },
  },
  "revoked-consent": {
    about: "the person has revoked the consent: all its tokens are dead",
    on: api,
    effect: { station: "token", fate: "revoke" },
  },
  "wrong-day": {
    about: "the answer is for the day after the one asked for",
    on: data,
    effect: { station: "request", change: nextDay },
  },
  "empty-first-page": {
    about: "the first page is empty and carries a token",
    on: data,
    effect: { station: "first-page" },
  },
  "repeated-page-token": {
    about: "a page names itself as the next one, without end",
    on: data,
    where: (call) => call.query.has("pageToken"),
    effect: { station: "json", change: repeatedToken },
  },
  "duplicate-points": {
    about: "every tenth point comes twice",
    on: data,
    effect: { station: "json", change: (body) => withPoints(body, duplicated) },
  },
  "unsorted-points": {
    about: "points out of order",
    on: data,
    effect: { station: "json", change: (body) => withPoints(body, unsorted) },
  },
  "unknown-field": {
    about: "every point has a member that nobody knows",
    on: data,
    effect: {
      station: "json",
      change: (body) =>
        withPoints(
          body,
          (points) => points.map((point) => isObject(point) ? { ...point, mood: "calm" } : point),
        ),
    },
  },
  "missing-field": {
    about: "one point lacks its value",
    on: data,
    effect: {
      station: "json",
      change: (body) =>
        withPoints(
          body,
          (points) => middleChanged(points, (point) => valueChanged(point, () => undefined)),
        ),
    },
  },
  "wrong-type": {
    about: "one point's value is neither a number nor one as text",
    on: data,
    effect: {
      station: "json",
      change: (body) =>
        withPoints(
          body,
          (points) => middleChanged(points, (point) => valueChanged(point, (value) => [value])),
        ),
    },
  },
  "shuffled-keys": {
    about: "the members of all objects in another order",
    on: data,
    effect: { station: "json", change: keysReversed },
  },
  "truncated-json": {
    about: "the body ends in the middle, as if complete",
    on: api,
    effect: { station: "wire", wire: "truncate" },
  },
  "empty-body": {
    about: "status 200 without a body",
    on: api,
    effect: { station: "wire", wire: "empty" },
  },
  "cut-connection": {
    about: "the connection breaks in the middle of the body",
    on: api,
    effect: { station: "wire", wire: "cut" },
  },
  "slow": {
    about: "the answer comes after 2 s",
    on: everything,
    effect: { station: "wire", wire: "slow" },
  },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof table;

/** The faults by name. */
export const faults: Readonly<Record<FaultName, Fault>> = table;

/** Whether there is a fault of that name. */
export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}
