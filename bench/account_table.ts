/** Whole accounts in the table of results. */

import { byteSize, grouped } from "../pipeline/terminal/table.ts";
import type { AccountTimes } from "./account.ts";
import type { Timing } from "./programs.ts";
import type { Row } from "./table.ts";

/** All tables by us, and those that DuckDB makes too by both. */
export function accountRows(account: AccountTimes): Row[] {
  const { title, days, documents, documentBytes, rawBytes, tableBytes } = account;
  const { tables, rows, compared, comparedRows, all, ours, oneFile, fileADay } = account;
  const million = (count: number) => `${(count / 1e6).toFixed(1)} million rows`;
  const time = ({ seconds, peakBytes }: Timing) =>
    `${seconds.toFixed(2)} s, ${byteSize(peakBytes)}`;
  const ratio = ({ seconds }: Timing) => `${(seconds / ours.seconds).toFixed(2)}x`;
  return [
    [
      `${title}: ${grouped(days)} days, all ${tables} tables, ${million(rows)}, of ${
        grouped(documents)
      } documents, ` +
      `${byteSize(documentBytes)} as received`,
      `${time(all)}; ${byteSize(rawBytes)} raw, ${byteSize(tableBytes)} tables`,
      "",
      "",
      "",
      "",
      "",
    ],
    [
      `${title}: of these ${compared.length} tables, ${million(comparedRows)}`,
      time(ours),
      time(oneFile),
      ratio(oneFile),
      time(fileADay),
      ratio(fileADay),
      "",
    ],
  ];
}

/** Which tables those are. */
export function comparedLine({ title, compared }: AccountTimes): string {
  return `- ${title}, with DuckDB: ${compared.join(", ")}`;
}
