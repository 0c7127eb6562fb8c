/** CSV text to records and back: `@std/csv`, with types. */

// @ts-types="./std_csv.d.ts"
export { parse, stringify } from "@std/csv";
