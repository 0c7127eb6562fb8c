/**
 * The JSON texts in a file that several were appended to, with or without a newline or comma between
 * them, some of them perhaps cut short. Pure.
 */

/** One JSON value of a file with its text, exactly as it stands there, or what stands in its place. */
export type JsonText =
  | { readonly kind: "json"; readonly text: string; readonly value: unknown }
  | { readonly kind: "bad"; readonly reason: string };

/** Where an answer of the API begins, also inside a JSON string: to go on after a cut one. */
const answerStart = /\{\s*\\?"(activities-|errors\\?")|"\s*\{\s*\\"activities-/g;

const between = /[\s,\ufeff]*/y;

/**
 * All JSON values, in order; of arrays their elements, and of a string that holds JSON what is in it.
 * Those after a cut or damaged one are found by how answers begin.
 */
export function* jsonTexts(text: string): Generator<JsonText> {
  for (let at = skip(text, 0); at < text.length;) {
    const end = textEnd(text, at);
    const found = end === undefined ? undefined : unpacked(text.slice(at, end));
    if (end !== undefined && found !== undefined) {
      yield* found;
      at = skip(text, end);
      continue;
    }
    yield { kind: "bad", reason: badness(text, at, end) };
    at = nextAnswer(text, at);
  }
}

/** What one JSON text holds; undefined when it is none, or a string without JSON in it. */
function unpacked(text: string): Iterable<JsonText> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value === "string") {
    const inside = Array.from(jsonTexts(value));
    return inside.some(({ kind }) => kind === "json") ? inside : undefined;
  }
  return Array.isArray(value) ? jsonTexts(text.slice(1, -1)) : [{ kind: "json", text, value }];
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

function badness(text: string, at: number, end: number | undefined): string {
  if (text[at] === "<") return "a web page instead of an answer";
  if (!'{["'.includes(text[at] ?? "")) return "something that is no JSON";
  if (text[at] === '"' && end !== undefined) return "a text that holds no answer";
  return end === undefined ? "an answer that was cut short" : "an answer that is damaged";
}
