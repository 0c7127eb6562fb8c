/**
 * The page as one text: markup, style, program and data. Nothing in it names another place, and its
 * content security policy lets nothing be fetched but the scripts of the days beside it.
 */

import { createHash } from "node:crypto";
import { dark, light } from "../chart/theme.ts";
import type { PageData } from "./page_data.ts";

export interface PageParts {
  /** The program, bundled. */
  readonly program: string;
  /** The style sheet. */
  readonly style: string;
  readonly data: PageData;
  /** Days that lie in the page itself: the text of `dayText` by day. */
  readonly embedded: ReadonlyMap<string, string>;
}

/** The page. */
export function reportHtml({ program, style, data, embedded }: PageParts): string {
  // "</script" and "<!--" would end the script around them.
  const script = program.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script)}' 'self' file:`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en" class="everysecond">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="${light.paper}" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="${dark.paper}" media="(prefers-color-scheme: dark)">
<meta name="referrer" content="no-referrer">
<title>Everysecond</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<div id="page"><noscript><p>This page draws itself: allow it to run its script.</p></noscript></div>
<script type="application/json" id="data">${json(data)}</script>
<script type="application/json" id="embedded">${json(Object.fromEntries(embedded))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that cannot end the element it stands in. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
