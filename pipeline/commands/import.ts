/** `deno task import`: archives and saved files into the raw store. */

import { UsageError } from "../errors.ts";
import { diskReader } from "../import/input_reader.ts";
import { importExitCode, reportLines } from "../import/report.ts";
import { runImport } from "../import/run.ts";
import { checkedParticipant, defaultParticipant } from "../layout.ts";
import { openDataRoot } from "../raw/data_root.ts";
import { zoneChoice } from "../terminal/dates.ts";
import type { Command } from "./command.ts";
import { participantOption } from "./options.ts";

export const importCommand: Command = {
  spec: {
    name: "import",
    about: "Takes in Takeout archives (ZIP files or folders), HR<day>.json files of the 2016 " +
      "script,\nand saved answers of the Fitbit Web API. Archives are read in place. Every file " +
      "is listed as\ntaken or skipped, with the reason.",
    operands: "PATH...",
    options: [
      {
        name: "timezone",
        value: "ZONE",
        about: "Where the watch was worn (Europe/Berlin); overrules what an archive shows",
        setting: "timezone",
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
    const known = new Map(data.ledger.documents().map((row) => [row.path, row]));
    const report = await runImport({
      paths: given.operands,
      participant,
      timeZone: zone === undefined ? undefined : zoneChoice(zone),
      ownTimeZone: Temporal.Now.timeZoneId(),
    }, {
      ...effects,
      store: data.store,
      reader: diskReader,
      onDocument(path, manifest) {
        const row = known.get(path);
        const clock = JSON.stringify(manifest.clock);
        if (row?.sha256 === manifest.sha256 && row.clock === clock) return;
        data.ledger.transaction(() => data.ledger.recordDocument(path, manifest));
      },
    });
    for (const line of reportLines(report)) effects.talk.result(line);
    return importExitCode(report);
  },
};
