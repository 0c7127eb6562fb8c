/** A cohort of made-up participants: the list, and an archive of each. */

import { demoPerson } from "../../pipeline/sources/simulator/demo_person.ts";
import { treeOf } from "./effects.ts";
import { House } from "./house.ts";
import { exportOf, exportZip } from "../generate/export/export_of.ts";

/** `p01`, `p02`, ... */
export function idsOfCohort(size: number): string[] {
  return Array.from({ length: size }, (_, i) => `p${String(i + 1).padStart(2, "0")}`);
}

/**
 * Writes a list of that many participants into a folder, each with a Takeout archive of a few days and
 * a body of their own; the list's path.
 */
export function writeCohort(folder: string, size: number, days: number): string {
  const first = Date.UTC(2026, 9, 20);
  const made = new Date(first + days * 86_400_000 + 15 * 3_600_000).toISOString();
  const rows = idsOfCohort(size).map((id, i) => {
    const person = {
      ...demoPerson,
      seed: demoPerson.seed + i,
      memberSince: new Date(first).toISOString().slice(0, 10),
    };
    const registered = "2026-10-19";
    const file = `${id}.zip`;
    Deno.writeFileSync(
      `${folder}/${file}`,
      exportZip("G5", exportOf({ person, registered, made, everySample: 4 })),
    );
    return `${id},takeout,${file}`;
  });
  const list = `${folder}/participants.csv`;
  Deno.writeTextFileSync(list, `id,source,path\n${rows.join("\n")}\n`);
  return list;
}

/** The same, but all have one archive, with every sample: for measurements, where only its size counts. */
export function writeCohortOfOne(folder: string, size: number, days: number): string {
  const memberSince = "2026-06-01";
  const made = new Date(Date.parse(memberSince) + (days - 0.5) * 86_400_000).toISOString();
  const person = { ...demoPerson, memberSince };
  Deno.writeFileSync(
    `${folder}/archive.zip`,
    exportZip("G5", exportOf({ person, registered: "2026-05-31", made })),
  );
  const rows = idsOfCohort(size).map((id) => `${id},takeout,archive.zip`);
  const list = `${folder}/participants.csv`;
  Deno.writeTextFileSync(list, `id,source,path\n${rows.join("\n")}\n`);
  return list;
}

/** What was made of raw documents below a data root: path and hash of every file of it. */
export async function madeFiles(root: string): Promise<Map<string, string>> {
  return await treeOf(root, (path) => !/^(tables|aggregates)(\/|$)/.test(path));
}

/** The same data root by one run after the other in this process, with one ledger for all. */
export async function makeInOneRun(root: string, folder: string, ids: readonly string[]) {
  const house = new House(root);
  for (const id of ids) await house.must("import", `${folder}/${id}.zip`, "--participant", id);
  await house.must("transform");
  await house.must("aggregate");
}
