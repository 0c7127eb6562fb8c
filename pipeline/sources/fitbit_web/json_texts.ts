/**
 * The JSON texts in a file that several were appended to, with or without a newline or comma between
 * them, some of them perhaps cut short. Pure.
 */

/** One JSON text of a file, exactly as it stands there, or what stands in its place. */
export type JsonText =
  | { readonly kind: "json"; readonly text: string; readonly value: unknown }
  | { readonly kind: "bad"; readonly reason: string };

/** Where an answer of the API begins, also inside a JSON string: to go on after a cut one. */
const answerStart = /\{\s*\\?"(activities-|errors\\?")|"\s*\{\s*\\"activities-/g;

const between = /[\s,\ufeff]*/y;

/** All JSON texts, in order. Those after a cut or damaged one are found by how answers begin. */
export function* jsonTexts(text: string): Generator<JsonText> {
  for (let at = skip(text, 0); at < text.length;) {
    const end = textEnd(text, at);
    const value = end === undefined ? undefined : parsed(text.slice(at, end));
    if (end !== undefined && value !== undefined) {
      yield { kind: "json", text: text.slice(at, end), value: value.is };
      at = skip(text, end);
      continue;
    }
    yield { kind: "bad", reason: badness(text, at, end) };
    at = nextAnswer(text, at);
  }
}

function skip(text: string, at: number): number {
  between.lastIndex = at;
  between.test(text);
  return between.lastIndex;
}

function nextAnswer(text: string, at: number): number {
  answerStart.lastIndex = at;
  const found = answerStart.exec(text);
  const next = found?.index === at ? answerStart.exec(text) : found;
  return next?.index ?? text.length;
}

/** Where the object, array or string that begins here ends; undefined when it does not. */
function textEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      at = stringEnd(text, at);
      if (depth === 0) return at < text.length ? at + 1 : undefined;
    } else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      depth--;
      if (depth <= 0) return at + 1;
    } else if (depth === 0) return undefined;
  }
  return undefined;
}

/** Where the string's closing quote stands; the length of the text when there is none. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at];
    if (char === "\\") at++;
    else if (char === '"') return at;
  }
  return text.length;
}

function parsed(text: string): { is: unknown } | undefined {
  try {
    return { is: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function badness(text: string, at: number, end: number | undefined): string {
  if (text[at] === "<") return "a web page instead of an answer";
  if (!'{["'.includes(text[at] ?? "")) return "something that is no JSON";
  return end === undefined ? "an answer that was cut short" : "an answer that is damaged";
}
