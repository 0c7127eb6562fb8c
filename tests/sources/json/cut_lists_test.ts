import assert from "node:assert/strict";
import { cutLists, eachElement } from "../../../pipeline/sources/json/cut_lists.ts";

const path = [eachElement, "a", "list"] as const;

/** Cuts every list out of a text, whatever is in it; gives what is left and the lists. */
function cut(text: string, at: Parameters<typeof cutLists>[1] = path) {
  const bytes = new TextEncoder().encode(text);
  const lists: string[] = [];
  const found = cutLists(bytes, at, (start) => {
    const end = bytes.indexOf(0x5d, start) + 1;
    lists.push(new TextDecoder().decode(bytes.subarray(start, end)));
    return end;
  });
  return found && { ...found, lists };
}

Deno.test("cutLists() leaves the document around its lists, numbered", () => {
  const cases: [string, unknown, string[]][] = [
    ['[{"a":{"list":[1,2]}}]', [{ a: { list: 0 } }], ["[1,2]"]],
    [
      ' [ { "a" : { "b" : "[{\\"" , "list" : [ ] } } , {"a":{"list":[3]},"list":[4],"é":{"a":[]}}]\n',
      [{ a: { b: '[{"', list: 0 } }, { a: { list: 1 }, list: [4], é: { a: [] } }],
      ["[ ]", "[3]"],
    ],
    // The last of two members of one name counts, as for JSON.parse.
    ['[{"a":{"list":[1],"list":[2]}}]', [{ a: { list: 1 } }], ["[1]", "[2]"]],
    ["[]", [], []],
    ["[{},{}]", [{}, {}], []],
    ['[{"a":{}}]', [{ a: {} }], []],
  ];
  for (const [text, envelope, lists] of cases) {
    assert.deepEqual(cut(text), { envelope, lists }, text);
  }
  assert.deepEqual(cut(" [1] \n", []), { envelope: 0, lists: ["[1]"] });
});

Deno.test("cutLists() gives up where a list is not where it should be, or the rest is not JSON", () => {
  for (
    const text of [
      ...["", "{}", "[1]", '[{"a":[]}]', '[{"a":{"list":0}}]', '[{"a":{"list":{}}}]', "[{}]x"],
      ...['[{"\\u0061":{"list":[1]}}]', '[{"a":{"list":[1]}', '[{"a":{"list":[1]}},]', "[{}"],
      // The number that replaces a list must not grow together with what stands beside it.
      ...[
        '[{"a":{"list":[1]5}}]',
        '[{"a":{"list":[1].5}}]',
        '[{"a":{"list":-[1]}}]',
        '[{"a":{"list":[1]}},{"b":[}]',
      ],
      '[{"b":"\t","a":{"list":[1]}}]',
    ]
  ) {
    assert.equal(cut(text), undefined, text);
  }
  const invalid = Uint8Array.from([...new TextEncoder().encode('[{"b":"'), 0xff, 0x22, 0x7d, 0x5d]);
  assert.equal(cutLists(invalid, path, (at) => at), undefined);
});
