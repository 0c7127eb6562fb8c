/** CSV text to records: `@std/csv`, with types. */

// @ts-types="./std_csv.d.ts"
export { parse } from "@std/csv/parse";
