/** Switches of the simulated Google Health API; all may be changed while it runs. */

import type { Consent } from "../oauth/consent_page.ts";

export interface GoogleSettings {
  clientId: string;
  clientSecret: string;
  /** In `testing` the consent ends after seven days and says so (`refresh_token_expires_in`). */
  publishing: "testing" | "production";
  /** What the person does on the consent page; with `ask` it is shown, for a real browser. */
  consent: Consent;
  /** Scopes the person unticks there, by their last part (`settings.readonly`). */
  untickedScopes: string[];
  /** Requests a clock minute; an unverified app should plan for 150. */
  quotaPerMinute: number;
  /** Whether a 429 says how long to wait; Google does not document that it does. */
  retryAfter: boolean;
  /** A chest strap records workouts and a phone walks: they overlap the watch's points in `list`. */
  secondSource: boolean;
  /** Some samples come without `civilTime`, as in captured answers, or all, or none. */
  civilTime: "always" | "sometimes" | "never";
  /** Points of `basal-energy-burned`: no account was seen to have any. */
  basalEnergy: boolean;
  /** Page tokens may differ from one walk to the next; nothing promises that they do not. */
  pageTokens: "stable" | "changing";
}

export const googleDefaults: Readonly<GoogleSettings> = {
  clientId: "simulator.apps.googleusercontent.com",
  clientSecret: "GOCSPX-simulator",
  publishing: "production",
  consent: "allow",
  untickedScopes: [],
  quotaPerMinute: 300,
  retryAfter: false,
  secondSource: true,
  civilTime: "sometimes",
  basalEnergy: false,
  pageTokens: "stable",
};
