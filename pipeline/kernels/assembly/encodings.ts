/** The encodings of Parquet's values that go over every row, see `transform/parquet/`. */

/** Written bytes end here. */
let end: usize = 0;

const miniblockRows: i32 = 32;
const miniblocks: i32 = 4;
const blockRows: i32 = miniblockRows * miniblocks;

/** The differences of one miniblock, less the least of all. */
const miniblock: usize = memory.data(miniblockRows * 8, 16);

/**
 * DELTA_BINARY_PACKED of at least one safe integer, see `transform/parquet/delta.ts`; returns how many
 * bytes were written, or -1 when a difference lies outside `limit`.
 */
export function writeDeltaOfFloat64(values: usize, rows: i32, limit: f64, to: usize): i32 {
  return writeDelta<f64>(values, rows, limit, to);
}

/** The same of 32 bits. */
export function writeDeltaOfInt32(values: usize, rows: i32, limit: f64, to: usize): i32 {
  return writeDelta<i32>(values, rows, limit, to);
}

@inline
function writeDelta<T>(values: usize, rows: i32, limit: f64, to: usize): i32 {
  let least: f64 = 0;
  let most: f64 = 0;
  const valuesEnd = values + <usize> rows * sizeof<T>();
  if (rows > 1) {
    // The last one alone, for it may have no neighbour.
    let leasts = difference<T>(valuesEnd - sizeof<T>());
    let mosts = leasts;
    for (let at = values + sizeof<T>(); at + sizeof<T>() < valuesEnd; at += 2 * sizeof<T>()) {
      const pair = differences<T>(at);
      leasts = f64x2.pmin(leasts, pair);
      mosts = f64x2.pmax(mosts, pair);
    }
    least = min(f64x2.extract_lane(leasts, 0), f64x2.extract_lane(leasts, 1));
    most = max(f64x2.extract_lane(mosts, 0), f64x2.extract_lane(mosts, 1));
  }
  if (least < -limit || most >= limit) return -1;

  const isNarrow = most - least <= <f64> u32.MAX_VALUE;
  end = to;
  writeVarint(blockRows);
  writeVarint(miniblocks);
  writeVarint(rows);
  writeZigzag(<i64> load<T>(values));
  for (let start = 1; start < rows; start += blockRows) {
    writeZigzag(<i64> least);
    const widths = end;
    store<u32>(widths, 0);
    end += miniblocks;
    for (let m = 0; m < miniblocks; m++) {
      const from = start + m * miniblockRows;
      if (from >= rows) break;
      const at = values + <usize> from * sizeof<T>();
      const count = min(miniblockRows, rows - from);
      const width = isNarrow
        ? writeNarrow<T>(at, count, least)
        : writeWide<T>(at, count, <i64> least);
      store<u8>(widths + m, 8 * width);
    }
  }
  return <i32> (end - to);
}

/** What the number there is more than the one before it, twice. */
@inline
function difference<T>(at: usize): v128 {
  return f64x2.splat(<f64> load<T>(at) - <f64> load<T>(at - sizeof<T>()));
}

/** The same of the number there and of the next one. */
@inline
function differences<T>(at: usize): v128 {
  return f64x2.sub(pair<T>(at), pair<T>(at - sizeof<T>()));
}

@inline
function pair<T>(at: usize): v128 {
  return isFloat<T>() ? v128.load(at) : f64x2.convert_low_i32x4_s(v128.load64_zero(at));
}

/**
 * One miniblock of the differences from `at` on, less the least one, padded with zeros; returns its bytes
 * a value: four at most.
 */
@inline
function writeNarrow<T>(at: usize, count: i32, least: f64): i32 {
  const leasts = f64x2.splat(least);
  let bits = i32x4.splat(0);
  let slot = miniblock;
  const last = at + <usize> (count - 1) * sizeof<T>();
  for (; at < last; at += 2 * sizeof<T>(), slot += 8) {
    const more = i32x4.trunc_sat_f64x2_u_zero(f64x2.sub(differences<T>(at), leasts));
    bits = v128.or(bits, more);
    v128.store64_lane(slot, more, 0);
  }
  if (at == last) {
    const more = i32x4.trunc_sat_f64x2_u_zero(f64x2.sub(difference<T>(at), leasts));
    bits = v128.or(bits, more);
    v128.store32_lane(slot, more, 0);
    slot += 4;
  }
  const slots = miniblock + 4 * miniblockRows;
  memory.fill(slot, 0, slots - slot);
  // As many bytes as the highest bit needs.
  const width = (39 - clz(i32x4.extract_lane(bits, 0) | i32x4.extract_lane(bits, 1))) >> 3;
  let to = end;
  end += width * miniblockRows;
  if (width == 1) {
    for (let from = miniblock; from < slots; from += 64, to += 16) {
      v128.store(to, i8x16.narrow_i16x8_u(halves(from), halves(from + 32)));
    }
  } else if (width == 2) {
    for (let from = miniblock; from < slots; from += 32, to += 16) v128.store(to, halves(from));
  } else if (width > 2) {
    // Four bytes, of which the one beyond the width is written over by what comes next.
    for (let from = miniblock; from < slots; from += 4, to += width) store<u32>(to, load<u32>(from));
  }
  return width;
}

/** Eight numbers of 32 bits within 16 as such. */
@inline
function halves(at: usize): v128 {
  return i16x8.narrow_i32x4_u(v128.load(at), v128.load(at, 16));
}

/** The same where differences lie further apart than 32 bits hold. */
@inline
function writeWide<T>(at: usize, count: i32, least: i64): i32 {
  let bits: i64 = 0;
  let slot = miniblock;
  for (const last = at + <usize> count * sizeof<T>(); at < last; at += sizeof<T>(), slot += 8) {
    const more = <i64> load<T>(at) - <i64> load<T>(at - sizeof<T>()) - least;
    bits |= more;
    store<i64>(slot, more);
  }
  const width = <i32> ((71 - clz(bits)) >> 3);
  let to = end;
  end += width * miniblockRows;
  for (let from = miniblock; from < slot; from += 8, to += width) store<i64>(to, load<i64>(from));
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
