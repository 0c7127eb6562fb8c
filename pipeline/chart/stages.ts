/** How the stages of sleep are named, placed and coloured: in the notebooks and in the report. */

import { paint } from "./theme.ts";

/** The levels of a hypnogram, from the top. */
export const stageLevels: readonly string[] = ["Awake", "REM", "Light", "Deep"];

/** How a stage is drawn and told. */
export interface StageLook {
  /** One of {@link stageLevels}. */
  readonly level: string;
  /** Within a sentence. */
  readonly words: string;
  readonly colour: string;
}

const looks: Readonly<Record<string, StageLook>> = {
  awake: { level: "Awake", words: "awake", colour: paint.awake },
  out_of_bed: { level: "Awake", words: "out of bed", colour: paint.awake },
  restless: { level: "Awake", words: "restless", colour: paint.awake },
  rem: { level: "REM", words: "REM sleep", colour: paint.rem },
  light: { level: "Light", words: "light sleep", colour: paint.asleep },
  asleep: { level: "Light", words: "asleep", colour: paint.easy },
  deep: { level: "Deep", words: "deep sleep", colour: paint.deep },
};

/** The look of a stage; of light sleep where the source has another word. */
export function stageLook(stage: string): StageLook {
  return looks[stage] ??
    { level: "Light", words: stage.replaceAll("_", " "), colour: paint.asleep };
}

/** The stages of a legend, from the deepest. */
export const stageLegend: readonly { readonly label: string; readonly colour: string }[] = [
  { label: "deep", colour: paint.deep },
  { label: "light", colour: paint.asleep },
  { label: "REM", colour: paint.rem },
  { label: "awake", colour: paint.awake },
  { label: "asleep, stages not told", colour: paint.easy },
];
