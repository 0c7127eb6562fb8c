/** `deno task import`: archives and saved files into the raw store. */

import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { diskReader } from "../import/input_reader.ts";
import { importExitCode, type ImportReport } from "../import/report.ts";
import { reportLines } from "../import/report_lines.ts";
import { type ImportOptions, runImport } from "../import/run.ts";
import { checkedParticipant, defaultParticipant } from "../layout.ts";
import { type DataRoot, openDataRoot } from "../raw/data_root.ts";
import { zoneChoice } from "../terminal/dates.ts";
import type { Command } from "./command.ts";
import { participantOption } from "./options.ts";

export const importCommand: Command = {
  spec: {
    name: "import",
    about: "Takes in Takeout archives (.zip or .tgz, all parts or some, or unpacked folders), " +
      "HR<day>.json\nfiles of the 2016 script, and saved answers of the Fitbit Web API, in any " +
      "order, again and\nagain. Archives are read in place. What became of every file, and by " +
      "which clock it was read,\nis told in short here and in full in import/ below the data root.",
    operands: "PATH...",
    options: [
      {
        name: "timezone",
        value: "ZONE",
        about: "Where the watch was worn (Europe/Berlin); overrules what an archive shows",
        setting: "timezone",
      },
      {
        name: "with-location",
        about: "Takes files that tell where you were (GPS, TCX) too; else they are not read",
      },
      participantOption,
    ],
  },
  async run({ given, root, effects }) {
    if (given.operands.length === 0) {
      throw new UsageError(
        "Cannot import nothing: no file or folder was named",
        "deno task import takeout-*.zip, or a folder, or HR*.json",
      );
    }
    const zone = given.text("timezone");
    const participant = checkedParticipant(given.text("participant") ?? defaultParticipant);
    using data = openDataRoot(root, "import", effects);
    const report = await importInto(data, {
      paths: given.operands,
      participant,
      timeZone: zone === undefined ? undefined : zoneChoice(zone),
      ownTimeZone: Temporal.Now.timeZoneId(),
      withLocation: given.flag("with-location"),
    }, effects);
    for (const line of reportLines(report)) effects.talk.result(line);
    return importExitCode(report);
  },
};

/** Runs the stage; what is new goes into the ledger. */
export function importInto(
  { root, store, ledger }: DataRoot,
  request: ImportOptions,
  effects: Effects,
): Promise<ImportReport> {
  const known = new Map(ledger.documents().map((row) => [row.path, row]));
  return runImport(request, {
    ...effects,
    root,
    store,
    reader: diskReader,
    onDocuments(documents) {
      const news = documents.filter(({ path, manifest }) => {
        const { sha256, first_day, last_day, clock } = known.get(path) ?? {};
        return sha256 !== manifest.sha256 || clock !== JSON.stringify(manifest.clock) ||
          first_day !== manifest.first_day || last_day !== manifest.last_day;
      });
      if (news.length === 0) return;
      ledger.transaction(() =>
        news.forEach(({ path, manifest }) => ledger.recordDocument(path, manifest))
      );
    },
  });
}
