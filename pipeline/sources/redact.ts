/**
 * The one place that takes secrets out of text that a person, a log or the ledger may see: what a
 * server answered, what an error says, the address of a request.
 */

const hidden = "[hidden]";

/** Members of forms, queries and JSON whose values are secrets. */
const secretMember =
  /(\b(?:access_token|refresh_token|id_token|token|client_secret|code|code_verifier|assertion|password|authorization|cookie|set-cookie)\b["']?\s*[=:]\s*)("[^"]*"?|'[^']*'?|(?:Bearer|Basic)\s+[^\s"'&,;<>]+|[^\s"'&,;<>]+)/gi;

/** Secrets that are known by their form, wherever they stand. */
const secretForms: readonly RegExp[] = [
  /\b(?:Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi,
  // JSON Web Tokens: the access tokens of the Fitbit Web API.
  /\beyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){0,2}/g,
  // Google: access token, refresh token, authorization code, client secret.
  /\bya29\.[A-Za-z0-9._-]+/g,
  /\b1\/\/[A-Za-z0-9._-]+/g,
  /\b4\/[A-Za-z0-9._-]{20,}/g,
  /\bGOCSPX-[A-Za-z0-9_-]+/g,
  // E-mail addresses.
  /\b[\w.%+-]+@(?:[\w-]+\.)+[a-z]{2,}\b/gi,
  // Codes and refresh tokens of the Fitbit Web API: 40 and 64 hexadecimal digits.
  /\b[0-9a-f]{32,}\b/gi,
];

/** The Fitbit Web API quotes the token it refuses: `Access token expired: eyJ...`. */
const quotedToken = /((?:access token|refresh token|authorization code) \w+:\s*)[^\s"]+/gi;

/**
 * The text without what looks like a secret, and without the given ones in any spelling that a
 * server may echo. Redact before cutting: half a token no longer looks like one.
 */
export function redact(text: string, secrets: Iterable<string>): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret === "") continue;
    clean = clean.replaceAll(secret, hidden).replaceAll(encodeURIComponent(secret), hidden);
  }
  clean = clean.replace(quotedToken, `$1${hidden}`);
  for (const form of secretForms) clean = clean.replace(form, hidden);
  return clean.replace(secretMember, `$1${hidden}`);
}

/** The beginning of a text on one line, without secrets, for an error message. */
export function excerpt(text: string, secrets: Iterable<string>, length = 80): string {
  const line = redact(text, secrets).replace(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length)}...` : line;
}
