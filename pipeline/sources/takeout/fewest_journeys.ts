/**
 * The explanation of a wearer's clock that needs the fewest journeys: at each moment the wearer
 * lived by the rules of some zone, and went to another only where the evidence leaves no other way.
 * Clock changes by a zone's own rules cost nothing, so they come out at the instant of the rules.
 * Shortest path over (piece, rules), then the journeys are moved to the widest gap that allows them.
 * Pure.
 */

import { agrees, canFollow, type Piece } from "./clock_pieces.ts";
import { offsetAt, type ZoneRules } from "./zone_rules.ts";

/** A time spent by the rules of one zone. */
export interface Stay {
  readonly rules: ZoneRules;
  /** The pieces it spans: from this index up to and without the other. */
  readonly from: number;
  readonly until: number;
  /** Rules that agree with all pieces of the stay; `rules` is one of them. */
  readonly alternatives: readonly ZoneRules[];
}

export interface Journeys {
  /** The pieces that could be explained, in order of time. */
  readonly pieces: readonly Piece[];
  /** In order of time; they cover all pieces. */
  readonly stays: readonly Stay[];
  /** Pieces that agree with no zone at all: a damaged file, a watch that was set wrongly. */
  readonly unexplained: readonly Piece[];
}

/** A journey outweighs any number of pieces that do not follow a preferred zone. */
const journeyCost = 2 ** 30;

/**
 * The explanation with the fewest journeys; of equals the one that follows a preferred zone longest,
 * then the one whose rules come first.
 */
export function fewestJourneys(all: readonly Piece[], rules: readonly ZoneRules[]): Journeys {
  const agreeing = all.map((piece) => rules.map((one) => agrees(one, piece)));
  const explained = agreeing.map((row) => row.includes(true));
  const pieces = all.filter((_, index) => explained[index]);
  const unexplained = all.filter((_, index) => !explained[index]);
  const table = new Table(pieces, rules, agreeing.filter((_, index) => explained[index]));
  const path = cheapestPath(table);
  moveToWidestGaps(table, path);
  return { pieces, stays: staysOf(table, path), unexplained };
}

/** Offsets and agreement of every (piece, rules), looked up many times. */
class Table {
  readonly #first: Int32Array;
  readonly #last: Int32Array;

  constructor(
    readonly pieces: readonly Piece[],
    readonly rules: readonly ZoneRules[],
    readonly agreeing: readonly (readonly boolean[])[],
  ) {
    this.#first = new Int32Array(pieces.length * rules.length);
    this.#last = new Int32Array(pieces.length * rules.length);
    pieces.forEach(({ first, last }, p) =>
      rules.forEach(({ changes }, r) => {
        this.#first[p * rules.length + r] = offsetAt(changes, first);
        this.#last[p * rules.length + r] = offsetAt(changes, last);
      })
    );
  }

  agrees(piece: number, rule: number): boolean {
    return this.agreeing[piece]?.[rule] === true;
  }

  /** The offset at the piece's beginning. */
  first(piece: number, rule: number): number {
    return this.#first[piece * this.rules.length + rule]!;
  }

  /** The offset at the piece's end. */
  last(piece: number, rule: number): number {
    return this.#last[piece * this.rules.length + rule]!;
  }

  /** Whether one can live by one rule at the piece before and by another at this one. */
  canFollow(piece: number, before: number, after: number): boolean {
    const here = this.pieces[piece];
    return here === undefined ||
      canFollow(here, this.last(piece - 1, before), this.first(piece, after));
  }
}

/** Index of the rules for each piece. */
function cheapestPath(table: Table): Int32Array {
  const { pieces, rules } = table;
  const somePreferred = rules.some(({ preferred }) => preferred);
  const cameFrom = pieces.map(() => new Int32Array(rules.length));
  let cost = new Float64Array(rules.length);
  for (let p = 0; p < pieces.length; p++) {
    const next = new Float64Array(rules.length).fill(Infinity);
    const cheapest = cheapestByOffset(table, p - 1, cost);
    for (let r = 0; r < rules.length; r++) {
      if (!table.agrees(p, r)) continue;
      let best = Infinity;
      let from = r;
      if (p === 0 || (cost[r]! < Infinity && table.canFollow(p, r, r))) best = cost[r]!;
      for (const one of cheapest) {
        if (one.cost + journeyCost >= best || !table.canFollow(p, one.rule, r)) continue;
        best = one.cost + journeyCost;
        from = one.rule;
      }
      next[r] = best + (somePreferred && rules[r]?.preferred !== true ? 1 : 0);
      cameFrom[p]![r] = from;
    }
    if (next.every((value) => value === Infinity)) {
      // No pair of offsets allows the fall that the file shows: start afresh from here.
      const least = Math.min(...cost);
      const from = cost.indexOf(least);
      for (let r = 0; r < rules.length; r++) {
        if (!table.agrees(p, r)) continue;
        next[r] = least + journeyCost;
        cameFrom[p]![r] = from;
      }
    }
    cost = next;
  }
  const path = new Int32Array(pieces.length);
  let rule = cost.indexOf(Math.min(...cost));
  for (let p = pieces.length - 1; p >= 0; p--) {
    path[p] = rule;
    rule = cameFrom[p]![rule]!;
  }
  return path;
}

/** The cheapest rule for each offset that the clock can have had at the end of a piece. */
function cheapestByOffset(
  table: Table,
  piece: number,
  cost: Float64Array,
): { rule: number; cost: number }[] {
  if (piece < 0) return [];
  const found = new Map<number, { rule: number; cost: number }>();
  for (let rule = 0; rule < cost.length; rule++) {
    const here = cost[rule]!;
    if (here === Infinity) continue;
    const offset = table.last(piece, rule);
    if (here < (found.get(offset)?.cost ?? Infinity)) found.set(offset, { rule, cost: here });
  }
  return Array.from(found.values());
}

/** Moves each journey to the widest gap between samples at which it can have happened. */
function moveToWidestGaps(table: Table, path: Int32Array): void {
  for (let p = 1; p < path.length; p++) {
    const before = path[p - 1]!;
    const after = path[p]!;
    if (before === after) continue;
    let chosen = p;
    for (let at = p - 1; at > 0 && path[at - 1] === before; at--) {
      if (!table.agrees(at, after) || !table.canFollow(at + 1, after, after)) break;
      if (gap(table, at) > gap(table, chosen) && table.canFollow(at, before, after)) chosen = at;
    }
    for (let at = p + 1; at < path.length && path[at] === after; at++) {
      if (!table.agrees(at - 1, before) || !table.canFollow(at - 1, before, before)) break;
      if (gap(table, at) > gap(table, chosen) && table.canFollow(at, before, after)) chosen = at;
    }
    for (let at = chosen; at < p; at++) path[at] = after;
    for (let at = p; at < chosen; at++) path[at] = before;
    p = Math.max(p, chosen);
  }
}

function gap({ pieces }: Table, at: number): number {
  return (pieces[at]?.first ?? 0) - (pieces[at - 1]?.last ?? 0);
}

function staysOf(table: Table, path: Int32Array): Stay[] {
  const stays: Stay[] = [];
  for (let from = 0; from < path.length;) {
    let until = from + 1;
    while (until < path.length && path[until] === path[from]) until++;
    const rules = table.rules[path[from]!];
    if (rules !== undefined) {
      const alternatives = table.rules.filter((_, rule) => explains(table, rule, from, until));
      stays.push({ rules, from, until, alternatives });
    }
    from = until;
  }
  return stays;
}

function explains(table: Table, rule: number, from: number, until: number): boolean {
  for (let p = from; p < until; p++) {
    if (!table.agrees(p, rule)) return false;
    if (p > from && !table.canFollow(p, rule, rule)) return false;
  }
  return true;
}
