/** Text as a field of a CSV file. */

/** The text as a field (RFC 4180); empty text is `""`. */
export function quoted(text: string): string {
  if (text !== "" && !/[",\r\n]/.test(text)) return text;
  return `"${text.replaceAll('"', '""')}"`;
}
