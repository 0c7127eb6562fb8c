/** The hour that occurs twice on the night the clocks go back, or longer on a journey west. */

/**
 * Tells the passes of a repeated hour apart: the samples of an answer are in order of time, so a
 * step back is where the second pass begins.
 */
export class RepeatedHour {
  /** Samples of hours left so far that could be of either pass, and were taken as of the first. */
  ambiguous = 0;
  #inFirst = 0;
  #previous = -Infinity;
  #steppedBack = false;

  /** Whether the next sample, within the repeated hour, is of its second pass. */
  isSecond(second: number): boolean {
    const repeats = second === this.#previous;
    if (second < this.#previous) this.#steppedBack = true;
    this.#previous = second;
    // The same time again in the first pass: one sample of either pass, side by side.
    if (!this.#steppedBack) this.#inFirst += repeats ? -1 : 1;
    return this.#steppedBack || repeats;
  }

  /** The samples have left the hour. */
  leave(): void {
    if (!this.#steppedBack) this.ambiguous += this.#inFirst;
    this.#inFirst = 0;
    this.#previous = -Infinity;
    this.#steppedBack = false;
  }
}
