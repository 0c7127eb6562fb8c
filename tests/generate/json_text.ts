/**
 * JSON texts that a test can bend: written compactly or widely, with members moved, doubled, dropped
 * or of another type, and then with bytes cut or changed.
 */

import fc from "fast-check";

/** A JSON value that keeps the order and the doubles of its members, and numbers as they are written. */
export type JsonNode =
  | { kind: "literal"; text: string }
  | { kind: "list"; items: JsonNode[] }
  | { kind: "object"; members: [string, JsonNode][] };

/** The value as a node. */
export function nodeOf(value: unknown): JsonNode {
  if (Array.isArray(value)) return { kind: "list", items: value.map(nodeOf) };
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, inner]): [string, JsonNode] => [
      key,
      nodeOf(inner),
    ]);
    return { kind: "object", members };
  }
  return { kind: "literal", text: JSON.stringify(value) };
}

/** White space of a text: after brackets and commas, and around colons. */
export interface Style {
  readonly indent: string;
  readonly colon: string;
}

export const styles: readonly Style[] = [
  { indent: "", colon: ":" },
  { indent: "  ", colon: ": " },
  { indent: "  ", colon: " : " },
  { indent: "\t", colon: ":" },
];

/** The node as JSON text. */
export function render(node: JsonNode, style: Style, depth = 0): string {
  if (node.kind === "literal") return node.text;
  const [open, close] = node.kind === "list" ? "[]" : "{}";
  const parts = node.kind === "list"
    ? node.items.map((item) => render(item, style, depth + 1))
    : node.members.map(([key, inner]) =>
      `${JSON.stringify(key)}${style.colon}${render(inner, style, depth + 1)}`
    );
  if (parts.length === 0) return `${open}${close}`;
  if (style.indent === "") return `${open}${parts.join(",")}${close}`;
  const inner = `\n${style.indent.repeat(depth + 1)}`;
  const outer = `\n${style.indent.repeat(depth)}`;
  return `${open}${inner}${parts.join(`,${inner}`)}${outer}${close}`;
}

/** One bend of a text; which place it meets is `where` modulo the number of places. */
interface Bend {
  readonly how: string;
  readonly where: number;
  readonly what: number;
}

/** A made-up bend of a document's values: `how` is one of {@link valueBends}. */
const bends: Record<string, (node: JsonNode, what: number, values: readonly string[]) => void> = {
  drop(node, what) {
    if (node.kind === "object") node.members.splice(what % Math.max(1, node.members.length), 1);
    if (node.kind === "list") node.items.splice(what % Math.max(1, node.items.length), 1);
  },
  add(node, what) {
    const member: [string, JsonNode] = ["extra", nodeOf([1, "a", null, { deep: [] }][what % 4])];
    if (node.kind === "object") node.members.splice(what % (node.members.length + 1), 0, member);
  },
  double(node, what) {
    if (node.kind === "object" && node.members.length > 0) {
      const [key, inner] = node.members[what % node.members.length] ?? ["", nodeOf(0)];
      // The same again, or something else of that name before or after it: the last one counts.
      const other = what % 3 === 0
        ? structuredClone(inner)
        : nodeOf([{}, 1, "00:00:01"][what % 5 % 3]);
      node.members.splice(what % 2 === 0 ? 0 : node.members.length, 0, [key, other]);
    }
    if (node.kind === "list" && node.items.length > 0) {
      node.items.push(structuredClone(node.items[what % node.items.length] ?? nodeOf(0)));
    }
  },
  turn(node) {
    if (node.kind === "object") node.members.reverse();
    if (node.kind === "list") node.items.reverse();
  },
  empty(node) {
    if (node.kind === "object") node.members.length = 0;
    if (node.kind === "list") node.items.length = 0;
  },
  quote(node) {
    if (node.kind === "literal" && !node.text.startsWith('"')) node.text = `"${node.text}"`;
  },
  unquote(node) {
    if (node.kind === "literal" && /^"\d+"$/.test(node.text)) node.text = node.text.slice(1, -1);
  },
  replace(node, what, values) {
    if (node.kind === "literal") node.text = values[what % values.length] ?? "0";
  },
  retype(node, what) {
    const text = ["null", "true", "[]", "{}", "12", '"12"', "-1", "1.5"][what % 8] ?? "null";
    Object.assign(node, { kind: "literal", text });
  },
};

/** Literals that stand in for any value: borders, odd spellings, what JSON forbids. */
const oddLiterals = ["0", "1", "300", "301", "007", "-0", "72.0", "7.2e1", "1e400", "99999999999"]
  .concat(['""', '"a\\u0062c"', '"\\"', '"é"', '"72 "', '" 72"', "tru", '"\t"']);

/** Bends of the text itself, after it is written. */
const byteBends: Record<string, (bytes: number[], where: number, what: number) => void> = {
  cut: (bytes, where) => void bytes.splice(where),
  change: (bytes, where, what) => void (bytes[where] = what % 256),
  remove: (bytes, where) => void bytes.splice(where, 1),
  insert: (bytes, where, what) =>
    void bytes.splice(where, 0, ...spaces[what % spaces.length] ?? []),
  append: (bytes, _where, what) => void bytes.push(...spaces[what % spaces.length] ?? []),
  mark: (bytes) => void bytes.unshift(0xef, 0xbb, 0xbf),
};

const spaces = [" ", "\n", "\r\n", "\t", "\u00a0", "0", ",", "x", '"', "]", "}", "\\"]
  .map((text) => Array.from(new TextEncoder().encode(text)));

/**
 * Texts of a document, most of them bent in a few places.
 * @param documents Sound documents to start from.
 * @param literals Odd spellings of this kind of document's values, JSON-encoded.
 */
export function bentTexts(
  documents: fc.Arbitrary<unknown>,
  literals: readonly string[],
): fc.Arbitrary<Uint8Array> {
  const bendsOf = (names: string[]) =>
    fc.array(
      fc.record({ how: fc.constantFrom(...names), where: fc.nat(), what: fc.nat(10_000) }),
      { maxLength: 3 },
    );
  return fc.record({
    document: documents,
    style: fc.constantFrom(...styles),
    values: bendsOf(Object.keys(bends)),
    bytes: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Bend[]>([]) },
      { weight: 1, arbitrary: bendsOf(Object.keys(byteBends)) },
    ),
  }).map(({ document, style, values, bytes }) => {
    const root = nodeOf(document);
    for (const bend of values) bendNode(root, bend, [...literals, ...oddLiterals]);
    return bendBytes(render(root, style), bytes);
  });
}

/** The text's bytes after some bends. */
export function bendBytes(text: string, bytes: readonly Bend[]): Uint8Array {
  const bent = Array.from(new TextEncoder().encode(text));
  for (const { how, where, what } of bytes) {
    byteBends[how]?.(bent, where % Math.max(1, bent.length), what);
  }
  return Uint8Array.from(bent);
}

/** Some bends of a text's bytes. */
export const someByteBends: fc.Arbitrary<Bend[]> = fc.array(
  fc.record({
    how: fc.constantFrom(...Object.keys(byteBends)),
    where: fc.nat(),
    what: fc.nat(10_000),
  }),
  { maxLength: 3 },
);

function bendNode(root: JsonNode, { how, where, what }: Bend, literals: readonly string[]): void {
  const nodes: JsonNode[] = [];
  const collect = (node: JsonNode) => {
    nodes.push(node);
    if (node.kind === "list") node.items.forEach(collect);
    if (node.kind === "object") node.members.forEach(([, inner]) => collect(inner));
  };
  collect(root);
  const node = nodes[where % nodes.length];
  if (node !== undefined) bends[how]?.(node, what, literals);
}
