/** The part of the standard library's CSV module that we use; the package comes without types. */

export interface ParseOptions {
  /** How many fields every row must have; 0 means as many as the first. */
  readonly fieldsPerRecord?: number;
}

/** All rows, the header included; empty lines are left out. Throws a SyntaxError. */
export function parse(input: string, options?: ParseOptions): string[][];
