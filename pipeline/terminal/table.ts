/** Small tables of text for people: left-aligned words, right-aligned numbers. */

/** One line a row under a header; columns of numbers are aligned right. Missing values are blank. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly (string | number | undefined)[])[],
): string[] {
  const cells = rows.map((row) => header.map((_, column) => cellText(row[column])));
  const isNumber = header.map((_, column) =>
    cells.every((row) => numberPattern.test(row[column] ?? ""))
  );
  const widths = header.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0))
  );
  const line = (row: readonly string[]) =>
    row.map((cell, column) =>
      isNumber[column] === true
        ? cell.padStart(widths[column] ?? 0)
        : cell.padEnd(widths[column] ?? 0)
    ).join("  ").trimEnd();
  return [line(header), ...cells.map(line)];
}

/** Numbers as they are shown, and blanks; days and instants are none. */
const numberPattern = /^(-?[\d,]+(\.\d+)?)?$/;

function cellText(value: string | number | undefined): string {
  if (value === undefined) return "";
  return typeof value === "number" ? grouped(value) : value;
}

/** A whole number with thousands apart (`1,234,567`), others with one decimal. */
export function grouped(value: number): string {
  // Not by toLocaleString(), which loads all that is known of languages: longer than many a command takes.
  const digits = value.toFixed(Number.isInteger(value) ? 0 : 1);
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** Bytes as a person says them: `1.2 MB`. */
export function byteSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
