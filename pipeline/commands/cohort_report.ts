/** `deno task cohort-report`: the cohort's questions answered, and a page about it. */

import { ask, cohortViews, type Question, questions } from "../cohort/ask.ts";
import { cohortPage, type Member } from "../cohort/page.ts";
import type { Files } from "../effects.ts";
import { exitCode, UserError } from "../errors.ts";
import { defaultSettleDays } from "../fetch/settle.ts";
import { type Frame, pl } from "../frames.ts";
import { cohortMember, cohortTable, reportFile } from "../layout.ts";
import { cohortMembers, openDataRoot } from "../raw/data_root.ts";
import { temporaryOf, writeDurably } from "../raw/durable.ts";
import type { Command } from "./command.ts";
import { reportAndTell } from "./report.ts";

export const cohortReport: Command = {
  spec: {
    name: "cohort-report",
    about: "Answers the questions of pipeline/cohort/sql into tables below cohort/, and writes\n" +
      "cohort.html: who wears the watch, who stopped, who needs a new login, how each measure is\n" +
      "spread over the participants.",
    options: [
      { name: "pages", about: "Write every participant's own report too, a click away" },
    ],
  },
  async run({ given, root, effects }) {
    const { files, talk } = effects;
    const participants = cohortMembers(root, files);
    if (participants.length === 0) {
      throw new UserError(`There is no cohort in "${root}"`, {
        hint: "Run deno task cohort with a list of participants first",
      });
    }
    const views = cohortViews(root, files, participants);
    const answers = new Map(questions.map((question) => [question, ask(question, views)]));
    const answerTo = (question: Question) => answers.get(question) ?? ask(question, views);
    for (const [question, answer] of answers) {
      const path = `${root}/${cohortTable(question)}/part.parquet`;
      files.makeFolder(`${root}/${cohortTable(question)}`);
      answer.writeParquet(temporaryOf(path));
      files.rename(temporaryOf(path), path);
    }
    const adherence = rowsOf(answerTo("adherence"));
    if (given.flag("pages")) {
      for (const { participant } of adherence) {
        const id = String(participant);
        using data = openDataRoot(root, "cohort-report", effects, cohortMember(id));
        await reportAndTell(data, effects, {
          participant: id,
          embedFrom: undefined,
          settleDays: defaultSettleDays,
        });
      }
    }
    const page = cohortPage({
      members: membersOf(participants, adherence, outcomesIn(root, files), root, files),
      weeks: weeksOf(answerTo("participant_day")),
      spreads: spreadsOf(answerTo("cohort_percentiles")),
    });
    writeDurably(files, `${root}/cohort.html`, new TextEncoder().encode(page));
    talk.result(`${root}/cohort.html`);
    return exitCode.done;
  },
};

type Row = Readonly<Record<string, unknown>>;

function rowsOf(frame: Frame): Row[] {
  return frame.toRecords();
}

/** The outcomes of the last run, here or on a cluster; none when there are none. */
function outcomesIn(root: string, files: Files): Row[] {
  const folder = `${root}/${cohortTable("outcomes")}`;
  return files.list(folder).filter(({ name }) => name.endsWith(".parquet"))
    .flatMap(({ name }) => rowsOf(pl.readParquet(`${folder}/${name}`)));
}

function membersOf(
  participants: readonly string[],
  adherence: readonly Row[],
  outcomes: readonly Row[],
  root: string,
  files: Files,
): Member[] {
  const byId = (rows: readonly Row[]) =>
    new Map(rows.map((row) => [String(row["participant"]), row]));
  const [days, endings] = [byId(adherence), byId(outcomes)];
  const ids = Array.from(new Set([...participants, ...endings.keys()])).sort();
  return ids.map((participant) => {
    const own = days.get(participant);
    const ending = endings.get(participant);
    const report = reportFile(participant);
    return {
      participant,
      ending: ending === undefined ? undefined : String(ending["ending"]),
      missing: String(ending?.["missing"] ?? ""),
      firstDay: dayOf(own?.["first_day"]),
      lastDayWorn: dayOf(own?.["last_day_worn"]),
      days: Number(own?.["days"] ?? 0),
      daysWorn: Number(own?.["days_worn"] ?? 0),
      report: files.size(`${root}/${report}`) === undefined ? undefined : report,
    };
  });
}

function weeksOf(days: Frame) {
  const weeks = days.withColumns(pl.col("civil_day").dt.truncate("1w").alias("week"))
    .groupBy("participant", "week").agg(pl.col("is_valid").sum().alias("days_worn"))
    .sort(["participant", "week"]);
  return rowsOf(weeks).map((row) => ({
    participant: String(row["participant"]),
    week: new Date(Number(row["week"])),
    daysWorn: Number(row["days_worn"]),
  }));
}

function spreadsOf(percentiles: Frame) {
  const rows = rowsOf(percentiles.sort(["measure", "civil_day"])).map((row) => ({
    measure: String(row["measure"]),
    day: new Date(Number(row["civil_day"])),
    participants: Number(row["participants"]),
    p5: Number(row["p5"]),
    p25: Number(row["p25"]),
    p50: Number(row["p50"]),
    p75: Number(row["p75"]),
    p95: Number(row["p95"]),
  }));
  return Map.groupBy(rows, ({ measure }) => measure);
}

function dayOf(value: unknown): string | undefined {
  return value instanceof Date ? value.toISOString().slice(0, 10) : undefined;
}
