/** The fast reader of the times of the archive's CSV files. */

import { dayNumber, isDay, MS_PER_DAY } from "../../../day.ts";
import { ascii, gaveUp, textOf } from "../../json/scan_bytes.ts";
import { twoDigits } from "../sample_times.ts";

/** Reads `2026-04-02[T13:14[:05[.123456]][Z]]`; the careful reader knows more forms. */
export class StampScanner {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  // The date read last, as the raw bytes it stood in: neighbouring rows share it.
  #dateHead = NaN;
  #dateTail = NaN;
  #dateMs = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Puts ms since 1970 as written into `values[index]`; the place after it, or {@link gaveUp}. */
  read(at: number, values: Float64Array, index: number): number {
    const bytes = this.#bytes;
    if (at + 10 > bytes.length) return gaveUp;
    const head = this.#view.getFloat64(at, true);
    const tail = this.#view.getFloat64(at + 2, true);
    if (head !== this.#dateHead || tail !== this.#dateTail) {
      const day = textOf(bytes, at, at + 10);
      if (!isDay(day)) return gaveUp;
      this.#dateMs = dayNumber(day) * MS_PER_DAY;
      this.#dateHead = head;
      this.#dateTail = tail;
    }
    if (bytes[at + 10] !== ascii.upperT) {
      values[index] = this.#dateMs;
      // What follows is looked at by whoever wants a comma or a line end there.
      return at + 10;
    }
    const hours = twoDigits(bytes, at + 11);
    const minutes = twoDigits(bytes, at + 14);
    if (bytes[at + 13] !== ascii.colon) return gaveUp;
    if (!(hours <= 23 && minutes <= 59)) return gaveUp;
    let ms = this.#dateMs + (hours * 60 + minutes) * 60_000;
    let end = at + 16;
    if (bytes[end] === ascii.colon) {
      const seconds = twoDigits(bytes, end + 1);
      if (!(seconds <= 59)) return gaveUp;
      ms += seconds * 1000;
      end += 3;
      if (bytes[end] === ascii.point) {
        const start = end + 1;
        let digit = bytes[++end]! - ascii.zero;
        for (let unit = 100; digit >= 0 && digit <= 9; unit /= 10) {
          if (unit >= 1) ms += digit * unit;
          digit = bytes[++end]! - ascii.zero;
        }
        if (end === start || end > start + 9) return gaveUp;
      }
    }
    if (bytes[end] === ascii.upperZ) end++;
    values[index] = ms;
    return end;
  }
}
