import assert from "node:assert/strict";
import { connectionReason, connectionTrouble } from "../pipeline/connection_trouble.ts";
import type { TroubleName } from "../pipeline/troubles.ts";
import { failureOf } from "./support/scripted_fetch.ts";

/** As Deno 2.9.6 words them; the dates and addresses are made up. */
const words: readonly (readonly [string, TroubleName])[] = [
  [
    "client error (Connect): dns error: failed to lookup address information: Name or service not known",
    "no-network",
  ],
  ["client error (Connect): tcp connect error: Connection refused (os error 111)", "no-network"],
  [
    "client error (Connect): tcp connect error: Network is unreachable (os error 101)",
    "no-network",
  ],
  ["client error (Connect): proxy authentication required", "proxy-login"],
  ["client error (Connect): invalid peer certificate: UnknownIssuer", "untrusted-certificate"],
  [
    'client error (Connect): invalid peer certificate: certificate not valid for name "192.0.2.1"; certificate is only valid for DnsName("portal.example")',
    "untrusted-certificate",
  ],
  [
    "client error (Connect): invalid peer certificate: certificate expired: verification time 1795341377 (UNIX), but certificate is not valid after 1580515200 (214826177 seconds ago)",
    "wrong-clock",
  ],
  [
    "client error (Connect): invalid peer certificate: certificate not valid yet: verification time 1795341377 (UNIX), but certificate is not valid before 1893456000 (98114623 seconds in future)",
    "wrong-clock",
  ],
  ["client error (SendRequest): connection closed before message completed", "broken-connection"],
  ["error reading a body from connection", "broken-connection"],
];

Deno.test("connectionTrouble() knows the machine's words", () => {
  for (const [text, expected] of words) {
    assert.equal(connectionTrouble(new Error(text)), expected, text);
  }
});

Deno.test("connectionReason() leaves the address out, whatever it holds", () => {
  const begun = "error sending request for url (https://a.example/b?pageToken=x:%20y)";
  const from =
    "error sending request from 127.0.0.1:40260 for http://127.0.0.1:41347/ (127.0.0.1:41347)";
  const cases = [
    [`${begun}: client error (Connect): dns error: not known`, "dns error: not known"],
    [`${from}: client error (SendRequest): connection closed`, "connection closed"],
    [`${begun}: error following redirect`, "error following redirect"],
    ["error reading a body from connection", "error reading a body from connection"],
  ] as const;
  for (const [text, expected] of cases) assert.equal(connectionReason(new Error(text)), expected);
});

Deno.test("connectionTrouble() knows a real closed port and a real cut", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${listener.addr.port}/`;
  const cutting = (async () => {
    const connection = await listener.accept();
    await connection.read(new Uint8Array(1024));
    await connection.write(
      new TextEncoder().encode("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"),
    );
    connection.close();
  })();
  const cut = await failureOf(fetch(url).then((response) => response.text()));
  await cutting;
  assert.equal(connectionTrouble(cut.cause ?? cut), "broken-connection");
  listener.close();
  const closed = await failureOf(fetch(url));
  assert.equal(connectionTrouble(closed.cause ?? closed), "no-network");
});
