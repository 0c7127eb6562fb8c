/**
 * The way back from the consent page by hand, for machines without a browser: the person copies the
 * address that their browser, wherever it is, was sent to.
 */

import type { Effects } from "../effects.ts";
import { LoginNeeded } from "../errors.ts";
import type { Visit } from "../sources/oauth.ts";

/** So many slips of the hand are forgiven. */
const attempts = 3;

/** Asks for the address; pastes that cannot be it are asked for again. */
export function visitByPasting({ talk, user }: Pick<Effects, "talk" | "user">): Visit {
  return async (consent) => {
    talk.say(
      "Open this address in any browser, on any machine, and allow the access:\n\n" +
        `  ${consent.href}\n\n` +
        "The browser is then sent to an address that it cannot open: an error page is right. Copy " +
        "that address from\nthe address bar, all of it, and paste it here within ten minutes.",
    );
    const state = consent.searchParams.get("state") ?? "";
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const text = await user.line("Address: ");
      if (text === undefined) break;
      const found = pastedAddress(text, consent.searchParams.get("redirect_uri") ?? consent.href);
      const problem = found === undefined ? "there is no answer in it" : foreign(found, state);
      if (found !== undefined && problem === undefined) return found;
      talk.say(`This is not the address: ${problem}`);
    }
    throw new LoginNeeded(
      "No address was pasted that belongs to this login",
      "Run the same command again, and copy the address from the tab that it opens",
    );
  };
}

/**
 * The address that was pasted, or only the end of it from the `?` or `#` on; undefined when it
 * carries no answer. Terminals break long lines: blanks in it do not count.
 */
export function pastedAddress(text: string, redirectUri: string): URL | undefined {
  const joined = text.replace(/\s+/g, "").replace(/^["'<]+|["'>]+$/g, "");
  const whole = /^[?#]/.test(joined)
    ? redirectUri + joined
    : /^\w+=/.test(joined)
    ? `${redirectUri}?${joined}`
    : joined;
  if (!URL.canParse(whole)) return undefined;
  const url = new URL(whole);
  const names = [...url.searchParams.keys(), ...new URLSearchParams(url.hash.slice(1)).keys()];
  return names.some((name) => answers.has(name)) ? url : undefined;
}

const answers: ReadonlySet<string> = new Set(["code", "error", "access_token"]);

/** Why an answer is not for this login; undefined when it is. */
function foreign(answer: URL, state: string): string | undefined {
  const given = answer.searchParams.get("state") ??
    new URLSearchParams(answer.hash.slice(1)).get("state");
  return given === state ? undefined : "it is the answer to another login";
}
