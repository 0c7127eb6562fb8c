/** The machine and the program: versions, permissions, room on the disk. */

import { z } from "zod";
import { byteSize } from "../terminal/table.ts";
import { broken, type Check, ok, warning } from "./check.ts";

/** The version of Deno that the tests run with; .ci/run installs it. */
const testedDeno = "2.9.6";

/** Less room than this is an error: a year of everything wants several times as much. */
const tight_bytes = 1e9;
/** Less than this is worth a word. */
const roomy_bytes = 5e9;

/** Whether this Deno is the one the tests run with, or a later one of its kind. */
export function checkDeno(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [testedMajor = 0, testedMinor = 0] = testedDeno.split(".").map(Number);
  if (major === testedMajor && minor >= testedMinor) return ok("deno", `Deno ${version}`);
  return warning(
    "deno",
    `Deno ${version}; the tests run with ${testedDeno}`,
    `deno upgrade ${testedDeno}, or npm install --global deno@${testedDeno}`,
  );
}

const importsSchema = z.object({ imports: z.record(z.string(), z.string()) });
const lockSchema = z.object({ specifiers: z.record(z.string(), z.string()) });

/** Whether every dependency is locked to the version that deno.json names. */
export function checkDependencies(denoJson: string, denoLock: string): Check {
  const { imports } = importsSchema.parse(JSON.parse(denoJson));
  const locked = Object.keys(lockSchema.parse(JSON.parse(denoLock)).specifiers);
  const packages = Object.values(imports)
    .map((from) => /^npm:((?:@[^/]+\/)?[^/]+)/.exec(from)?.[1] ?? from);
  const loose = packages.filter((name) => !locked.some((each) => each === `npm:${name}`));
  const versions = packages.join(", ");
  if (loose.length === 0) return ok("dependencies", `As locked: ${versions}`);
  return warning(
    "dependencies",
    `Not in deno.lock: ${loose.join(", ")}`,
    "Get deno.json and deno.lock from the same version of Everysecond: git checkout deno.lock",
  );
}

/** Whether the doctor itself may look at what it has to. */
export function checkPermissions(states: Readonly<Record<string, Deno.PermissionState>>): Check {
  const refused = Object.entries(states).filter(([, state]) => state !== "granted")
    .map(([name]) => name);
  if (refused.length === 0) {
    return ok("permissions", "Each task has its own in deno.json; the doctor has all it needs");
  }
  return broken(
    "permissions",
    `The doctor may not use: ${refused.join(", ")}`,
    "Run it as deno task doctor, which gives it what it needs",
  );
}

/** Whether there is room for more; `free` in bytes. */
export function checkDiskSpace(free: number, path: string): Check {
  const says = `${byteSize(free)} free at "${path}"`;
  const remedy =
    "Make room, or move the data root: mv it and say where with --data or in the settings";
  if (free < tight_bytes) return broken("disk-space", says, remedy);
  return free < roomy_bytes ? warning("disk-space", says, remedy) : ok("disk-space", says);
}
