/** Answers of the Fitbit Web API about heart rates, as people saved them. */

export interface AnswerOptions {
  readonly day: string;
  /** Wall-clock times of the samples. */
  readonly times: readonly string[];
  readonly interval?: number;
  readonly type?: string;
}

/** One answer, of the time-bounded kind that the script of 2016 asked for. */
export function savedAnswer({ day, times, interval = 1, type = "second" }: AnswerOptions): string {
  return `{"activities-heart":[{"customHeartRateZones":[],"dateTime":"${day}",` +
    `"heartRateZones":[],"value":"61.5"}],"activities-heart-intraday":{"dataset":[${
      times.map((time, index) => `{"time":"${time}","value":${60 + index % 40}}`).join(",")
    }],"datasetInterval":${interval},"datasetType":"${type}"}}`;
}

/** Wall-clock times from one hour to another, some seconds apart. */
export function times(fromHour: number, untilHour: number, everyS = 60): string[] {
  const found: string[] = [];
  for (let at = fromHour * 3600; at < untilHour * 3600; at += everyS) {
    found.push(new Date(at * 1000).toISOString().slice(11, 19));
  }
  return found;
}

/** As Python 2's `json.dump` wrote the text of an answer: a JSON string. */
export function doublyEncoded(answer: string): string {
  return JSON.stringify(answer);
}
