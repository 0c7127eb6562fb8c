/** What is used of `@std/csv`, which its npm edition carries no types for. */

export interface ParseOptions {
  /** One character; `,` unless given. */
  readonly separator?: string;
  /** Lines that begin with this character are left out. */
  readonly comment?: string;
  /** Leave out spaces at the start of a field. */
  readonly trimLeadingSpace?: boolean;
  /** A quote may stand in an unquoted field, and a single one in a quoted field. */
  readonly lazyQuotes?: boolean;
  /** Fields of every record; 0: as many as the first has; any number unless given. */
  readonly fieldsPerRecord?: number;
}

/** The records as text, without empty lines; throws a SyntaxError that names line and column. */
export function parse(input: string, options?: ParseOptions): string[][];

/** The records by the names of the first row, which is left out. */
export function parse(
  input: string,
  options: ParseOptions & { readonly skipFirstRow: true },
): Record<string, string>[];

export interface StringifyOptions {
  /** `,` unless given. */
  readonly separator?: string;
  /** Begin with a byte-order mark. */
  readonly bom?: boolean;
}

/** The rows with CRLF at the end of each; null is an empty field. */
export function stringify(
  data: readonly (readonly (string | number | boolean | null)[])[],
  options?: StringifyOptions,
): string;
