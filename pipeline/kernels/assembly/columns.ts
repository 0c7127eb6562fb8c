/** What is asked of a whole column of numbers: null or not, within bounds, the least and the most. */

/** Where {@link extentOfFloat64} and its like put the least and the largest number. */
const leastAt: usize = 16;
const mostAt: usize = 24;

/** How many of the bytes are zero. */
export function countZeros(at: usize, count: i32): i32 {
  let zeros = 0;
  for (let i = 0; i < count; i++) zeros += <i32> (load<u8>(at + i) == 0);
  return zeros;
}

/** The first number that is not from `least` to `most`, or not whole where it must be; -1: none. */
export function firstFloat64Outside(
  at: usize,
  count: i32,
  least: f64,
  most: f64,
  whole: bool,
): i32 {
  for (let i = 0; i < count; i++) {
    const value = load<f64>(at + (<usize> i << 3));
    if (!(value >= least && value <= most) || (whole && Math.floor(value) != value)) return i;
  }
  return -1;
}

/** The same for 32 bits. */
export function firstInt32Outside(at: usize, count: i32, least: i32, most: i32): i32 {
  for (let i = 0; i < count; i++) {
    const value = load<i32>(at + (<usize> i << 2));
    if (value < least || value > most) return i;
  }
  return -1;
}

/** The least and the largest of at least one number, none of them NaN. */
export function extentOfFloat64(at: usize, count: i32): void {
  let least = load<f64>(at);
  let most = least;
  for (let i = 1; i < count; i++) {
    const value = load<f64>(at + (<usize> i << 3));
    if (value < least) least = value;
    if (value > most) most = value;
  }
  store<f64>(leastAt, least);
  store<f64>(mostAt, most);
}

/** The same for 32 bits. */
export function extentOfInt32(at: usize, count: i32): void {
  let least = load<i32>(at);
  let most = least;
  for (let i = 1; i < count; i++) {
    const value = load<i32>(at + (<usize> i << 2));
    if (value < least) least = value;
    if (value > most) most = value;
  }
  store<f64>(leastAt, least);
  store<f64>(mostAt, most);
}

/** Whether every number is larger than the one before it. */
export function isAscending(at: usize, count: i32): bool {
  for (let i = 1; i < count; i++) {
    const here = at + (<usize> i << 3);
    if (!(load<f64>(here) > load<f64>(here - 8))) return false;
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
