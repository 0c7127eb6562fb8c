/**
 * Seeded numbers: the same labels give the same sequence, on any machine, in any order of asking.
 * Everything the simulator makes up comes from here.
 */

/** The next number of a sequence, in [0, 1). */
export type Random = () => number;

/** A 32-bit hash of a text (FNV-1a with a final mix, so that near texts land far apart). */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The sequence that belongs to these labels (mulberry32). */
export function seeded(...labels: readonly (string | number)[]): Random {
  let state = hash32(labels.join("\u0000"));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A number near `middle`, at most `spread` away, the middle likelier than the ends. */
export function near(middle: number, spread: number, random: Random): number {
  return middle + (random() + random() - 1) * spread;
}

/** So many hexadecimal digits. */
export function hexDigits(count: number, random: Random): string {
  let digits = "";
  while (digits.length < count) digits += Math.floor(random() * 16).toString(16);
  return digits;
}
