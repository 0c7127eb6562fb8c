/** Modules that are read when they are wanted. */

/**
 * The module at a path beside the one that asks, whose `import.meta.url` is `base`.
 *
 * Before the first line of a program runs, Deno reads and looks through all that it imports, and all
 * that a literal `import("./a.ts")` names, wanted or not: with every command and every source that is
 * more than a quarter of a start. Behind a URL it does not look; nor does the compiler, which takes the caller's
 * word for what is there: `late<typeof import("./a.ts")>("./a.ts", import.meta.url)`.
 */
export function late<Module>(path: string, base: string): Promise<Module> {
  return import(new URL(path, base).href);
}
