/** When a fault strikes: a rule counts the calls it is about and picks some, always the same ones. */

import { isDay } from "../../../day.ts";
import type { Day } from "../../../day.ts";
import type { ApiName, Call, Subject } from "../api.ts";
import { faults, isFaultName } from "./catalogue.ts";
import type { FaultName } from "./catalogue.ts";
import type { Fault } from "./fault.ts";

export interface FaultRule {
  readonly fault: FaultName;
  /** The first so many calls. */
  readonly first?: number;
  /** Every so many-th call. With neither `first` nor `every`: all calls. */
  readonly every?: number;
  /** Only calls that ask for that day. */
  readonly day?: Day;
  /** Only calls to that API. */
  readonly api?: ApiName;
  /** Only calls of that kind. */
  readonly kind?: Subject["kind"];
}

/**
 * A rule from text, as the command line takes it: the fault's name, then what narrows it down.
 * Throws a RangeError that says what is expected.
 *
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseFaultRule("500-burst:every=7"), { fault: "500-burst", every: 7 });
 * parseFaultRule("wrong-day:day=2026-10-05,first=1");
 * ```
 */
export function parseFaultRule(text: string): FaultRule {
  const [name = "", ...rest] = text.split(":");
  if (!isFaultName(name)) {
    throw new RangeError(
      `Cannot find a fault "${name}": there are ${Object.keys(faults).join(", ")}`,
    );
  }
  const rule: { -readonly [K in keyof FaultRule]: FaultRule[K] } = { fault: name };
  for (const part of rest.join(":").split(",").filter((part) => part !== "")) {
    const [key, value = ""] = part.split("=");
    const count = Number(value);
    if (key === "first" && Number.isInteger(count) && count > 0) rule.first = count;
    else if (key === "every" && Number.isInteger(count) && count > 0) rule.every = count;
    else if (key === "day" && isDay(value)) rule.day = value;
    else if (key === "api" && (value === "google-health" || value === "fitbit-web")) {
      rule.api = value;
    } else if (key === "kind" && (value === "login" || value === "account" || value === "data")) {
      rule.kind = value;
    } else {
      throw new RangeError(
        `Cannot read "${part}" in "${text}": expected first=N, every=N, day=YYYY-MM-DD, api=NAME ` +
          "or kind=login, account or data",
      );
    }
  }
  return rule;
}

/** The faults switched on for a run. */
export interface Faults {
  /** Adds a rule; counting starts with the next call. */
  add(rule: FaultRule): void;
  /** Switches a fault off, or all of them. */
  clear(fault?: FaultName): void;
  /** The faults that strike this call; counts it. */
  strike(api: ApiName, subject: Subject, call: Call): readonly (readonly [FaultName, Fault])[];
}

/** Faults by rules; each rule counts on its own. */
export function faultRules(rules: readonly FaultRule[]): Faults {
  let active = rules.map((rule) => ({ rule, seen: 0 }));
  return {
    add(rule) {
      active.push({ rule, seen: 0 });
    },
    clear(fault) {
      active = active.filter(({ rule }) => fault !== undefined && rule.fault !== fault);
    },
    strike(api, subject, call) {
      return active.flatMap((counted): [FaultName, Fault][] => {
        const { rule } = counted;
        const fault = faults[rule.fault];
        if (!isAbout(rule, fault, api, subject, call)) return [];
        counted.seen++;
        return isPicked(rule, fault.burst ?? 1, counted.seen) ? [[rule.fault, fault]] : [];
      });
    },
  };
}

function isAbout(
  rule: FaultRule,
  fault: Fault,
  api: ApiName,
  subject: Subject,
  call: Call,
): boolean {
  const { effect } = fault;
  return fault.on.includes(subject.kind) &&
    (rule.api ?? api) === api &&
    (rule.kind ?? subject.kind) === subject.kind &&
    (rule.day === undefined || rule.day === subject.day) &&
    (effect.station !== "answer" || effect.replies[api] !== undefined) &&
    (effect.station !== "first-page" || !call.query.has("pageToken")) &&
    (fault.where?.(call) ?? true);
}

/** With `every`, a burst goes on over the calls that follow the picked one. */
function isPicked({ first, every }: FaultRule, burst: number, seen: number): boolean {
  if (first === undefined && every === undefined) return true;
  if (first !== undefined && seen <= first) return true;
  return every !== undefined && seen >= every && seen % every < burst;
}
