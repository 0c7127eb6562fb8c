export * from "./columns";
export * from "./encodings";
export * from "./scan";

/** The first address that the kernels' own constants and tables leave free. */
export function firstFree(): usize {
  return __heap_base;
}
