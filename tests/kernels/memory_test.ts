import assert from "node:assert/strict";
import {
  bytesAt,
  giveUpDocument,
  roomForDocument,
  Workspace,
} from "../../pipeline/kernels/memory.ts";

Deno.test("a document stays as it is while others work beside it, however large it was", () => {
  for (const length of [10, 100_000, 20_000_000]) {
    const document = roomForDocument(length);
    assert.ok(document !== undefined);
    document.fill(7);
    const workspace = new Workspace();
    for (const at of [workspace.room(1_000_000), new Workspace().room(15_000_000)]) {
      bytesAt(at, 1_000_000).fill(1);
    }
    assert.equal(document.length, length);
    assert.ok(document.every((byte) => byte === 7));
    assert.throws(() => workspace.room(2 ** 24), RangeError);
    assert.equal(giveUpDocument(document), true);
  }
  assert.ok(new Workspace().room(2 ** 26) > 0);
});

Deno.test("a document that lies elsewhere is held as a copy, with zeros after it", () => {
  const document = Uint8Array.of(1, 2, 3);
  assert.equal(giveUpDocument(document), false);
  const at = new Workspace().holdDocument(document);
  assert.deepEqual(Array.from(bytesAt(at, 6)), [1, 2, 3, 0, 0, 0]);
  assert.equal(roomForDocument(2 ** 27), undefined);
});

Deno.test("a workspace is current until the next one begins", () => {
  const first = new Workspace();
  assert.equal(first.isCurrent, true);
  const second = new Workspace();
  assert.deepEqual([first.isCurrent, second.isCurrent], [false, true]);
});
