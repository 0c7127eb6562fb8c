/** What is used of `@std/csv/parse`, which its npm edition carries no types for. */

export interface ParseOptions {
  /** How many fields every record must have; 0: as many as the first. */
  readonly fieldsPerRecord?: number;
}

/** The records as text, without empty lines; throws a SyntaxError that names line and column. */
export function parse(input: string, options?: ParseOptions): string[][];
