/**
 * The cell `events` of `UserExercises`: blocks in brackets of `Name: value, Name: value`. What Google's
 * readme in the archive says of them: the numbers of SPLIT, AUTO_SPLIT and INTERVAL are relative to the
 * event before, those of PAUSE, AUTO_PAUSE and STOP to the beginning of the exercise. Pure.
 */

import { readStamp } from "./stamp.ts";

/** A split, or a part of an interval workout. */
export interface EventSplit {
  /** When it ended, ms since 1970, and how long it lasted. */
  readonly end: number;
  readonly duration_s: number;
  /** Whether somebody, or the plan of the workout, ended it; else the watch did, as set. */
  readonly lap: boolean;
  readonly type: string | undefined;
  readonly distance_m: number | undefined;
  readonly energy_kcal: number | undefined;
  readonly steps: number | undefined;
  readonly mean_bpm: number | undefined;
  readonly elevation_gain_m: number | undefined;
  readonly speed_m_per_s: number | undefined;
}

export interface Events {
  readonly splits: readonly EventSplit[];
  /** Blocks that are splits, but do not say when. */
  readonly timeless: number;
}

const block = /\[([^[\]]*)\]|\{([^{}]*)\}/g;
const pair = /(?:^|,)\s*"?([A-Za-z_]+)"?\s*[:=]\s*"?([^",]*)"?/g;

/** Which events end a split. */
const splits: Readonly<Record<string, { readonly lap: boolean }>> = {
  split: { lap: true },
  interval: { lap: true },
  auto_split: { lap: false },
};

/** The splits in a cell; blocks of other events make none. */
export function splitsIn(cell: string): Events {
  const found: EventSplit[] = [];
  let timeless = 0;
  for (const [, bracketed, braced] of cell.matchAll(block)) {
    const event = new Event(bracketed ?? braced ?? "");
    const kind = splits[event.word("type") ?? ""];
    if (kind === undefined) continue;
    const end = event.time("timestamp");
    const elapsed = event.number("elapsedtimemillis");
    if (end === undefined || elapsed === undefined) {
      timeless++;
      continue;
    }
    found.push({
      end,
      duration_s: elapsed / 1000,
      lap: kind.lap,
      type: event.word("type") === "interval" ? event.intervalType() : event.cue(),
      distance_m: thousandth(event.number("traveleddistancemm")),
      energy_kcal: event.number("caloriesburned"),
      steps: whole(event.number("steps")),
      // A heart does not stand still, and nobody runs at no speed: 0 is none measured.
      mean_bpm: event.number("averageheartrate") || undefined,
      elevation_gain_m: thousandth(event.number("elevationgainmm")),
      speed_m_per_s: thousandth(event.number("averagespeedmmpersec") || undefined),
    });
  }
  return { splits: found, timeless };
}

/** The values of a block by their names, in whichever of the two spellings: AutoCueType, auto_cue_type. */
class Event {
  readonly #values: ReadonlyMap<string, string>;

  constructor(text: string) {
    this.#values = new Map(
      Array.from(
        text.matchAll(pair),
        ([, name = "", value = ""]) => [name.replaceAll("_", "").toLowerCase(), value.trim()],
      ),
    );
  }

  word(name: string): string | undefined {
    return this.#values.get(name)?.toLowerCase().replaceAll(" ", "_");
  }

  number(name: string): number | undefined {
    const text = this.#values.get(name);
    const number = Number(text);
    return text === undefined || text === "" || !Number.isFinite(number) ? undefined : number;
  }

  time(name: string): number | undefined {
    const stamp = readStamp(this.#values.get(name) ?? "");
    return stamp === undefined ? undefined : stamp.wall - (stamp.offset_s ?? 0) * 1000;
  }

  /** What ended the split, in the words of Google Health. */
  cue(): string | undefined {
    const cue = this.word("autocuetype") ?? (this.word("type") === "split" ? "manual" : undefined);
    return cue === "time" ? "duration" : cue;
  }

  intervalType(): string {
    const type = this.word("intervaltype");
    return type === undefined || type === "" ? "interval" : `interval_${type}`;
  }
}

function thousandth(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value / 1000;
}

function whole(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value);
}
