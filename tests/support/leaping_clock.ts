import { HandClock } from "./effects.ts";

/** A clock that leaps over every wait at once, and remembers how long each was. */
export class LeapingClock extends HandClock {
  /** The waits so far (ms), in order. */
  readonly waits: number[] = [];

  /** @param start An ISO instant. */
  constructor(start: string) {
    super(Date.parse(start));
  }

  advance(ms: number): void {
    this.ms += ms;
  }

  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await super.sleep(ms, signal);
    this.waits.push(ms);
  }
}
