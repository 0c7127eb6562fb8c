/** What is asked of a whole column of numbers: null or not, the least and the most; and as other numbers. */

/** Where {@link extentOfFloat64} and its like put the least and the largest number. */
const leastAt: usize = 16;
const mostAt: usize = 24;

/** How many of the bytes are zero. */
export function countZeros(at: usize, count: i32): i32 {
  let zeros = 0;
  for (let i = 0; i < count; i++) zeros += <i32> (load<u8>(at + i) == 0);
  return zeros;
}

/** What {@link extentOfFloat64} returns: a bit where all numbers are whole, and one where they ascend. */
const allWhole: i32 = 1;
const allAscending: i32 = 2;

/**
 * The least and the largest of some numbers, NaN when one of them is or there is none; returns whether
 * all are whole, and whether every number is larger than the one before it.
 */
export function extentOfFloat64(at: usize, count: i32): i32 {
  const first = v128.load64_splat(at);
  let least = first;
  let most = first;
  let numbers = f64x2.eq(first, first);
  let whole = f64x2.eq(f64x2.floor(first), first);
  let ascending = i64x2.splat(-1);
  let here = at + 8;
  const end = at + (<usize> count << 3);
  for (; here + 8 < end; here += 16) {
    const values = v128.load(here);
    least = f64x2.pmin(least, values);
    most = f64x2.pmax(most, values);
    // NaN equals nothing.
    numbers = v128.and(numbers, f64x2.eq(values, values));
    whole = v128.and(whole, f64x2.eq(f64x2.floor(values), values));
    ascending = v128.and(ascending, f64x2.gt(values, v128.load(here - 8)));
  }
  if (here < end) {
    const last = v128.load64_splat(here);
    least = f64x2.pmin(least, last);
    most = f64x2.pmax(most, last);
    numbers = v128.and(numbers, f64x2.eq(last, last));
    whole = v128.and(whole, f64x2.eq(f64x2.floor(last), last));
    ascending = v128.and(ascending, f64x2.gt(last, v128.load64_splat(here - 8)));
  }
  const isExtent = count > 0 && i64x2.all_true(numbers);
  store<f64>(
    leastAt,
    isExtent ? min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1)) : NaN,
  );
  store<f64>(
    mostAt,
    isExtent ? max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)) : NaN,
  );
  return (i64x2.all_true(whole) ? allWhole : 0) | (i64x2.all_true(ascending) ? allAscending : 0);
}

/** The same for 32 bits. */
export function extentOfInt32(at: usize, count: i32): void {
  let least = i32.MAX_VALUE;
  let most = i32.MIN_VALUE;
  let leasts = i32x4.splat(least);
  let mosts = i32x4.splat(most);
  const fours = at + (<usize> (count >> 2) << 4);
  const end = at + (<usize> count << 2);
  for (let four = at; four < fours; four += 16) {
    const values = v128.load(four);
    leasts = i32x4.min_s(leasts, values);
    mosts = i32x4.max_s(mosts, values);
  }
  for (let one = fours; one < end; one += 4) {
    least = min(least, load<i32>(one));
    most = max(most, load<i32>(one));
  }
  leasts = i32x4.min_s(leasts, v128.shuffle<i32>(leasts, leasts, 2, 3, 0, 1));
  leasts = i32x4.min_s(leasts, v128.shuffle<i32>(leasts, leasts, 1, 0, 3, 2));
  mosts = i32x4.max_s(mosts, v128.shuffle<i32>(mosts, mosts, 2, 3, 0, 1));
  mosts = i32x4.max_s(mosts, v128.shuffle<i32>(mosts, mosts, 1, 0, 3, 2));
  least = min(least, i32x4.extract_lane(leasts, 0));
  most = max(most, i32x4.extract_lane(mosts, 0));
  store<f64>(leastAt, count > 0 ? <f64> least : NaN);
  store<f64>(mostAt, count > 0 ? <f64> most : NaN);
}

/** Whether every number is smaller than the one before it. */
export function isDescending(at: usize, count: i32): bool {
  for (let i = 1; i < count; i++) {
    const here = at + (<usize> i << 3);
    if (!(load<f64>(here) < load<f64>(here - 8))) return false;
  }
  return true;
}

/**
 * The rows whose wall clock, `times` (ms) at `offsets` (s) from UTC, is from `start` on and before `end`;
 * returns how many there are.
 */
export function writeRowsWithin(
  times: usize,
  offsets: usize,
  count: i32,
  start: f64,
  end: f64,
  rows: usize,
): i32 {
  let to = rows;
  for (let i = 0; i < count; i++) {
    const local = load<f64>(times + (<usize> i << 3)) +
      <f64> load<i32>(offsets + (<usize> i << 2)) * 1000;
    store<i32>(to, i);
    to += <usize> (local >= start && local < end) << 2;
  }
  return <i32> (to - rows) >> 2;
}

/** How many of the ascending times begin a step (ms, counted from 1970) that none before them is in. */
export function countSteps(times: usize, count: i32, step: f64): i32 {
  let steps = 0;
  let next: f64 = -Infinity;
  for (let i = 0; i < count; i++) {
    const time = load<f64>(times + (<usize> i << 3));
    if (time < next) continue;
    steps++;
    next = (Math.floor(time / step) + 1) * step;
  }
  return steps;
}

/** Whole numbers within 32 bits as such; NaN becomes 0. */
export function writeInt32s(values: usize, count: i32, to: usize): void {
  const pairs = count & ~1;
  for (let i = 0; i < pairs; i += 2) {
    const numbers = i32x4.trunc_sat_f64x2_s_zero(v128.load(values + (<usize> i << 3)));
    v128.store64_lane(to + (<usize> i << 2), numbers, 0);
  }
  if (count & 1) {
    const last = v128.load64_zero(values + (<usize> pairs << 3));
    v128.store32_lane(to + (<usize> pairs << 2), i32x4.trunc_sat_f64x2_s_zero(last), 0);
  }
}
