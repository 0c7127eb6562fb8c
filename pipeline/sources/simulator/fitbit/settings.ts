/** Switches of the simulated Fitbit Web API; all may be changed while it runs. */

import type { Consent } from "../oauth/consent_page.ts";

export interface FitbitSettings {
  clientId: string;
  clientSecret: string;
  /** Only `Personal` apps see intraday data. */
  appType: "Personal" | "Server" | "Client";
  /** What the person does on the consent page; with `ask` it is shown, for a real browser. */
  consent: Consent;
  /** Scopes the person unticks there. */
  untickedScopes: string[];
  /** When set, only this redirect address is accepted. */
  redirectUri: string | undefined;
  /** For so long a spent refresh token gives the same pair once more. */
  refreshGrace_s: number;
  /** Requests a clock hour. */
  quotaPerHour: number;
  /** `Remaining` is so many requests behind. */
  quotaLag: number;
  /** For so long after the full hour a spent quota is still refused. */
  earlyWake_s: number;
  /** What a 429 says in `Retry-After`: nothing, the seconds to the reset, or too few. */
  retryAfter: "absent" | "reset" | "wrong";
  /** Headers as the service sent them in 2017, or as its Google front end did in 2026. */
  headers: "2017" | "2026";
  /** An hour that the wall clock shows twice: second pass left out, both in turn, or one of means. */
  repeatedHour: "skip" | "duplicate" | "merge";
  /** An hour that the wall clock skips, in series of every minute: absent, or filled with zeros. */
  skippedHour: "absent" | "zeros";
  /** Whether `/time/00:00/23:59` reaches to 23:59:59 or ends at 23:59:00. */
  endMinuteInclusive: boolean;
}

export const fitbitDefaults: Readonly<FitbitSettings> = {
  clientId: "22SIMU",
  clientSecret: "0123456789abcdef0123456789abcdef",
  appType: "Personal",
  consent: "allow",
  untickedScopes: [],
  redirectUri: undefined,
  refreshGrace_s: 0,
  quotaPerHour: 150,
  quotaLag: 0,
  earlyWake_s: 0,
  retryAfter: "reset",
  headers: "2017",
  repeatedHour: "duplicate",
  skippedHour: "absent",
  endMinuteInclusive: false,
};
