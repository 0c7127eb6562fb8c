import assert from "node:assert/strict";
import { pl } from "../../pipeline/frames.ts";
import { tableView } from "../../pipeline/notebook/table_view.ts";

const second = 1000;
const frame = pl.DataFrame({
  time: pl.Series("time", [1.76e12 + 5, 1.76e12 + second, null], pl.Int64)
    .cast(pl.Datetime("ms", "UTC")),
  local_time: pl.Series("local_time", [1.76e12, 1.76e12 + second, null], pl.Int64)
    .cast(pl.Datetime("ms")),
  date: pl.Series("date", [20_000, 20_001, null], pl.Int64).cast(pl.Date),
  // Polars' own display cannot show unsigned 64-bit columns.
  n: pl.Series("n", [1234, 5, 6]).cast(pl.UInt64),
  mean: [61.26, null, 60],
  worn: pl.Series("worn", [true, false, null]),
  source: ["<takeout>", null, "a & b"],
});

Deno.test("tableView() writes times, numbers and gaps as a person reads them", () => {
  assert.equal(
    tableView(frame, 10).text,
    [
      "time                         local_time           date            n  mean  worn   source",
      "2025-10-09 08:53:20.005 UTC  2025-10-09 08:53:20  2024-10-04  1,234  61.3  true   <takeout>",
      "2025-10-09 08:53:21 UTC      2025-10-09 08:53:21  2024-10-05      5        false",
      "                                                                  6  60.0         a & b",
    ].join("\n"),
  );
});

Deno.test("tableView() shows the first and last rows of a long frame, and how many there are", () => {
  const long = pl.DataFrame({ row: Array.from({ length: 2500 }, (_, i) => i) });
  assert.deepEqual(tableView(long, 3).text.split("\n"), [
    "  row",
    "    0",
    "    1",
    "    …",
    "2,499",
    "2,500 rows × 1 column",
  ]);
});

Deno.test("tableView() escapes what is not its own in HTML", () => {
  const { bundle } = tableView(frame, 10);
  const html = bundle["text/html"] ?? "";
  assert.ok(html.includes(">&lt;takeout&gt;</td>") && html.includes(">a &amp; b</td>"), html);
  assert.ok(html.includes('<td style="text-align: right">1,234</td>'), html);
  assert.equal(html.split("<tr>").length - 1, 4);
});

Deno.test("tableView() shows a frame without rows", () => {
  assert.match(tableView(frame.head(0), 10).text, /^time .*\nno rows$/);
});
