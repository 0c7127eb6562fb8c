/** CSV text to records: `@std/csv`, with types; and text as a field of CSV. */

// @ts-types="./std_csv.d.ts"
export { parse } from "@std/csv";

/** The text as a field of a CSV file (RFC 4180); empty text is `""`. */
export function quoted(text: string): string {
  if (text !== "" && !/[",\r\n]/.test(text)) return text;
  return `"${text.replaceAll('"', '""')}"`;
}
