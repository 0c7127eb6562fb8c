/** The encodings of Parquet's values that go over every row, see `transform/parquet/`. */

/** Written bytes end here. */
let end: usize = 0;

const miniblockRows: i32 = 32;
const miniblocks: i32 = 4;
const blockRows: i32 = miniblockRows * miniblocks;

/**
 * DELTA_BINARY_PACKED of at least one safe integer, see `transform/parquet/delta.ts`; returns how many
 * bytes were written, or -1 when a difference lies outside `limit`.
 * @param differences Room for eight bytes a row, elsewhere than the values.
 */
export function writeDeltaOfFloat64(
  values: usize,
  rows: i32,
  limit: f64,
  differences: usize,
  to: usize,
): i32 {
  return writeDelta<f64>(values, rows, limit, differences, to);
}

/** The same of 32 bits. */
export function writeDeltaOfInt32(
  values: usize,
  rows: i32,
  limit: f64,
  differences: usize,
  to: usize,
): i32 {
  return writeDelta<i32>(values, rows, limit, differences, to);
}

@inline
function writeDelta<T>(values: usize, rows: i32, limit: f64, differences: usize, to: usize): i32 {
  const first = <i64> load<T>(values);
  let previous = first;
  let least: i64 = rows == 1 ? 0 : i64.MAX_VALUE;
  let most: i64 = 0;
  for (let i = 1; i < rows; i++) {
    const value = <i64> load<T>(values + <usize> i * sizeof<T>());
    const difference = value - previous;
    previous = value;
    least = min(least, difference);
    most = max(most, difference);
    store<i64>(differences + (<usize> i << 3), difference);
  }
  if (least < <i64> -limit || most >= <i64> limit) return -1;

  end = to;
  writeVarint(blockRows);
  writeVarint(miniblocks);
  writeVarint(rows);
  writeZigzag(first);
  for (let start = 1; start < rows; start += blockRows) {
    writeZigzag(least);
    const widths = end;
    store<u32>(widths, 0);
    end += miniblocks;
    for (let m = 0; m < miniblocks; m++) {
      const from = start + m * miniblockRows;
      if (from >= rows) break;
      const until = min(from + miniblockRows, rows);
      const first = differences + (<usize> from << 3);
      store<u8>(widths + m, 8 * writeMiniblock(first, differences + (<usize> until << 3), least));
    }
  }
  return <i32> (end - to);
}

/** One miniblock of the differences from `first` to `last`, padded with zeros; returns its bytes a value. */
function writeMiniblock(first: usize, last: usize, least: i64): i32 {
  let bits: i64 = 0;
  for (let at = first; at < last; at += 8) bits |= load<i64>(at) - least;
  // As many bytes as the highest bit needs.
  const width = <i32> ((71 - clz(bits)) >> 3);
  if (width == 0) return 0;
  let to = end;
  end += width * miniblockRows;
  if (width == 1) {
    for (let at = first; at < last; at += 8) store<u8>(to++, <u8> (load<i64>(at) - least));
  } else {
    for (let at = first; at < last; at += 8) {
      // Eight bytes, of which those beyond the width are written over by what comes next.
      store<i64>(to, load<i64>(at) - least);
      to += width;
    }
  }
  memory.fill(to, 0, end - to);
  return width;
}

/** A hash table of open addressing, at most a quarter full: for each slot a value and its code + 1. */
const slots: i32 = 1024;
const slotTable: usize = memory.data(slots * 8, 16);

/**
 * The distinct values in order of first appearance, and a code for each row; returns how many there
 * are, or -1 when there are more than `limit` (at most 256).
 */
export function writeDictionary(
  values: usize,
  rows: i32,
  limit: i32,
  codes: usize,
  entries: usize,
): i32 {
  memory.fill(slotTable, 0, slots * 8);
  let count = 0;
  for (let i = 0; i < rows; i++) {
    const value = load<i32>(values + (<usize> i << 2));
    // Neighbouring numbers, which are the common case, meet no other's slot.
    let slot = value & (slots - 1);
    let at = slotTable + (<usize> slot << 3);
    while (load<i32>(at, 4) != 0 && load<i32>(at) != value) {
      slot = (slot + 1) & (slots - 1);
      at = slotTable + (<usize> slot << 3);
    }
    if (load<i32>(at, 4) == 0) {
      if (count == limit) return -1;
      store<i32>(entries + (<usize> count << 2), value);
      store<i32>(at, value);
      store<i32>(at, ++count, 4);
    }
    store<i32>(codes + (<usize> i << 2), load<i32>(at, 4) - 1);
  }
  return count;
}

/** From so many equal values on a run is written; also the size of a bit-packed group. */
const group: i32 = 8;

/**
 * The RLE/bit-packing hybrid, see `transform/parquet/hybrid.ts`, of codes within `width` bits (1, 2,
 * 4, 8 or 16); returns how many bytes were written.
 */
export function writeHybrid(codes: usize, rows: i32, width: i32, to: usize): i32 {
  end = to;
  let packedFrom = 0;
  let at = 0;
  // Bit-packed values come in whole groups: a run begins where a group would.
  while (at + group <= rows) {
    const code = codeAt(codes, at);
    let runEnd = at + 1;
    while (runEnd < rows && codeAt(codes, runEnd) == code) runEnd++;
    if (runEnd - at < group) {
      at += group;
      continue;
    }
    writePacked(codes, packedFrom, at, width);
    writeVarint(<u64> (runEnd - at) * 2);
    store<u16>(end, <u16> code);
    end += width > 8 ? 2 : 1;
    packedFrom = at = runEnd;
  }
  writePacked(codes, packedFrom, rows, width);
  return <i32> (end - to);
}

/** Bit-packed groups; the last one of a page is filled up with zeros. */
function writePacked(codes: usize, from: i32, to: i32, width: i32): void {
  if (from == to) return;
  const groups = (to - from + group - 1) / group;
  writeVarint(<u64> groups * 2 + 1);
  let at = end;
  end += groups * width;
  let pending: u32 = 0;
  let bits = 0;
  for (let i = from; i < to; i++) {
    pending |= codeAt(codes, i) << bits;
    bits += width;
    for (; bits >= 8; bits -= 8) {
      store<u8>(at++, <u8> pending);
      pending >>= 8;
    }
  }
  if (bits > 0) store<u8>(at++, <u8> pending);
  memory.fill(at, 0, end - at);
}

@inline
function codeAt(codes: usize, row: i32): u32 {
  return load<u32>(codes + (<usize> row << 2));
}

/** An unsigned number, seven bits a byte, lowest first (ULEB128). */
function writeVarint(value: u64): void {
  while (value >= 128) {
    store<u8>(end++, <u8> (value & 127 | 128));
    value >>= 7;
  }
  store<u8>(end++, <u8> value);
}

function writeZigzag(value: i64): void {
  writeVarint((value << 1) ^ (value >> 63));
}
