/**
 * The seconds of one civil day as a few bytes: differences from one sample to the next, as whole
 * numbers of variable length, a column after the other so that a general compressor finds what repeats.
 * Written by the report, read by the page in the browser.
 */

import { ByteWriter } from "../transform/parquet/bytes.ts";

/** What was measured on one civil day; the arrays of each kind are equally long, times ascend. */
export interface SecondDay {
  /** Heart rate: milliseconds since 1970, the offset of the wearer's clock, beats a minute. */
  readonly time_ms: Float64Array;
  readonly utc_offset_s: Int32Array;
  readonly bpm: Int32Array;
  /** Steps: stretches in which there were any. */
  readonly steps_time_ms: Float64Array;
  readonly steps_duration_ms: Float64Array;
  readonly steps: Int32Array;
}

/** The day as bytes. */
export function packDay(day: SecondDay): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  const { time_ms, utc_offset_s, bpm, steps_time_ms, steps_duration_ms, steps } = day;
  out.varint(time_ms.length);
  const unit = unitOf([time_ms, steps_time_ms, steps_duration_ms]);
  out.varint(unit);
  packDifferences(out, time_ms, unit);
  packDifferences(out, utc_offset_s, 1);
  packDifferences(out, bpm, 1);
  out.varint(steps_time_ms.length);
  packDifferences(out, steps_time_ms, unit);
  packDifferences(out, steps_duration_ms, unit);
  packDifferences(out, steps, 1);
  return out.copy();
}

/**
 * The day of such bytes.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { packDay, unpackDay } from "./second_day.ts";
 *
 * const day = {
 *   time_ms: Float64Array.of(1_000, 3_000),
 *   utc_offset_s: Int32Array.of(7200, 3600),
 *   bpm: Int32Array.of(62, 61),
 *   steps_time_ms: Float64Array.of(60_000),
 *   steps_duration_ms: Float64Array.of(60_000),
 *   steps: Int32Array.of(17),
 * };
 * assert.deepEqual(unpackDay(packDay(day)), day);
 * ```
 */
export function unpackDay(bytes: Uint8Array): SecondDay {
  const reader = new VarintReader(bytes);
  const samples = reader.varint();
  const unit = reader.varint();
  const time_ms = unpackDifferences(reader, new Float64Array(samples), unit);
  const utc_offset_s = unpackDifferences(reader, new Int32Array(samples), 1);
  const bpm = unpackDifferences(reader, new Int32Array(samples), 1);
  const walks = reader.varint();
  return {
    time_ms,
    utc_offset_s,
    bpm,
    steps_time_ms: unpackDifferences(reader, new Float64Array(walks), unit),
    steps_duration_ms: unpackDifferences(reader, new Float64Array(walks), unit),
    steps: unpackDifferences(reader, new Int32Array(walks), 1),
  };
}

/** Watches tell whole seconds as a rule: then these are counted, else milliseconds. */
function unitOf(columns: readonly Float64Array[]): number {
  // Not by the remainder, which takes many times as long.
  const isWhole = (value: number) => Math.floor(value / 1000) * 1000 === value;
  return columns.every((values) => values.every(isWhole)) ? 1000 : 1;
}

function packDifferences(out: ByteWriter, values: Float64Array | Int32Array, unit: number): void {
  let previous = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]! / unit;
    const difference = value - previous;
    // As good as all are that small.
    if (difference > -64 && difference < 64) {
      out.byte(difference < 0 ? -2 * difference - 1 : 2 * difference);
    } else out.zigzag(difference);
    previous = value;
  }
}

function unpackDifferences<T extends Float64Array | Int32Array>(
  reader: VarintReader,
  into: T,
  unit: number,
): T {
  const { bytes } = reader;
  let value = 0;
  for (let i = 0; i < into.length; i++) {
    const byte = bytes[reader.at];
    if (byte !== undefined && byte < 128) {
      reader.at++;
      value += byte % 2 === 0 ? byte >> 1 : ~(byte >> 1);
    } else value += reader.zigzag();
    into[i] = value * unit;
  }
  return into;
}

/** Reads what `ByteWriter` writes. */
class VarintReader {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  varint(): number {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError("Cannot read the day: its bytes end too early");
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
