/**
 * Readers of single values: from bytes to a number, without a string or an object. They take the
 * plain forms only and give up on the rest, which the careful readers then decide.
 *
 * Each takes the place of a value's first byte and returns the place after its last one, or `gaveUp`.
 * After a document stand zero bytes, which no value begins with or goes on with: no reader has to
 * look where the document ends.
 */

/** Instead of a place. */
export const gaveUp: i32 = -1;

/** How a value is written, as `scan_value.ts` numbers it. */
export namespace writing {
  export const instant: i32 = 0;
  export const utcOffset: i32 = 1;
  export const usDateTime: i32 = 2;
  export const clockTime: i32 = 3;
  export const whole: i32 = 4;
  export const decimal: i32 = 6;
}

const msPerDay: f64 = 86_400_000;

/** The largest distance of any wall clock from UTC that is taken for real, as in `read_value.ts`. */
const maxOffsetS: i32 = 64_800;

const quote: i32 = 0x22;
const minus: i32 = 0x2d;
const point: i32 = 0x2e;
const zero: i32 = 0x30;
const lowerE: i32 = 0x65;
const lowerS: i32 = 0x73;
const upperZ: i32 = 0x5a;

/** Eight bytes of digits `00:00:00`, and of the day `1970-01-01T`, lowest first. */
const noTime: u64 = 0x30303A30303A3030;
const firstDayHead: u64 = 0x2D31302D30373931;
const firstDayTail: u64 = 0x5431302D31302D30;
const firstUsDay: u64 = 0x30372F31302F3130;

/** Any value; its number goes to `to`. A text has none. */

@inline
export function readValue(code: i32, at: usize, to: usize, min: f64, max: f64): i32 {
  if (code == writing.whole) return readWhole(at, to, min, max);
  if (code == writing.instant) return readInstant(at, to);
  if (code == writing.utcOffset) return readUtcOffset(at, to);
  if (code == writing.usDateTime) return readUsDateTime(at, to);
  if (code == writing.clockTime) return readClockTime(at, to);
  if (code == writing.decimal) return readDecimal(at, to, min, max);
  return readText(at);
}

// The days read last, as the raw bytes they stood in: neighbouring samples share them.
let dayHead: u64 = firstDayHead;
let dayTail: u64 = firstDayTail;
let dayMs: f64 = 0;
let usDay: u64 = firstUsDay;
let usDayMs: f64 = 0;

/** `2026-10-01T12:00:05Z` or with 1 to 9 digits of fraction: milliseconds since 1970, the rest cut off. */
function readInstant(at: usize, to: usize): i32 {
  const head = load<u64>(at);
  const tail = load<u64>(at, 3);
  if (head != dayHead || tail != dayTail) {
    const isWritten = load<u8>(at, 4) == minus && load<u8>(at, 7) == minus &&
      load<u8>(at, 10) == 0x54;
    const century = twoDigits(at);
    const year = twoDigits(at + 2);
    const month = twoDigits(at + 5);
    const day = twoDigits(at + 8);
    if (!isWritten || century < 0 || year < 0) return gaveUp;
    if (!isDay(century * 100 + year, month, day)) return gaveUp;
    dayMs = dayNumber(century * 100 + year, month, day) * msPerDay;
    dayHead = head;
    dayTail = tail;
  }
  const seconds = secondsAt(at + 11);
  if (seconds < 0) return gaveUp;
  let ms = dayMs + <f64> (seconds * 1000);
  let end = at + 19;
  if (load<u8>(end) == point) {
    const start = ++end;
    let unit = 100;
    for (;; end++) {
      const digit = <i32> load<u8>(end) - zero;
      if (<u32> digit > 9) break;
      ms += digit * unit;
      unit /= 10;
    }
    if (end == start || end > start + 9) return gaveUp;
  }
  store<f64>(to, ms);
  return load<u8>(end) == upperZ ? <i32> end + 1 : gaveUp;
}

/** `04/05/20 13:59:55` as UTC, in this century: milliseconds since 1970. */
function readUsDateTime(at: usize, to: usize): i32 {
  const written = load<u64>(at);
  if (written != usDay) {
    const month = twoDigits(at);
    const day = twoDigits(at + 3);
    const year = twoDigits(at + 6);
    if (load<u8>(at, 2) != 0x2f || load<u8>(at, 5) != 0x2f || year < 0) return gaveUp;
    if (!isDay(2000 + year, month, day)) return gaveUp;
    usDayMs = dayNumber(2000 + year, month, day) * msPerDay;
    usDay = written;
  }
  const seconds = secondsAt(at + 9);
  if (load<u8>(at, 8) != 0x20 || seconds < 0) return gaveUp;
  store<f64>(to, usDayMs + <f64> (seconds * 1000));
  return <i32> at + 17;
}

/** `13:59:55`: seconds since midnight. */
function readClockTime(at: usize, to: usize): i32 {
  const seconds = secondsAt(at);
  if (seconds < 0) return gaveUp;
  store<f64>(to, seconds);
  return <i32> at + 8;
}

/** `7200s` or `-18000s`: seconds. */
function readUtcOffset(at: usize, to: usize): i32 {
  const negative = load<u8>(at) == minus;
  const start = at + <usize> negative;
  let end = start;
  let seconds = 0;
  for (; end < start + 6; end++) {
    const digit = <i32> load<u8>(end) - zero;
    if (<u32> digit > 9) break;
    seconds = seconds * 10 + digit;
  }
  if (end == start || seconds > maxOffsetS || load<u8>(end) != lowerS) return gaveUp;
  store<f64>(to, negative ? -seconds : seconds);
  return <i32> end + 1;
}

/** A whole number of up to 9 digits without sign, leading zero, fraction or exponent, within bounds. */

@inline
function readWhole(at: usize, to: usize, min: f64, max: f64): i32 {
  let end = at;
  let number = 0;
  for (; end < at + 9; end++) {
    const digit = <i32> load<u8>(end) - zero;
    if (<u32> digit > 9) break;
    number = number * 10 + digit;
  }
  if (end == at || (load<u8>(at) == zero && end > at + 1)) return gaveUp;
  const value = <f64> number;
  if (value < min || value > max) return gaveUp;
  store<f64>(to, value);
  return <i32> end;
}

/** Digits of a decimal number that are read, and of its fraction: so much fits 64 bits. */
const mostDigits: i32 = 19;
const mostOfFraction: i32 = 18;

/** Up to here a double holds every whole number; it holds every power of ten that is divided by. */
const mostExact: u64 = 1 << 53;

/** A number without sign or exponent, of 19 digits at most, within bounds. */
function readDecimal(at: usize, to: usize, least: f64, most: f64): i32 {
  let end = at;
  let digits: u64 = 0;
  for (; end < at + 9; end++) {
    const digit = <i32> load<u8>(end) - zero;
    if (<u32> digit > 9) break;
    digits = digits * 10 + digit;
  }
  if (end == at || (load<u8>(at) == zero && end > at + 1)) return gaveUp;
  let scale: u64 = 1;
  if (load<u8>(end) == point) {
    const start = ++end;
    const room = min(mostOfFraction, mostDigits + 1 - <i32> (start - at));
    for (; end < start + room; end++) {
      const digit = <i32> load<u8>(end) - zero;
      if (<u32> digit > 9) break;
      digits = digits * 10 + digit;
      scale *= 10;
    }
    if (end == start) return gaveUp;
  }
  const next = <i32> load<u8>(end);
  if (<u32> (next - zero) <= 9 || (next | 0x20) == lowerE) return gaveUp;
  const number = digits <= mostExact ? <f64> digits / <f64> scale : quotient(digits, scale);
  if (number < least || number > most) return gaveUp;
  store<f64>(to, number);
  return <i32> end;
}

/**
 * The number nearest to a quotient that is not zero, of two as near the even one; the divisor is below
 * 2^60.
 */
function quotient(dividend: u64, divisor: u64): f64 {
  // Bit after bit, until there are as many as a double has and two to round by.
  let bits = dividend / divisor;
  let rest = dividend % divisor;
  let exponent: i32 = 0;
  for (; bits < <u64> 1 << 54; exponent--) {
    rest <<= 1;
    bits <<= 1;
    if (rest >= divisor) {
      rest -= divisor;
      bits |= 1;
    }
  }
  const surplus = 11 - <i32> clz(bits);
  const half = <u64> 1 << (surplus - 1);
  const below = bits & ((half << 1) - 1);
  let mantissa = bits >> surplus;
  if (below > half || (below == half && (rest != 0 || (mantissa & 1) == 1))) mantissa++;
  const power = reinterpret<f64>(<u64> (1023 + exponent + surplus) << 52);
  return <f64> mantissa * power;
}

/** Printable ASCII without escapes, up to the closing quote. */
function readText(at: usize): i32 {
  for (let from = at;; from += 16) {
    const bytes = v128.load(from);
    const ends = v128.or(
      v128.or(i8x16.lt_s(bytes, i8x16.splat(0x20)), i8x16.eq(bytes, i8x16.splat(0x7f))),
      v128.or(i8x16.eq(bytes, i8x16.splat(<i8> quote)), i8x16.eq(bytes, i8x16.splat(0x5c))),
    );
    const mask = i8x16.bitmask(ends);
    if (mask == 0) continue;
    const end = from + ctz(mask);
    return load<u8>(end) == quote ? <i32> end : gaveUp;
  }
}

/** The seconds since midnight of `13:59:55`; -1 when it is none. */
function secondsAt(at: usize): i32 {
  // Eight bytes at once: the values of the digits, and 0 for either colon.
  const digits = load<u64>(at) ^ noTime;
  const areDigits = ((digits | (digits + 0x0606060606060606)) & 0xF0F0F0F0F0F0F0F0) == 0;
  if (!areDigits || (digits & 0x0000FF0000FF0000) != 0) return -1;
  const pairs = digits * 10 + (digits >> 8);
  const hours = <i32> (pairs & 0xff);
  const minutes = <i32> ((pairs >> 24) & 0xff);
  const seconds = <i32> ((pairs >> 48) & 0xff);
  return hours > 23 || minutes > 59 || seconds > 59 ? -1 : hours * 3600 + minutes * 60 + seconds;
}

/** The number of two digits; negative when they are none. */
function twoDigits(at: usize): i32 {
  const tens = <i32> load<u8>(at) - zero;
  const ones = <i32> load<u8>(at, 1) - zero;
  return <u32> tens > 9 || <u32> ones > 9 ? -100 : tens * 10 + ones;
}

function isDay(year: i32, month: i32, day: i32): bool {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const days = month == 2 ? 28 + <i32> isLeap : 30 + ((month + (month >> 3)) & 1);
  return day <= days;
}

/** Days since 1970-01-01 of a day of the Gregorian calendar, in which years begin in March. */
function dayNumber(year: i32, month: i32, day: i32): f64 {
  const fromMarch = (month + 9) % 12;
  const years = year - <i32> (month < 3) + 400;
  const daysOfYears = years * 365 + years / 4 - years / 100 + years / 400;
  return daysOfYears + (fromMarch * 153 + 2) / 5 + day - 1 - 719_468 - 146_097;
}
