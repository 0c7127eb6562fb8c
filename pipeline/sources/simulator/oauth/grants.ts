/**
 * What a simulated authorisation server has handed out: codes, access tokens, refresh tokens, and
 * the consent they all hang on. All of it dies when the consent is revoked.
 */

import type { SimulatorClock } from "../clock.ts";
import { hexDigits, seeded } from "../random.ts";

/** A person's consent for one client. */
export interface Grant {
  readonly scopes: readonly string[];
  /** Refresh tokens of it work before this (ms since 1970); Infinity without an end. */
  readonly refreshableUntil: number;
  revoked: boolean;
}

/** What an authorisation code stands for until it is redeemed. */
export interface CodeDetails {
  readonly grant: Grant;
  readonly redirectUri: string | undefined;
  readonly challenge: string | undefined;
  /** The client may come back without the person. */
  readonly offline: boolean;
}

/** What is known of an access token that was presented. */
export type TokenState =
  | { readonly state: "good"; readonly grant: Grant; readonly until: number; readonly from: number }
  | { readonly state: "expired" | "unknown" };

/** How one service writes its codes and tokens. */
export interface TokenStyle {
  readonly codePrefix: string;
  readonly refreshPrefix: string;
  access(grant: Grant, from: number, until: number, random: string): string;
}

interface Timed<T> {
  readonly value: T;
  readonly from: number;
  until: number;
}

/** A code lives ten minutes, at both services. */
const codeLifetimeMs = 600_000;

export class Grants {
  readonly #clock: SimulatorClock;
  readonly #style: TokenStyle;
  readonly #secret: () => string;
  readonly #consents: Grant[] = [];
  readonly #codes = new Map<string, Timed<CodeDetails>>();
  readonly #access = new Map<string, Timed<Grant>>();
  readonly #refresh = new Map<string, Timed<Grant>>();

  constructor(label: string, clock: SimulatorClock, style: TokenStyle) {
    const random = seeded("grants", label);
    this.#clock = clock;
    this.#style = style;
    this.#secret = () => hexDigits(64, random);
  }

  /** Whether a consent given earlier still stands. */
  get hasConsent(): boolean {
    return this.#consents.some((grant) => !grant.revoked);
  }

  /** A new consent. */
  consent(scopes: readonly string[], refreshableUntil = Infinity): Grant {
    const grant: Grant = { scopes, refreshableUntil, revoked: false };
    this.#consents.push(grant);
    return grant;
  }

  /** A code that can be redeemed once, within ten minutes. */
  code(details: CodeDetails): string {
    const code = `${this.#style.codePrefix}${this.#secret()}`;
    const from = this.#clock.now();
    this.#codes.set(code, { value: details, from, until: from + codeLifetimeMs });
    return code;
  }

  /** What the code stands for; undefined when it is unknown, used or too old. */
  redeem(code: string): CodeDetails | undefined {
    const found = this.#codes.get(code);
    this.#codes.delete(code);
    return found !== undefined && this.#clock.now() < found.until ? found.value : undefined;
  }

  /** A new access token that lives so many seconds. */
  access(grant: Grant, lifetime_s: number): string {
    const from = this.#clock.now();
    const until = from + lifetime_s * 1000;
    const token = this.#style.access(grant, from, until, this.#secret());
    this.#access.set(token, { value: grant, from, until });
    return token;
  }

  /** A new refresh token. */
  refresh(grant: Grant): string {
    const token = `${this.#style.refreshPrefix}${this.#secret()}`;
    const from = this.#clock.now();
    this.#refresh.set(token, { value: grant, from, until: grant.refreshableUntil });
    return token;
  }

  /** What an access token is worth now. */
  stateOf(token: string): TokenState {
    const found = this.#access.get(token);
    if (found === undefined || found.value.revoked) return { state: "unknown" };
    if (this.#clock.now() >= found.until) return { state: "expired" };
    return { state: "good", grant: found.value, from: found.from, until: found.until };
  }

  /** The consent behind a refresh token that still works. */
  ofRefresh(token: string): Grant | undefined {
    const found = this.#refresh.get(token);
    const works = found !== undefined && !found.value.revoked && this.#clock.now() < found.until;
    return works ? found.value : undefined;
  }

  /** From that instant on the refresh token is dead. */
  retire(refreshToken: string, at: number): void {
    const found = this.#refresh.get(refreshToken);
    if (found !== undefined) found.until = Math.min(found.until, at);
  }

  /** Lets an access token run out at once. */
  expire(accessToken: string): void {
    const found = this.#access.get(accessToken);
    if (found !== undefined) found.until = this.#clock.now();
  }

  /** Ends the consent behind any token of it; false when the token is unknown. */
  revoke(token: string): boolean {
    const grant = (this.#access.get(token) ?? this.#refresh.get(token))?.value;
    if (grant === undefined || grant.revoked) return false;
    grant.revoked = true;
    return true;
  }

  /** Ends every consent given so far. */
  revokeAll(): void {
    for (const grant of this.#consents) grant.revoked = true;
  }
}
