/**
 * The consent page as a person meets it in a browser: a box for every scope, to be left ticked or
 * not, and two buttons. It sends its own request again, with the decision.
 */

import { escaped } from "../../../markup.ts";
import type { Call, Reply } from "../api.ts";

/** What the person does on the page: decides there, or always the same without being asked. */
export type Consent = "allow" | "deny" | "ask";

/** What was decided; undefined while the page has to be shown. */
export type Decision = { readonly allowed: boolean; readonly scopes: readonly string[] };

/**
 * What is decided about the scopes asked for.
 * @param unticked Scopes that are left out without asking.
 */
export function decisionOf(
  { query }: Pick<Call, "query">,
  asked: readonly string[],
  { consent, unticked }: { readonly consent: Consent; readonly unticked: readonly string[] },
): Decision | undefined {
  if (consent !== "ask") {
    const scopes = asked.filter((scope) => !unticked.includes(scope));
    return { allowed: consent === "allow", scopes };
  }
  const decision = query.get("decision");
  if (decision === null) return undefined;
  const ticked = query.getAll("ticked");
  return { allowed: decision === "allow", scopes: asked.filter((scope) => ticked.includes(scope)) };
}

/** The page. */
export function consentPage(call: Call, asked: readonly string[], service: string): Reply {
  const kept = [...call.query].map(([name, value]) =>
    `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`
  );
  const boxes = asked.map((scope) =>
    `<p><label><input type="checkbox" name="ticked" value="${escaped(scope)}" checked> ${
      escaped(scope.replace(/^.*\/auth\//, ""))
    }</label></p>`
  );
  const body = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Simulated consent</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }
  button { font: inherit; padding: .4rem 1.5rem; margin: 1rem 1rem 0 0; }
</style>
<h1>Let Everysecond read your data?</h1>
<p>This is the simulator in place of ${escaped(service)}: the person behind the data is made up.</p>
<form action="${escaped(call.path)}" method="get">
${[...kept, ...boxes].join("\n")}
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>
</html>
`;
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "set-cookie": "session=simulated-cookie",
    },
    body,
  };
}
