/** What the browser shows when the person comes back from the consent page. */

/** What a request to the listener was. */
export type Outcome = "answered" | "denied" | "of another login" | "too late" | "nothing";

interface Words {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

const words: Readonly<Record<Outcome, Words>> = {
  answered: {
    status: 200,
    title: "That was all here",
    text: "Everysecond goes on in the terminal. You can close this tab.",
  },
  denied: {
    status: 200,
    title: "Nothing was allowed",
    text: "Everysecond has no access. The terminal says how to try again. You can close this tab.",
  },
  "of another login": {
    status: 400,
    title: "This belongs to another login",
    text:
      "Everysecond still waits for the one it has opened last. Look for its tab, or open the address in the terminal again.",
  },
  "too late": {
    status: 409,
    title: "This login has its answer already",
    text: "Everysecond goes on in the terminal. You can close this tab.",
  },
  nothing: {
    status: 404,
    title: "Nothing is here",
    text: "Everysecond waits here for the end of a login, and for nothing else.",
  },
};

/** The page for an outcome: nothing is loaded from anywhere, and its address is told to nobody. */
export function closingPage(outcome: Outcome): Response {
  const { status, title, text } = words[outcome];
  const html = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title} - Everysecond</title>
<style>
  body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem; }
  h1 { font-size: 1.6rem; font-weight: 600; margin: 0 0 .5rem; }
  p { margin: 0; }
  footer { margin-top: 2.5rem; font-size: .85rem; opacity: .6; }
</style>
<h1>${title}</h1>
<p>${text}</p>
<footer>Everysecond, on this machine</footer>
</html>
`;
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      "connection": "close",
    },
  });
}
