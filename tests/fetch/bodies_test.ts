import assert from "node:assert/strict";
import { contentHash, jsonArray } from "../../pipeline/fetch/bodies.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (of: Uint8Array) => new TextDecoder().decode(of);

Deno.test("jsonArray() keeps each body byte for byte", () => {
  const bodies = [`{"a" : 1}`, `{\n}`, `{"ü":"\\u00fc"}`];
  const joined = text(jsonArray(bodies.map(bytes)));
  assert.equal(joined, `[{"a" : 1},\n{\n},\n{"ü":"\\u00fc"}]`);
  assert.equal(JSON.parse(joined).length, 3);
  assert.equal(text(jsonArray([])), "[]");
});

Deno.test("contentHash() is blind to page tokens and to nothing else", () => {
  const page = (token: string, value = 1) => bytes(`{"v":${value},"nextPageToken":"${token}"}`);
  const end = bytes(`{"v":2}`);
  const one = contentHash([page("abc"), end], ["abc", undefined]);
  assert.equal(contentHash([page("xyzxyz"), end], ["xyzxyz", undefined]), one);
  assert.notEqual(contentHash([page("abc", 3), end], ["abc", undefined]), one);
  assert.notEqual(contentHash([page("abc")], ["abc"]), one);
  assert.notEqual(contentHash([end, page("abc")], [undefined, "abc"]), one);
});
